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
  nodes: {
    target: string[];
    failureSummary: string;
    any: { data?: { messageKey?: string } | null }[];
  }[];
}

// A contrast that cannot be measured is one that nobody knows. The cloth is a gradient under an
// ornament, with hands above it: measured is what is written on it where it is lightest.
const MEASURABLE = `
  .table { background: var(--felt) !important; }
  .table-mark, .cursors, .shuffle-show { display: none !important; }
  .table-card-lift { visibility: hidden; }
`;
// Not of a single letter, of an empty field, nor of what is scrolled out of sight or under a panel.
const UNMEASURED = ['bgGradient', 'bgOverlap', 'bgImage', 'imgNode'];

/** What axe finds in a theme that is serious or worse. */
export async function seriousFindings(page: Page, theme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  // The colours of the other theme are painted a moment later.
  await page.evaluate(() => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done))));
  axe ??= readFile(AXE, 'utf8');
  await page.evaluate(await axe);
  const found = await page.evaluate(async ({ measurable, unmeasured }) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(measurable);
    const { axe } = window as unknown as {
      axe: {
        configure: (specification: object) => void;
        run: (context: Document, options: object) =>
          Promise<Record<'violations' | 'incomplete', Violation[]>>;
      };
    };
    // What is lettered on the picture of a card is part of the picture; its name says it in words.
    const selector = 'a, button:not(.table-card)';
    axe.configure({ rules: [{ id: 'label-content-name-mismatch', selector }] });
    document.adoptedStyleSheets.push(sheet);
    const { violations, incomplete } = await axe.run(document, {
      resultTypes: ['violations', 'incomplete'],
    });
    document.adoptedStyleSheets.pop();
    const isCovered = (selector: string) => {
      const element = document.querySelector(selector);
      const box = element?.getBoundingClientRect();
      const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return element && top && !element.contains(top) && !top.contains(element);
    };
    const unknown = incomplete
      .filter(({ id }) => id === 'color-contrast')
      .map((finding) => ({
        ...finding,
        nodes: finding.nodes.filter(({ any, target }) =>
          !isCovered(target[0]) &&
          any.some(({ data }) => unmeasured.includes(data?.messageKey ?? ''))),
      }));
    return [...violations, ...unknown];
  }, { measurable: MEASURABLE, unmeasured: UNMEASURED });
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
