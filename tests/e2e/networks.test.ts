// Bad networks with two people in one room: both offline, a server killed under a hand, a page that
// slept, a reload without a server.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { WebSocketRoute } from 'playwright-core';
import { until } from './support/api.ts';
import { Person } from './support/browser.ts';
import {
  bothSit, guest, host, pairInEachTest, robin, robinIsSeenAs, room, server,
} from './support/pair.ts';
import { operate, seatOf, sit } from './support/rooms.ts';
import { TcpProxy } from './support/tcp_proxy.ts';

let proxy: TcpProxy;

pairInEachTest({ withCard: true, seated: false });
beforeEach(async () => {
  proxy = await TcpProxy.before(server.port);
});
afterEach(() => proxy.stop());

const isLive = (person: Person) =>
  person.page.locator('[data-testid="room-status"][data-status="live"]').waitFor({ timeout: 20_000 });
const nothingWaits = (person: Person) =>
  person.see('pending-operations').waitFor({ state: 'detached', timeout: 20_000 });

async function equalTables(): Promise<string[]> {
  return until('both see the same table', async () => {
    const [one, other] = await Promise.all([host.cards(), guest.cards()]);
    return JSON.stringify(one) === JSON.stringify(other) && one;
  }, 20_000);
}

// A minute, as a train goes through a tunnel: longer than the grace and than the server's pings.
test('UI30 UI8 after a minute offline on both sides the tables are equal, and nothing was lost', async () => {
  await bothSit();
  await Promise.all([host.context.setOffline(true), guest.context.setOffline(true)]);
  const began = Date.now();
  // Both turn the same card, both draw for the same place, each something of their own.
  await host.see('card-0').click();
  await guest.see('card-0').click();
  await host.see('draw-present').click();
  await guest.see('draw-present').click();
  await guest.see('draw-future').click();
  await host.see('edit-question').click();
  await host.see('question-edit-input').fill('Asked in a tunnel?');
  await host.see('question-save').click();
  await host.page.locator('.table-card[data-pending]').waitFor();
  await guest.page.locator('.table-card[data-pending][data-position="future"]').waitFor();
  assert.equal(await host.see('pending-operations').innerText(), '3 changes are waiting to be saved');
  await until('a minute has passed', async () => Date.now() - began > 60_000, 90_000);
  await host.context.setOffline(false);
  await Promise.all([isLive(host), nothingWaits(host)]);
  await guest.context.setOffline(false);
  await Promise.all([isLive(guest), nothingWaits(guest)]);
  const cards = await equalTables();
  assert.deepEqual(cards.map((card) => card.split(' ')[1]).sort(), ['future', 'past', 'present']);
  assert.equal(await guest.see('question').innerText(), 'Asked in a tunnel?');
  // Who came second is told that the place was taken.
  await guest.see('toast').waitFor();
});

test('UI30 CK2 what was done offline and is not allowed any more is undone, and said', async () => {
  await bothSit();
  await guest.context.setOffline(true);
  await guest.see('card-0').focus();
  await guest.see('card-0').press('ArrowRight');
  await guest.see('pending-operations').waitFor();
  assert.equal(await guest.see('card-0').getAttribute('data-x'), '0.27');
  await host.see('lock-table').click();
  await host.page.locator('[data-testid="lock-table"][aria-label="Unlock the table"]').waitFor();
  await guest.context.setOffline(false);
  await guest.see('toast').waitFor({ timeout: 20_000 });
  assert.match(await guest.see('toast').innerText(), /locked the table/);
  await until('the card lies where it lay', async () =>
    (await guest.see('card-0').getAttribute('data-x')) === '0.25');
});

test('UI31 ST2 a server killed and started again while a card is carried loses nothing', async () => {
  await bothSit();
  const start = await host.middleOf('card-0');
  await host.page.mouse.move(start.x, start.y);
  await host.page.mouse.down();
  await host.page.mouse.move(start.x + 100, start.y + 20, { steps: 5 });
  await server.kill();
  await host.see('offline-banner').waitFor();
  await host.page.mouse.move(start.x + 200, start.y + 40, { steps: 5 });
  const inHand = await host.middleOf('card-0');
  assert.ok(Math.abs(inHand.x - start.x - 200) < 2, 'it stays in the hand');
  await host.page.mouse.up();
  await host.see('pending-operations').waitFor();
  await server.run();
  await Promise.all([isLive(host), isLive(guest), nothingWaits(host)]);
  const [card] = await equalTables();
  assert.ok(Number(card?.split(' ')[4]) > 0.3, card);
});

// The browser freezes a tab that was out of sight: no script of it runs, and here nothing comes or
// goes either.
test('UI32 UI41 RT3 a page that was frozen finds back when it wakes, and has what happened meanwhile', async () => {
  const tab = await Person.inTab();
  const sees = (testId: string) =>
    until(`the tab has ${testId}`, async () => (await tab.see(testId).count()) > 0, 20_000);
  try {
    await sit(host, server.url, room, seatOf(room), 'Ada');
    await sit(tab, proxy.url, room, robin, 'Robin');
    await robinIsSeenAs('active|visible');
    await tab.anotherTab(); // which is in front from now on
    await robinIsSeenAs('connected');
    await tab.freeze();
    proxy.blackHole();
    await robinIsSeenAs('reconnecting', 40_000);
    await host.see('draw-future').click();
    await host.see('card-1').waitFor();
    proxy.heal('silence');
    await tab.thaw();
    await sees('card-1');
    await robinIsSeenAs('connected', 20_000);
    await tab.page.bringToFront();
    await robinIsSeenAs('active|visible');
    assert.deepEqual(await tab.cards(), await host.cards());
    assert.deepEqual(tab.pageErrors, []);
  } finally {
    await tab.go();
  }
});

test('UI32 what a page shows is kept as soon as it is hidden, and before it is frozen', async () => {
  const tab = await Person.inTab();
  try {
    await tab.page.clock.install();
    await sit(tab, server.url, room, robin, 'Robin');
    await tab.page.clock.pauseAt(Date.now() + 60_000);
    await tab.see('card-0').press('ArrowRight');
    const inFront = await tab.anotherTab();
    await inFront.page.goto(`${server.url}/favicon.svg`);
    const keeps = (words: string) =>
      until(`${words} is kept`, () => inFront.page.evaluate(
        ([id, words]) => localStorage.getItem(`tarotforge.room.${id}`)?.includes(words),
        [room.session.id, words] as const));
    await keeps('"x":0.27');
    await operate(server.url, seatOf(room), { kind: 'draw', position: 'future' });
    await until('it lies there', async () => (await tab.see('card-1').count()) > 0);
    await tab.freeze();
    await keeps('"position":"future"');
  } finally {
    await tab.go();
  }
});

// Nobody tells a page that the machine stood still, as its lid was closed with the page in front:
// only the wall clock has jumped, and the connection is dead without a word.
test('UI32 a page that was in front while its machine slept finds out by the clock', async () => {
  await sit(host, server.url, room, seatOf(room), 'Ada');
  await guest.page.clock.install();
  await sit(guest, proxy.url, room, robin, 'Robin');
  proxy.blackHole();
  await robinIsSeenAs('reconnecting', 40_000);
  await host.see('draw-future').click();
  await guest.page.clock.setSystemTime(Date.now() + 3_600_000);
  await guest.page.clock.runFor(6_000);
  proxy.heal('silence');
  await guest.page.clock.runFor(6_000);
  await guest.page.clock.resume();
  await guest.see('card-1').waitFor({ timeout: 20_000 });
  await equalTables();
});

// A tunnel: no end of the connection is told, and what is tried inside of it is never answered.
test('UI39 a connection that dies without a word is noticed, and a dead attempt is begun anew', async () => {
  await sit(guest, proxy.url, room, robin, 'Robin');
  const attempts: string[] = [];
  guest.page.on('websocket', (socket) => attempts.push(socket.url()));
  proxy.blackHole();
  await guest.see('offline-banner').waitFor({ timeout: 60_000 });
  await until('it tries in vain', async () => attempts.length > 0);
  await operate(server.url, seatOf(room), { kind: 'draw', position: 'future' });
  proxy.heal('silence');
  await guest.see('card-1').waitFor({ timeout: 25_000 });
  await isLive(guest);
});

test('UI33 CK4 after a reload without an answer the room stands as it was kept, and goes on from there', async () => {
  const open: WebSocketRoute[] = [];
  let cut = false;
  await host.page.routeWebSocket('**/socket/**', async (page) => {
    if (cut) return page.close({ code: 4001 });
    page.connectToServer();
    open.push(page);
  });
  await bothSit();
  cut = true;
  await Promise.all(open.splice(0).map((page) => page.close({ code: 4001 })));
  await host.see('offline-banner').waitFor();
  await host.see('draw-future').click();
  await host.page.locator('.table-card[data-pending]').waitFor();
  await host.see('pending-operations').waitFor();
  await host.page.reload();
  await host.see('card-0').waitFor();
  await host.page.locator('.table-card[data-pending]').waitFor();
  await host.see('copy-banner').waitFor();
  assert.equal(await host.see('pending-operations').innerText(), '1 change is waiting to be saved');
  await operate(server.url, robin, { kind: 'flip', card: 0 });
  cut = false;
  await isLive(host);
  await Promise.all([nothingWaits(host), host.see('copy-banner').waitFor({ state: 'detached' })]);
  await host.page.locator('[data-testid="card-0"][data-face-up="true"]').waitFor();
  await guest.page.locator('.table-card[data-position="future"]').waitFor();
  await equalTables();
});
