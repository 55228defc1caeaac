// Two people, a desk and a phone, one reading from its opening to its expiry and back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, until } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { Server } from './support/server.ts';

// A timeout of 12 s, with the warning 6 s before, because the lead never exceeds half of it.
const TIMING = {
  SESSION_TIMEOUT_HOURS: String(12 / 3600),
  PRESENCE_UPDATE_SECONDS: '1',
};
const SENTENCE =
  'This invitation link has expired. Sessions become inactive after 12 seconds of no activity.';

let server: Server;
let browser: Browser;
let host: Person;
let guest: Person;

before(async () => {
  [server, browser] = await Promise.all([Server.start(TIMING), openBrowser()]);
  [host, guest] = await Promise.all([Person.arrive(), Person.onPhone(browser)]);
});

after(async () => {
  await Promise.all([host?.go(), browser?.close()]);
  await server?.stop();
});

// The host opens a room with three places and the guest follows the link.
async function openRoom(): Promise<{ link: string; id: string }> {
  await host.page.goto(server.url);
  await host.see('start-reading').click();
  await host.see('room').waitFor();
  const link = await host.see('invite-link').inputValue();
  await guest.page.goto(link);
  await guest.see('name-input').fill('Robin');
  await guest.see('join-button').tap();
  await guest.see('room').waitFor();
  await host.see('person-Robin').waitFor();
  const id = new URL(host.page.url()).pathname.split('/').at(-1) ?? '';
  return { link, id };
}

async function drawAndTurn(): Promise<void> {
  await host.see('step-drawing').click();
  await guest.see('draw-past').tap();
  await host.see('card-0').click();
  await until('the guest sees the card turned', async () =>
    guest.page.locator('[data-testid="card-0"][data-face-up="true"]').isVisible(),
  );
}

async function sameTables(): Promise<string[]> {
  return until('both see the same table', async () => {
    const [one, other] = await Promise.all([host.cards(), guest.cards()]);
    return one.length > 0 && JSON.stringify(one) === JSON.stringify(other) && one;
  });
}

async function deadlineOf(id: string): Promise<number> {
  const answer = await until('the session has a deadline', async () => {
    const explained = await call<{ expiresAt: string | null }>(
      server.url, 'GET', `/v1/admin/sessions/${id}`, { token: 'operator-token-for-tests' });
    return explained.body.expiresAt;
  });
  return Date.parse(answer);
}

test('UI1 UI2 UI3 UI5 UI7 EX3 JN6 RS3 a reading warns, expires on time and is restored', async () => {
  const { link, id } = await openRoom();
  await drawAndTurn();
  const card = host.see('card-0');
  const box = await card.boundingBox();
  assert.ok(box);
  await host.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await host.page.mouse.down();
  await host.page.mouse.move(box.x + 120, box.y + 160, { steps: 5 });
  await host.page.mouse.up();
  await guest.see('presence-Robin').waitFor({ state: 'attached' });
  const before = await sameTables();

  // Nobody does anything any more.
  await Promise.all([host.appears('countdown', 15_000), guest.appears('countdown', 15_000)]);
  const deadline = await deadlineOf(id);
  const [hostSaw, guestSaw] = await Promise.all([
    host.appears('expired-screen', 20_000),
    guest.appears('expired-screen', 20_000),
  ]);
  for (const [who, saw] of [['host', hostSaw], ['guest', guestSaw]] as const) {
    assert.ok(saw >= deadline - 50, `${who} was told ${deadline - saw} ms early`);
    assert.ok(saw < deadline + 1000, `${who} was told ${saw - deadline} ms late`);
  }
  assert.ok(host.console.includes('Session expired, redirecting to home'));

  // The link shows the expired screen, with the exact sentence, also to somebody new.
  const visitor = await Person.arrive();
  try {
    await visitor.page.goto(link);
    await visitor.see('expired-screen').waitFor();
    assert.equal(await visitor.see('problem-message').innerText(), SENTENCE);
    await visitor.see('home-link').first().waitFor();
    await visitor.see('marketplace-link').first().waitFor();
    assert.equal(await visitor.see('restore').count(), 0, 'only the host may restore');
  } finally {
    await visitor.go();
  }

  await host.see('restore').click();
  await host.see('room').waitFor();
  await guest.see('room').waitFor({ timeout: 5_000 }); // by itself
  assert.deepEqual(await sameTables(), before);
});

test('UI4 WN2 "I\'m still here" keeps the room for everyone', async () => {
  const { id } = await openRoom();
  await Promise.all([host.appears('countdown', 15_000), guest.appears('countdown', 15_000)]);
  const first = await deadlineOf(id);
  await guest.see('still-here').tap();
  await Promise.all([
    host.see('warning-dialog').waitFor({ state: 'hidden', timeout: 3_000 }),
    guest.see('warning-dialog').waitFor({ state: 'hidden', timeout: 3_000 }),
  ]);
  const second = await deadlineOf(id);
  assert.ok(second > first + 2_000, 'the deadline has moved');
  await until('the first deadline is past', async () => Date.now() > first + 500, 10_000);
  await host.see('room').waitFor();
  await guest.see('room').waitFor();
});
