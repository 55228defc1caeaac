// How a page looks to those who cannot see it as it was drawn: what axe finds, and what is wider than
// its place.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let axe: Promise<string> | undefined;

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe finds in a theme that is serious or worse. */
export async function seriousFindings(page: Page, theme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  // The colours of the other theme are painted a moment later.
  await page.evaluate(() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done))));
  axe ??= readFile(AXE, 'utf8');
  await page.evaluate(await axe);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: {
        configure: (specification: object) => void;
        run: (context: Document, options: object) => Promise<{ violations: Violation[] }>;
      };
    };
    // What is lettered on the picture of a card is part of the picture; its name says it in words.
    const selector = 'a, button:not(.table-card)';
    axe.configure({ rules: [{ id: 'label-content-name-mismatch', selector }] });
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations;
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`));
}

/** Everything on the page that is wider than its place, by how many pixels. */
export const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (element: Element) =>
      element === document.documentElement ||
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
    return [...document.querySelectorAll('*')]
      .filter((element) => !['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName))
      .filter((element) => scrolls(element) && element.scrollWidth > element.clientWidth)
      .map((element) => `${element.tagName}.${element.className} ${element.scrollWidth}`);
  });
