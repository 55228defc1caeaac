// People with a browser of their own each: a profile apart, as on two machines.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export class Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly console: string[];
  private readonly profile: string;

  private constructor(context: BrowserContext, page: Page, profile: string, lines: string[]) {
    this.context = context;
    this.page = page;
    this.profile = profile;
    this.console = lines;
  }

  static async arrive(): Promise<Person> {
    const profile = await mkdtemp(join(tmpdir(), 'tarotforge-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      args: FLAGS,
      viewport: { width: 1280, height: 860 },
    });
    const page = context.pages()[0] ?? (await context.newPage());
    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    page.on('pageerror', (error) => lines.push(`page error: ${error.message}`));
    return new Person(context, page, profile, lines);
  }

  async go(): Promise<void> {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true });
  }

  see(testId: string) {
    return this.page.getByTestId(testId);
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
