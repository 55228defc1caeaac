// The dashboard over many made-up sessions: it tells the truth, also after the server was killed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, createSession } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { recount, type Numbers } from './support/recount.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

const SESSIONS = Number(process.env.TAROTFORGE_DEMO_SESSIONS ?? 2_000);
// Statistics are counted and told once a second; a return takes up to 5 s (DU4).
const LIVE_MS = 2_000;
const RETURN_MS = 5_000;
const LISTED_MS = 10_000 + SESSIONS; // a page of a thousand takes well under a second

let server: Server;
let browser: Browser;
let operator: Person;

before(async () => {
  server = await Server.prepare();
  const began = Date.now();
  const made = await server.command('demo', '--sessions', String(SESSIONS), '--hours', '48');
  assert.equal(made.code, 0, made.err);
  console.log(`${made.out.trim()} (with its start ${Date.now() - began} ms)`);
  [browser] = await Promise.all([openBrowser(), server.run()]);
  operator = await Person.enter(browser);
  await operator.context.request.post(`${server.url}/v1/admin/login`,
                                      { data: { token: ADMIN_TOKEN } });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// At one moment.
const shown = () =>
  operator.page.evaluate((states) =>
    Object.fromEntries(states.map((state) => {
      const text = document.querySelector(`[data-testid=${state}-sessions]`)?.textContent ?? '';
      return [`${state}Sessions`, Number(text.replaceAll(',', ''))];
    })) as Numbers, ['active', 'completed', 'purged', 'total', 'warned']);

// Sessions end meanwhile: the page is compared with what the rows said before and after.
async function agrees(withinMs: number): Promise<number> {
  const began = Date.now();
  for (;;) {
    const [before, page, after] = [await recount(server), await shown(), await recount(server)];
    const wrong = Object.keys(page).filter((name) =>
      page[name] !== before[name] && page[name] !== after[name]);
    if (wrong.length === 0) return Date.now() - began;
    assert.ok(Date.now() - began < withinMs, JSON.stringify({ page, after }));
  }
}

const link = (state: string) => operator.page.locator(`[data-testid=live-mark][data-link=${state}]`);

test('DU2 CL12 the overview of made-up sessions is a count of the rows', async () => {
  await operator.page.goto(`${server.url}/dashboard`);
  await link('live').waitFor();
  await operator.see('verdict').waitFor();
  console.log(`right after ${await agrees(LIVE_MS)} ms`);
  assert.equal((await shown()).totalSessions, SESSIONS);
});

test('DU4 DU2 DU9 DB3 a killed server is told lost, and its return tells what happened meanwhile', async () => {
  const table = await operator.anotherTab();
  await table.page.goto(`${server.url}/dashboard/sessions`);
  const listed = (count: number) => table.see('session-count')
    .filter({ hasText: new RegExp(`^${count.toLocaleString('en')}$`) });
  await listed(SESSIONS).waitFor({ timeout: LISTED_MS });
  const { serverId } = (await call<{ serverId: string }>(
    server.url, 'GET', '/v1/admin/stats', { token: ADMIN_TOKEN })).body;
  await server.kill();
  await operator.see('lost-banner').waitFor({ timeout: LIVE_MS });
  const list = await server.command('sessions', '--status', 'expired', '--limit', '5', '--json');
  for (const { id } of JSON.parse(list.out) as { id: string }[])
    assert.equal((await server.command('restore', id)).code, 0);
  const added = await server.command('demo', '--sessions', '10', '--add');
  assert.equal(added.code, 0, added.err);
  await server.run();
  // Nobody has to sign in again (DB3).
  await link('live').waitFor({ timeout: RETURN_MS });
  console.log(`right ${await agrees(LIVE_MS)} ms after the connection came back`);
  const page = await shown();
  assert.equal(page.totalSessions, SESSIONS + 10);
  // Nobody is asked to start again what has been started again.
  assert.equal(await operator.see('finding-serverLost').count(), 0);
  assert.match(await operator.see(`server-${serverId}`).innerText(), /Stopped/);
  const stats = await server.command('stats', '--json');
  const told = JSON.parse(stats.out) as Numbers;
  for (const name of ['totalSessions', 'purgedSessions']) assert.equal(page[name], told[name]);
  // The table that was open has what came meanwhile, and hears of what comes now.
  await listed(SESSIONS + 10).waitFor({ timeout: LISTED_MS });
  const { id } = (await createSession(server.url)).session;
  await table.see('session-search').fill(id);
  const row = table.see('session-row').filter({ hasText: id });
  await row.filter({ hasText: 'Active' }).waitFor({ timeout: RETURN_MS });
  await call(server.url, 'POST', `/v1/admin/sessions/${id}/expire`,
    { token: ADMIN_TOKEN, body: {} });
  await row.filter({ hasText: 'Expired' }).waitFor({ timeout: LIVE_MS });
  await table.page.close();
});

test('DU7 DU8 the table lists all of them, and few rows stand in the page', async () => {
  const began = Date.now();
  await operator.page.goto(`${server.url}/dashboard/sessions`);
  const all = (SESSIONS + 11).toLocaleString('en');
  await operator.see('session-count').filter({ hasText: new RegExp(`^${all}$`) })
    .waitFor({ timeout: LISTED_MS });
  console.log(`listed after ${Date.now() - began} ms`);
  assert.ok((await operator.see('session-row').count()) < 100);
});

test('DU16 where no target of webhooks is named, the page says how to name one', async () => {
  await operator.page.goto(`${server.url}/dashboard/webhooks`);
  await operator.see('webhooks-setup').filter({ hasText: 'WEBHOOK_URLS=' }).waitFor();
});
