// People with a browser of their own each: a profile apart, as on two machines.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { freePort } from './server.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: FLAGS,
};
const VIEWPORT = { width: 1280, height: 860 };

/** A browser that many people share, each in a profile that exists only in memory. */
export const openBrowser = (): Promise<Browser> => chromium.launch(LAUNCH);

export class Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly console: string[] = [];
  private readonly clear: () => Promise<void>;

  private constructor(context: BrowserContext, page: Page, clear = async () => {}) {
    this.context = context;
    this.page = page;
    this.clear = clear;
    page.on('console', (message) => this.console.push(message.text()));
    page.on('pageerror', (error) => this.console.push(`page error: ${error.message}`));
  }

  /** With a whole browser, and a profile on disk, of their own. */
  static async arrive(): Promise<Person> {
    const profile = await mkdtemp(join(tmpdir(), 'tarotforge-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      ...LAUNCH,
      viewport: VIEWPORT,
    });
    return new Person(context, context.pages()[0] ?? (await context.newPage()), () =>
      rm(profile, { recursive: true, force: true }));
  }

  /** In tabs of a browser of their own, of which one is in front. Other pages are never hidden. */
  static async inTab(): Promise<Person> {
    const port = await freePort();
    const args = [...FLAGS, `--remote-debugging-port=${port}`];
    const browser = await chromium.launch({ ...LAUNCH, args });
    const tabs = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    const context = tabs.contexts()[0];
    return new Person(context, await context.newPage(), () => browser.close());
  }

  /** In a shared browser: as apart as another profile, and there at once. */
  static async enter(browser: Browser): Promise<Person> {
    const context = await browser.newContext({ viewport: VIEWPORT });
    return new Person(context, await context.newPage());
  }

  /** With a phone in the hand: a small window, and fingers. */
  static async onPhone(browser: Browser): Promise<Person> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
    });
    return new Person(context, await context.newPage());
  }

  /** One finger put down, drawn along and lifted; only with a phone. */
  async swipe(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    const tools = await this.context.newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
      tools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
      });
    await touch('touchStart', from.x, from.y);
    for (let part = 0.1; part <= 1.001; part += 0.1) {
      await touch('touchMove', from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
    }
    await touch('touchEnd', to.x, to.y);
    await tools.detach();
  }

  /** As a browser does with a tab that was out of sight for long; only in a tab. */
  async freeze(): Promise<void> {
    await this.setLifecycle('frozen');
  }
  async thaw(): Promise<void> {
    await this.setLifecycle('active');
  }
  private async setLifecycle(state: 'frozen' | 'active'): Promise<void> {
    const tools = await this.context.newCDPSession(this.page);
    await tools.send('Page.setWebLifecycleState', { state });
    await tools.detach();
  }

  /** The same person in one more tab. */
  async anotherTab(): Promise<Person> {
    return new Person(this.context, await this.context.newPage());
  }

  async go(): Promise<void> {
    await this.context.close();
    await this.clear();
  }

  get pageErrors(): string[] {
    return this.console.filter((line) => line.startsWith('page error'));
  }

  see(testId: string) {
    return this.page.getByTestId(testId);
  }

  async middleOf(testId: string): Promise<{ x: number; y: number }> {
    const box = await this.see(testId).boundingBox();
    if (!box) throw new Error(`${testId} is not on the screen`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  // What lies on the table in this browser.
  async cards(): Promise<string[]> {
    return this.page.getByTestId('table').evaluate((table) =>
      [...table.querySelectorAll<HTMLElement>('[data-testid^="card-"]')]
        .map((card) => {
          const { testid, faceUp, cardId, position, x, y } = card.dataset;
          return [testid, position, faceUp, cardId, x, y].join(' ');
        })
        .sort(),
    );
  }

  // The moment at which an element appears, by this machine's clock.
  async appears(testId: string, withinMs: number): Promise<number> {
    await this.see(testId).waitFor({ state: 'visible', timeout: withinMs });
    return Date.now();
  }
}
