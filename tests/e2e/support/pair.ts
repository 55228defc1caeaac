// Two people in a room of three cards, Ada who is its host, and Robin: each test gets a room of its
// own, and each of them a profile of their own in a browser that the file shares. The bindings are
// live: they hold what belongs to the test that runs.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser } from 'playwright-core';
import { createSession, until, type Created } from './api.ts';
import { openBrowser, Person } from './browser.ts';
import { joinAs, operate, seatOf, sit, type Seated } from './rooms.ts';
import { Server } from './server.ts';

export let server: Server;
export let browser: Browser;
export let room: Created;
export let robin: Seated;
export let host: Person;
export let guest: Person;

interface PairWishes {
  /** A card lies face down at the first position. */
  withCard?: boolean;
  /** Both are in the room when the test begins. */
  seated?: boolean;
  /** Robin has a phone in the hand. */
  guestOnPhone?: boolean;
}

export function pairInEachTest(
  { withCard = false, seated = true, guestOnPhone = false }: PairWishes = {},
): void {
  before(async () => {
    [server, browser] = await Promise.all([Server.start(), openBrowser()]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    room = await createSession(server.url, { layout: 'three-card', name: 'Ada' });
    if (withCard) {
      await operate(server.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
      await operate(server.url, seatOf(room), { kind: 'draw', position: 'past' });
    }
    robin = await joinAs(server.url, room, 'Robin');
    [host, guest] = await Promise.all([
      Person.enter(browser),
      guestOnPhone ? Person.onPhone(browser) : Person.enter(browser),
    ]);
    if (seated) await bothSit();
  });
  afterEach(async () => {
    const errors = [...host.pageErrors, ...guest.pageErrors];
    await Promise.all([host.go(), guest.go()]);
    assert.deepEqual(errors, []);
  });
}

export async function bothSit(): Promise<void> {
  await Promise.all([
    sit(host, server.url, room, seatOf(room), 'Ada'),
    sit(guest, server.url, room, robin, 'Robin'),
  ]);
  await robinIsSeenAs('active|visible');
}

/** By the host. */
export const robinIsSeenAs = (levels: string, withinMs?: number) =>
  until(`Robin is seen as ${levels}`, async () =>
    new RegExp(`^(${levels})$`).test(
      (await host.see('presence-Robin').getAttribute('data-presence', { timeout: 5_000 })) ?? ''),
    withinMs);
