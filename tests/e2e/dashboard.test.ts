// The operators' dashboard: what it shows is what the server has, and what it does is done.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { after, before, beforeEach, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, createSession, until, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { seriousFindings, tooWide } from './support/looks.ts';
import { joinAs, operate, seatOf } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';
import { TcpProxy } from './support/tcp_proxy.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
// Statistics are counted and told once a second.
const LIVE_MS = 2_000;
// Without any for 3 s the server is given up.
const SILENT_MS = 3_000 + LIVE_MS;

let server: Server;
let way: TcpProxy; // the browser's to the server
let answering = 503; // the receiver of webhooks
let browser: Browser;
let operator: Person;

const receiver = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(answering).end());
});

before(async () => {
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const address = receiver.address();
  assert.ok(address !== null && typeof address === 'object');
  const settings = {
    WEBHOOK_URLS: `http://127.0.0.1:${address.port}/hooks`,
    WEBHOOK_SECRETS: `whsec_${randomBytes(32).toString('base64')}`,
    WEBHOOK_PRIVATE_TARGETS: 'on',
  };
  [server, browser] = await Promise.all([Server.start(settings), openBrowser()]);
  way = await TcpProxy.before(server.port);
  operator = await Person.enter(browser);
});
after(async () => {
  await browser?.close();
  await way?.stop();
  await server?.stop();
  receiver.close();
  receiver.closeAllConnections();
});
beforeEach(async () => {
  await operator.page.setViewportSize(WIDE);
  await operator.context.request.post(`${way.url}/v1/admin/login`, { data: { token: ADMIN_TOKEN } });
});

const open = async (path: string, testId: string) => {
  await operator.page.goto(way.url + path);
  await operator.see(testId).first().waitFor();
};

async function signIn(token: string): Promise<void> {
  await operator.see('admin-token').fill(token);
  await operator.see('sign-in-button').click();
}

const shows = (testId: string, text: string | RegExp, withinMs = LIVE_MS) =>
  operator.see(testId).filter({ hasText: text }).first().waitFor({ timeout: withinMs });

const admin = <T>(path: string) =>
  call<T>(server.url, 'GET', `/v1/admin/${path}`, { token: ADMIN_TOKEN });

const exactly = (value: number) => new RegExp(`^${value.toLocaleString('en')}$`);

test('DU1 the dashboard asks for the token, keeps it from scripts, and forgets it', async () => {
  await operator.context.clearCookies();
  await open('/dashboard/sessions', 'sign-in');
  await signIn('not the token');
  await shows('refusal', 'not the token of this server');
  await signIn(ADMIN_TOKEN);
  await operator.see('sessions').waitFor();
  const kept = await operator.page.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]));
  assert.ok(!kept.includes(ADMIN_TOKEN) && !kept.includes('tarotforge_admin'), kept);
  await operator.see('sign-out').click();
  await operator.see('sign-in').waitFor();
  await operator.page.reload();
  await operator.see('sign-in').waitFor();
  await signIn(ADMIN_TOKEN);
  await operator.see('sessions').waitFor();
});

test('DU1 DB7 whoever signs out in one tab is asked in the others too', async () => {
  await open('/dashboard', 'verdict');
  const other = await operator.anotherTab();
  await other.page.goto(`${way.url}/dashboard/sessions`);
  await other.see('sessions').waitFor();
  await other.see('sign-out').click();
  await other.see('sign-in').waitFor();
  await operator.see('sign-in').waitFor({ timeout: LIVE_MS });
  await other.page.close();
});

test('DU2 DU3 the overview follows the server, and all is well', async () => {
  const room = await createSession(server.url);
  await open('/dashboard', 'verdict');
  await shows('verdict', 'All is well');
  await shows('live-mark', 'Live');
  const { body } = await admin<{ activeSessions: number; totalSessions: number }>('stats');
  await shows('active-sessions', exactly(body.activeSessions));
  await createSession(server.url);
  await shows('active-sessions', exactly(body.activeSessions + 1));
  await call(server.url, 'POST', `/v1/admin/sessions/${room.session.id}/expire`,
    { token: ADMIN_TOKEN, body: {} });
  await shows('active-sessions', exactly(body.activeSessions));
  await shows('total-sessions', exactly(body.totalSessions + 1));
});

test('DU4 while the server is away the dashboard says so, and it comes back', async () => {
  await open('/dashboard', 'verdict');
  await shows('live-mark', 'Live');
  const before = await operator.see('total-sessions').innerText();
  way.blackHole(); // nobody is told: only that nothing comes any more
  await operator.see('lost-banner').waitFor({ timeout: SILENT_MS });
  await shows('live-mark', 'Reconnecting');
  assert.ok(!(await operator.see('verdict').innerText()).includes('All is well'));
  assert.equal(await operator.see('total-sessions').innerText(), before);
  way.heal();
  await shows('live-mark', 'Live', 5_000);
  await operator.see('lost-banner').waitFor({ state: 'detached' });
});

test('DU6 events come as they happen, by type and session, and wait while paused', async () => {
  await open('/dashboard', 'event-stream');
  const room = await createSession(server.url);
  const event = (type: string) => operator.page.locator(`[data-testid="event"][data-type="${type}"]`);
  await operator.see('event-session').fill(room.session.id);
  await event('created').waitFor({ timeout: LIVE_MS });
  await operator.see('pause-events').click();
  await joinAs(server.url, room, 'Robin');
  await operator.see('pause-events').filter({ hasText: 'new' }).waitFor({ timeout: LIVE_MS });
  assert.equal(await event('joined').count(), 0);
  await operator.see('pause-events').click();
  await event('joined').waitFor();
  await operator.see('event-type').selectOption('joined');
  await event('created').waitFor({ state: 'detached' });
  assert.equal(await event('joined').count(), 1);
  assert.ok(!(await operator.see('event-stream').innerText()).includes('Robin'));
});

test('DU7 DU8 DU9 the table has every session, few rows, and follows events', async () => {
  const rooms: Created[] = [];
  for (let made = 0; made < 60; made += 10) {
    rooms.push(...await Promise.all(Array.from({ length: 10 }, () => createSession(server.url))));
  }
  await open('/dashboard/sessions', 'session-row');
  const { body } = await admin<{ totalSessions: number }>('stats');
  await shows('session-count', exactly(body.totalSessions), 5_000);
  const rows = operator.see('session-row');
  assert.ok((await rows.count()) < body.totalSessions, 'not every row stands in the page');

  // By id, from the first to the last and back, by keys alone.
  await operator.see('sort-id').click();
  await operator.see('sort-id').click();
  const ids = rooms.map(({ session }) => session.id).toSorted();
  await rows.first().locator('a').focus();
  await operator.page.keyboard.press('End');
  const focused = () => operator.page.evaluate(() => document.activeElement?.textContent);
  await until('the last row has the focus', async () => (await focused()) === ids.at(-1));
  await operator.page.keyboard.press('ArrowUp');
  await until('the row before', async () => (await focused()) === ids.at(-2));

  const room = rooms[30];
  assert.ok(room);
  await operator.see('session-search').fill(room.session.id.slice(-12));
  await until('one row', async () => (await rows.count()) === 1);
  await call(server.url, 'POST', `/v1/admin/sessions/${room.session.id}/expire`,
    { token: ADMIN_TOKEN, body: {} });
  await rows.filter({ hasText: 'Expired' }).waitFor({ timeout: LIVE_MS });
  const fresh = await createSession(server.url);
  await operator.see('session-search').fill(fresh.session.id);
  await rows.filter({ hasText: fresh.session.id }).waitFor({ timeout: LIVE_MS + 1_000 });
  await rows.locator('a').press('Enter');
  await shows('session-id', fresh.session.id);
});

async function livelyRoom(): Promise<Created> {
  const room = await createSession(server.url, { layout: 'three-card' });
  await operate(server.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
  await operate(server.url, seatOf(room), { kind: 'draw', position: 'past' });
  await joinAs(server.url, room, 'Robin');
  return room;
}

async function confirm(action: string): Promise<void> {
  await operator.see(`action-${action}`).click();
  await operator.see('confirm-yes').click();
  await operator.see('confirm-yes').waitFor({ state: 'detached' });
}

test('DU10 DU11 DU12 a session is explained, drawn, and acted upon after a question', async () => {
  const room = await livelyRoom();
  const { id } = room.session;
  await open(`/dashboard/sessions/${id}`, 'timeline');
  await shows('why', /The last activity .* expires in/);
  await shows('policy-panel', /Timeout\s*1 h\s*the default/);
  assert.equal(await operator.see('presence-bar').count(), 2);
  await operator.see('span-open').waitFor();
  await shows('operations', 'draw');

  const deadline = async () =>
    Date.parse((await admin<{ expiresAt: string }>(`sessions/${id}`)).body.expiresAt);
  const early = await deadline();
  await operator.see('action-extend').click();
  await operator.see('confirm-no').click();
  assert.equal(await deadline(), early);
  await confirm('extend');
  await until('a later deadline', async () => (await deadline()) > early);
  await shows('why', 'An operator put its deadline off');
  await confirm('close-invites');
  await until('a closed invite', async () =>
    (await call(server.url, 'GET', `/v1/invites/${room.invite.code}`)).status === 410);
  await confirm('expire');
  await shows('session-status', 'Expired');
  await operator.see('span-expired').waitFor();
  await shows('why', /An operator ended it\. It can be restored/);
  await confirm('restore');
  await shows('session-status', 'Active');
  await shows('audit-log', 'Restored');
});

test('DU13 analytics are of the days asked for, and the same as CSV', async () => {
  await open('/dashboard/analytics', 'analytics-lead');
  await shows('analytics-lead', /created in 30 days/);
  await operator.see('choice-7').click();
  await shows('analytics-lead', /created in 7 days/, 5_000);
  const href = await operator.see('csv').getAttribute('href');
  assert.ok(href);
  const told = await operator.page.evaluate(async (path) => {
    const response = await fetch(path);
    return [response.status, response.headers.get('content-type'), await response.text()] as const;
  }, href);
  assert.equal(told[0], 200);
  assert.match(told[1] ?? '', /^text\/csv/);
  const created = /^[\d,]+/.exec(await operator.see('analytics-lead').innerText())?.[0];
  assert.ok(told[2].includes(`funnel,created,${created?.replaceAll(',', '')}\r\n`), told[2]);
});

const webhooksOf = async ({ session }: Created) => {
  const { body } = await admin<{ webhooks: { id: string; data: { sessionId: string } }[] }>(
    'webhooks?limit=1000');
  return body.webhooks.filter(({ data }) => data.sessionId === session.id);
};

// As after three days without its being taken.
async function giveUp(id: string): Promise<void> {
  const file = new DatabaseSync(`${server.folder}/readings.db`);
  file.exec('PRAGMA busy_timeout = 5000');
  const given = file.prepare(`update webhook_deliveries set is_dead = 1
    where id = unhex(?) and last_error like '%answered 503%'`);
  await until('it was refused', async () => given.run(id.replaceAll('-', '')).changes === 1);
  file.close();
}

test('DU16 WH8 webhooks that are not taken are shown with the reason, and replayed', async () => {
  const room = await createSession(server.url);
  const [first] = await webhooksOf(room);
  assert.ok(first);
  await giveUp(first.id);
  await open('/dashboard', 'verdict');
  await shows('finding-webhooksDead', 'One webhook was given up');
  await operator.page.getByRole('link', { name: 'Webhooks' }).click();
  await shows('webhook-target', 'Given up');
  await operator.see('choice-dead').click();
  const delivery = operator.see('delivery');
  await until('only that one', async () => (await delivery.count()) === 1);
  await shows('delivery', /session\.created.*answered 503/s);
  answering = 200;
  await operator.see('replay').click();
  await operator.see('confirm-no').click();
  assert.equal(await delivery.count(), 1);
  await operator.see('replay-dead').click();
  await operator.see('confirm-yes').click();
  await operator.see('deliveries').filter({ hasText: 'Nothing was given up' }).waitFor();
  await until('it is delivered', async () => (await webhooksOf(room)).length === 0);
});

test('DU15 axe finds nothing serious, and nothing scrolls sideways', async () => {
  const room = await livelyRoom();
  const pages = {
    '/dashboard': 'verdict',
    '/dashboard/sessions': 'session-row',
    [`/dashboard/sessions/${room.session.id}`]: 'timeline',
    '/dashboard/webhooks': 'webhook-target',
    '/dashboard/analytics': 'analytics-lead',
  };
  for (const [path, testId] of Object.entries(pages)) {
    await open(path, testId);
    for (const size of [PHONE, WIDE]) {
      await operator.page.setViewportSize(size);
      assert.deepEqual(await tooWide(operator.page), [], `${path} at ${size.width}`);
    }
    for (const theme of ['light', 'dark'] as const) {
      assert.deepEqual(await seriousFindings(operator.page, theme), [], `${path} ${theme}`);
    }
  }
  await open('/dashboard/sessions', 'session-row');
  await operator.see('sign-out').click();
  await operator.see('sign-in').waitFor();
  assert.deepEqual(await seriousFindings(operator.page, 'dark'), []);
  assert.deepEqual(operator.pageErrors, []);
});
