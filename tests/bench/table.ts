// How quick the operators' table of sessions is when it has 100,000 rows: until all are listed, sorted,
// and one of them found. usage: ./dev bench table [SESSIONS]
import { performance } from 'node:perf_hooks';
import { openBrowser, Person } from '../e2e/support/browser.ts';
import { ADMIN_TOKEN, Server } from '../e2e/support/server.ts';

const SESSIONS = Number(process.argv[2] ?? 100_000);
const LISTED_MS = 60_000 + SESSIONS;

const server = await Server.prepare();
const made = await server.command('demo', '--sessions', String(SESSIONS), '--hours', '48');
if (made.code !== 0) throw new Error(made.err);
await server.run();
const browser = await openBrowser();

const count = (operator: Person, shown: number) =>
  operator.see('session-count').filter({ hasText: new RegExp(`^${shown.toLocaleString('en')}\\b`) });

// From a click until the frame that shows what it did has been painted.
const untilPainted = (operator: Person, id: string) =>
  operator.see(id).evaluate((button) => new Promise<number>((resolve) => {
    const began = performance.now();
    (button as HTMLElement).click();
    requestAnimationFrame(() => setTimeout(() => resolve(Math.round(performance.now() - began))));
  }));

async function timed(title: string, doing: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await doing();
  console.log(`${title}: ${Math.round(performance.now() - began)} ms`);
}

try {
  const operator = await Person.enter(browser);
  await operator.page.setViewportSize({ width: 1440, height: 900 });
  await operator.context.request.post(`${server.url}/v1/admin/login`,
                                      { data: { token: ADMIN_TOKEN } });
  await timed(`${SESSIONS} sessions listed`, async () => {
    await operator.page.goto(`${server.url}/dashboard/sessions`);
    await count(operator, SESSIONS).waitFor({ timeout: LISTED_MS });
  });
  const row = operator.see('session-row').first();
  for (const column of ['participants', 'id', 'createdAt'])
    console.log(`sorted by ${column}: ${await untilPainted(operator, `sort-${column}`)} ms`);
  const [id = ''] = (await row.innerText()).split(/\s/);
  await timed('one of them found by its id', async () => {
    await operator.see('session-search').fill(id);
    await count(operator, 1).waitFor();
  });
  await operator.go();
} finally {
  await browser.close();
  await server.stop();
}
