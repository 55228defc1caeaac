// What a person sees while the network, the server or the database is away, and after it is back:
// nothing that was done is lost, and nothing is done twice.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, WebSocketRoute } from 'playwright-core';
import { call, createSession, until, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { DatabaseLock } from './support/database_lock.ts';
import { joinAs, operate, seatOf, sit } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

const OFFLINE = 'You are offline. You still see the table; what you do is sent when you are back.';
const RECONNECTING = 'Connection lost. Reconnecting; what you do is kept and sent afterwards.';
const RESTARTING = 'The server is restarting. You are reconnected in a moment.';
const PAUSED = 'Saving is paused. Your changes are kept here and sent again automatically.';

interface Operation {
  version: number;
  kind: string;
  key?: string;
}

let server: Server;
let browser: Browser;

before(async () => {
  // A client whose socket is down asks each second whether its session has expired.
  [server, browser] = await Promise.all([
    Server.start({ SESSION_EXPIRY_CHECK_MINUTES: String(1 / 60) }),
    openBrowser(),
  ]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// A room with one face-down card, and its host's browser in it.
async function inRoom(look: (host: Person, room: Created) => Promise<void>): Promise<void> {
  const room = await createSession(server.url, { layout: 'three-card' });
  await operate(server.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
  await operate(server.url, seatOf(room), { kind: 'draw', position: 'past' });
  const host = await Person.enter(browser);
  try {
    await look(host, room);
    assert.deepEqual(host.pageErrors, []);
  } finally {
    await host.go();
  }
}

async function flips(room: Created): Promise<Operation[]> {
  const path = `/v1/sessions/${room.session.id}/operations?after=0&limit=500`;
  const page = await call<{ operations: Operation[] }>(server.url, 'GET', path,
    { token: room.token });
  page.body.operations.forEach((each, index) => assert.equal(each.version, index + 1));
  return page.body.operations.filter((each) => each.kind === 'flip');
}

const isTurned = (person: Person) =>
  person.page.locator('[data-testid="card-0"][data-face-up="true"]').waitFor({ timeout: 20_000 });
const status = (person: Person, link: string) =>
  person.page.locator(`[data-testid="room-status"][data-status="${link}"]`)
    .waitFor({ timeout: 20_000 });

async function bannerSays(person: Person, testId: string, sentence: string): Promise<void> {
  await person.see(testId).waitFor({ timeout: 20_000 });
  await until(`the banner says: ${sentence}`, async () =>
    (await person.see(testId).innerText().catch(() => '')) === sentence);
}

// What a person does meanwhile is shown as waiting, and sent once.
async function turnMeanwhile(person: Person): Promise<void> {
  await person.see('card-0').click();
  await person.see('pending-operations').waitFor({ timeout: 20_000 });
  assert.equal(await person.see('pending-operations').innerText(), '1 change is waiting to be saved');
}

async function isBack(person: Person, room: Created): Promise<void> {
  await isTurned(person);
  await status(person, 'live');
  for (const banner of ['offline-banner', 'saving-banner', 'pending-operations'])
    await person.see(banner).waitFor({ state: 'detached' });
  assert.equal((await flips(room)).length, 1);
}

test('UI8 without a network a banner says so, and what was done is sent afterwards', () =>
  inRoom(async (host, room) => {
    await sit(host, server.url, room, seatOf(room), 'Ada');
    await host.context.setOffline(true);
    await bannerSays(host, 'offline-banner', OFFLINE);
    await turnMeanwhile(host);
    assert.equal((await flips(room)).length, 0);
    await host.context.setOffline(false);
    await isBack(host, room);
  }));

test('UI8 VR2 a killed server is found again, and what others did meanwhile is caught up', () =>
  inRoom(async (host, room) => {
    const robin = await joinAs(server.url, room, 'Robin');
    await sit(host, server.url, room, seatOf(room), 'Ada');
    await server.kill();
    await bannerSays(host, 'offline-banner', RECONNECTING);
    await turnMeanwhile(host);
    await server.run();
    await operate(server.url, robin, { kind: 'draw', position: 'future' });
    await isBack(host, room);
    await host.see('card-1').waitFor();
  }));

test('UI8 ID1 ID4 an operation whose answer was lost is repeated by its key, and done once', () =>
  inRoom(async (host, room) => {
    const sent: string[] = [];
    await host.page.routeWebSocket('**/socket/**', (page) => {
      const beyond = page.connectToServer();
      let reference: string | null = null;
      page.onMessage((frame) => {
        const [, ref, , event, payload] = JSON.parse(String(frame)) as unknown[];
        if (event === 'operation') {
          sent.push((payload as { key: string }).key);
          if (sent.length === 1) reference = ref as string;
        }
        beyond.send(frame);
      });
      beyond.onMessage(async (frame) => {
        const [, ref, , event] = JSON.parse(String(frame)) as unknown[];
        if (reference === null) return page.send(frame);
        // From here on nothing comes through; with the answer the socket breaks.
        if (event === 'phx_reply' && ref === reference) await page.close({ code: 4001 });
      });
    });
    await sit(host, server.url, room, seatOf(room), 'Ada');
    await host.see('card-0').click();
    await until('it is sent again', async () => sent.length === 2);
    assert.equal(sent[0], sent[1], 'with the same key');
    await isBack(host, room);
  }));

test('RT6 UI8 a server that restarts says so, and everybody comes back by themselves', () =>
  inRoom(async (host, room) => {
    await sit(host, server.url, room, seatOf(room), 'Ada');
    assert.equal(await server.end('SIGTERM'), 0);
    await bannerSays(host, 'offline-banner', RESTARTING);
    await turnMeanwhile(host);
    await server.run();
    await isBack(host, room);
  }));

test('OU4 OU5 UI8 while saving is paused changes wait, the room stays readable, and then it goes on', () =>
  inRoom(async (host, room) => {
    const robin = await joinAs(server.url, room, 'Robin');
    const guest = await Person.enter(browser);
    await sit(host, server.url, room, seatOf(room), 'Ada');
    await sit(guest, server.url, room, robin, 'Robin');
    const lock = await DatabaseLock.take(server);
    try {
      await host.see('card-0').click();
      await bannerSays(host, 'saving-banner', PAUSED);
      await host.see('pending-operations').waitFor();
      await status(host, 'live');
      const shown = await call<{ version: number }>(
        server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
      assert.equal(shown.status, 200);
      // The server knows at the latest when a beat has failed.
      await until('it says that it is degraded', async () => {
        const ready = await call<{ degraded: boolean }>(server.url, 'GET', '/readyz');
        return ready.status === 200 && ready.body.degraded;
      }, 20_000);
    } finally {
      await lock.release();
    }
    await isBack(host, room);
    await isTurned(guest);
    await guest.go();
  }));

test('UI10 EX7 with its socket down the browser learns over HTTP that the session has expired', () =>
  inRoom(async (host, room) => {
    const open: WebSocketRoute[] = [];
    let cut = false;
    await host.page.routeWebSocket('**/socket/**', async (page) => {
      if (cut) return page.close({ code: 4001 });
      page.connectToServer();
      open.push(page);
    });
    await sit(host, server.url, room, seatOf(room), 'Ada');
    cut = true;
    await Promise.all(open.map((page) => page.close({ code: 4001 })));
    await host.see('offline-banner').waitFor();
    await until('it asked', async () => host.console.includes('Session expiry check: false'));
    await call(server.url, 'POST', `/v1/admin/sessions/${room.session.id}/expire`,
      { token: ADMIN_TOKEN, body: {} });
    await host.appears('expired-screen', 5_000);
    assert.ok(host.console.includes('Session expiry check: true'));
    assert.ok(host.console.includes('Session expired, redirecting to home'));
    cut = false;
    await host.see('restore').click();
    await host.see('room').waitFor();
    await status(host, 'live');
  }));
