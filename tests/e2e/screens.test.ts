// How the pages fit their windows, and what the room says of itself at all times.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, createSession, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { tooWide } from './support/looks.ts';
import { give, invite, joinAs, operate, seatOf, sit } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];
const LAYOUTS = ['single-card', 'three-card', 'celtic-cross', 'freestyle'];

let server: Server;
let browser: Browser;
let person: Person;
let room: Created;

interface Place {
  id: string;
  x: number;
  y: number;
  rotation: number;
}

before(async () => {
  [server, browser] = await Promise.all([Server.start(), openBrowser()]);
  person = await Person.enter(browser);
  // The longest that people may write, and nowhere to break it.
  room = await createSession(server.url, {
    layout: 'celtic-cross', name: 'M'.repeat(64), question: 'Wherefore'.repeat(55),
  });
  await operate(server.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
  await operate(server.url, seatOf(room), { kind: 'draw', position: 'present' });
  await operate(server.url, seatOf(room), { kind: 'flip', card: 0 });
  await operate(server.url, seatOf(room), { kind: 'interpret', text: 'Therefore'.repeat(99) });
  await joinAs(server.url, room, 'W'.repeat(64));
  await invite(server.url, room, { maxUses: 5, role: 'reader' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function fits(screen: string): Promise<void> {
  for (const size of SIZES) {
    await person.page.setViewportSize(size);
    assert.deepEqual(await tooWide(person.page), [], `${screen} at ${size.width} × ${size.height}`);
  }
}

const middle = (box: { x: number; y: number; width: number; height: number } | null) =>
  box && [box.x + box.width / 2, box.y + box.height / 2].map(Math.round);

async function at(path: string, testId: string): Promise<void> {
  await person.page.goto(server.url + path);
  await person.see(testId).first().waitFor();
}

test('UI12 home, marketplace, invitation and room fit a phone and a wide screen', async () => {
  await at('/', 'start-reading');
  await person.see('start-options').locator('summary').click();
  await fits('home');
  await at('/marketplace', 'deck-classic');
  await fits('marketplace');
  await at(`/invite/${room.invite.code}`, 'join-button');
  await fits('invitation');
  await sit(person, server.url, room, seatOf(room), 'M'.repeat(64));
  await person.see('card-0').click();
  await person.see('chosen-card').waitFor();
  await fits('room');
  await person.see('manage-invites').click();
  await person.see(`invite-${room.invite.code}`).waitFor();
  await fits('invitations');
  await at('/', 'known-rooms');
  await fits('home with rooms');
});

test('UI12 the expired screens fit a phone and a wide screen', async () => {
  const expired = await createSession(server.url);
  await call(server.url, 'POST', `/v1/admin/sessions/${expired.session.id}/expire`,
    { token: ADMIN_TOKEN, body: {} });
  await at(`/invite/${expired.invite.code}`, 'expired-screen');
  await fits('expired, as a visitor');
  await give(person, server.url, expired, seatOf(expired), 'Ada');
  await at(`/room/${expired.session.id}`, 'restore');
  await fits('expired, as its host');
});

test('UI1 a deck of the marketplace opens a room with it, and shows its invitation link', async () => {
  await at('/marketplace', 'deck-nocturne');
  await person.see('read-with-nocturne').click();
  await person.see('room').waitFor();
  assert.equal(await person.see('room').getAttribute('data-deck'), 'nocturne');
  const link = await person.see('invite-link').inputValue();
  assert.match(link, /^http:\/\/[^/]+\/invite\/[\w-]{22}$/);
});

test('UI11 the room says how long it stays open and how long it can be restored', async () => {
  const policy = { timeoutSeconds: 5_400, recoveryHours: 48 };
  const patient = await createSession(server.url, { policy });
  await sit(person, server.url, patient, seatOf(patient), 'Ada');
  for (const size of SIZES) {
    await person.page.setViewportSize(size);
    assert.equal(await person.see('stays-open').innerText(),
      'Stays open for 1 hour 30 minutes after the last activity, ' +
      'can be restored for 48 hours after that.');
  }
  const shown = await person.see('stays-open').boundingBox();
  assert.ok(shown && shown.y + shown.height <= 900, 'without scrolling on a wide screen');
});

test('RD2 UI2 a card drawn for a place lies where the place was, in every layout', async () => {
  const known = await call<{ layouts: { id: string; positions: Place[] }[] }>(
    server.url, 'GET', '/v1/layouts');
  for (const id of LAYOUTS) {
    const opened = await createSession(server.url, { layout: id });
    await operate(server.url, seatOf(opened), { kind: 'set_step', step: 'drawing' });
    await sit(person, server.url, opened, seatOf(opened), 'Ada');
    const positions = known.body.layouts.find((layout) => layout.id === id)?.positions ?? [];
    for (const { id: position, x, y, rotation } of positions) {
      const slot = await person.see(`draw-${position}`).boundingBox();
      await person.see(`draw-${position}`).click();
      const card = person.page.locator(`.table-card[data-position="${position}"]`);
      await card.waitFor();
      const { x: left, y: top, rotation: turned } = await card.evaluate((element) => ({
        ...(element as HTMLElement).dataset,
      }));
      assert.deepEqual([left, top, turned].map(Number), [x, y, rotation], `${id} ${position}`);
      if (rotation === 0) assert.deepEqual(middle(await card.boundingBox()), middle(slot));
    }
  }
});
