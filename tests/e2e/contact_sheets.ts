// Every card of every deck as one picture each, for people to look at: whole decks at a size that
// shows the hand, at the smallest size of a table, and each back.
// usage: ./dev pictures cards [CARD...]    into build/contact-sheets/; with cards, those large
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CARDS } from '../../web/decks/cards.ts';
import { DECKS } from '../../web/decks/pack_names.ts';
import { DRAWERS } from '../../web/decks/packs.ts';
import { openBrowser } from './support/browser.ts';

const FOLDER = fileURLToPath(new URL('../../build/contact-sheets/', import.meta.url));
const SHEETS = [
  { name: 'deck', width: 200, columns: 14 },
  { name: 'small', width: 60, columns: 22 },
];
const LARGE = { width: 600, columns: 2 };
const GAP = 8;

const wanted = process.argv.slice(2);
const browser = await openBrowser();
const page = await browser.newPage();

async function sheet(file: string, pictures: string[], width: number, columns: number) {
  await page.setViewportSize({ width: columns * (width + GAP) + GAP, height: 600 });
  const images = pictures
    .map((svg) => `<img width="${width}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`)
    .join('');
  await page.setContent(
    `<body style="margin:${GAP}px;background:#332a4d;display:flex;flex-wrap:wrap;align-content:start;gap:${GAP}px">${images}`,
  );
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.screenshot({ path: FOLDER + file, fullPage: true });
  console.log(`build/contact-sheets/${file}`);
}

await mkdir(FOLDER, { recursive: true });
for (const deck of DECKS) {
  const { draw, back } = DRAWERS[deck];
  if (wanted.length > 0) {
    const cards = CARDS.filter(({ id }) => wanted.includes(id)).map(({ id }) => draw(id));
    await sheet(`${deck}-large.png`, cards, LARGE.width, Math.min(LARGE.columns, cards.length));
    continue;
  }
  const all = [...CARDS.map(({ id }) => draw(id)), back()];
  for (const { name, width, columns } of SHEETS) await sheet(`${deck}-${name}.png`, all, width, columns);
}
await browser.close();
