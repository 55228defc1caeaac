// What the operators' table of sessions costs a browser when it has 100,000 rows: the main thread's
// work in each frame while it is scrolled, and how long a search and a sort take.
// usage: ./dev bench table [SESSIONS [SECONDS]]
import { performance } from 'node:perf_hooks';
import { openBrowser, Person } from '../e2e/support/browser.ts';
import { ADMIN_TOKEN, Server } from '../e2e/support/server.ts';
import { frameWork, printFrames, traced } from './frames.ts';

const SESSIONS = Number(process.argv[2] ?? 100_000);
const SECONDS = Number(process.argv[3] ?? 10);
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
  const box = await row.boundingBox();
  if (!box) throw new Error('no row');
  const { mouse } = operator.page;
  await mouse.move(box.x + box.width / 2, box.y + 5 * box.height);
  const events = await traced(browser, operator, async () => {
    const ends = performance.now() + SECONDS * 1000;
    // Down in strides of ten rows, and now and then far.
    for (let step = 1; performance.now() < ends; step += 1)
      await mouse.wheel(0, step % 40 === 0 ? 500 * box.height : 10 * box.height);
  });
  printFrames('scrolling', frameWork(events));
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
