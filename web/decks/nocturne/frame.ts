// The hand of the nocturne deck, exact and in gold lines, and what its faces have around them: an
// arch of thin lines, a disc with the number, and the name below.
import { roman, type DeckCard, type Suit } from '../cards.ts';
import { letter, widthOf } from '../kit/lettering.ts';
import { polar } from '../kit/matrix.ts';
import { ellipse, GRID, steps } from '../kit/path.ts';
import { Pen, type Hand } from '../kit/pen.ts';

export const NIGHT = '#111a35';
export const DEEP = '#0b1226';
export const DUSK = '#1b2749';
export const GOLD = '#d8b365';
export const PALE = '#f3e3b8';
export const MIST = '#7f93c4';

export const TINTS: Record<Suit | 'major', string> = {
  wands: '#e2895a',
  cups: '#74b6dc',
  swords: '#c3cfe4',
  pentacles: '#93c48c',
  major: '#c7a2e0',
};

const HAND: Hand = { ink: GOLD, weight: 2.4, unsteadiness: 0, relief: 0 };

export const WIDTH = 300;
export const HEIGHT = 500;

const MARK_HEIGHT = 22;

/** What stands above the picture in the frame: a numeral for majors, a figure or letter else. */
function markOf(card: DeckCard): string {
  if (card.suit === null) return roman(card.number);
  if (card.number === 1) return 'A';
  return ['P', 'KN', 'Q', 'K'][card.number - 11] ?? String(card.number);
}

export function newPen(seed: string): Pen {
  return new Pen(HAND, seed);
}

export function face(card: DeckCard, picture: (pen: Pen) => void): string {
  const pen = newPen(`nocturne ${card.id}`);
  ground(pen);
  pen.within(ARCH, () => {
    firmament(pen);
    picture(pen);
  });
  frame(pen, card);
  return sheet(pen.toString());
}

export function sheet(content: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * GRID} ${HEIGHT * GRID}">` +
    `<g fill="${GOLD}" stroke="${GOLD}" stroke-width="${steps(HAND.weight)}" stroke-linejoin="round" stroke-linecap="round">` +
    `${content}</g></svg>`
  );
}

export function rounded(x0: number, y0: number, x1: number, y1: number, r: number): string {
  // On the grid, so that opposite corners are rounded alike.
  const k = Math.round(r * 0.45 * GRID) / GRID;
  return (
    `M${x0 + r} ${y0}H${x1 - r}C${x1 - k} ${y0} ${x1} ${y0 + k} ${x1} ${y0 + r}V${y1 - r}` +
    `C${x1} ${y1 - k} ${x1 - k} ${y1} ${x1 - r} ${y1}H${x0 + r}C${x0 + k} ${y1} ${x0} ${y1 - k} ${x0} ${y1 - r}` +
    `V${y0 + r}C${x0} ${y0 + k} ${x0 + k} ${y0} ${x0 + r} ${y0}Z`
  );
}

const ARCH = 'M26 426V150C26 82 82 30 150 30C218 30 274 82 274 150V426Z';

export function ground(pen: Pen): void {
  pen.shape(rounded(0.5, 0.5, 299.5, 499.5, 22), DEEP, { weight: 1, ink: '#5d6a94' });
  pen.line(rounded(10, 10, 290, 490, 14), 2);
  pen.line(rounded(15, 15, 285, 485, 10), 0.9);
}

/** A lighter sky in the arch, with small stars that differ from card to card. */
function firmament(pen: Pen): void {
  pen.fill(ARCH, NIGHT);
  pen.fill('M26 426V330Q150 286 274 330V426Z', DUSK);
  for (let i = 0; i < 34; ++i) {
    const [x, y] = [pen.random.between(34, 266), pen.random.between(44, 330)];
    pen.motif(i % 3 ? 'far star' : 'near star', { x, y }, () => pen.fill(ellipse(0, 0, i % 3 ? 0.9 : 1.5), MIST));
  }
}

function frame(pen: Pen, card: DeckCard): void {
  const tint = TINTS[card.suit ?? 'major'];
  pen.line(ARCH, 2);
  // The spandrels: a moon's phase and rays at each side.
  for (const mirror of [false, true]) {
    pen.at({ x: mirror ? WIDTH : 0, mirror }, () => {
      pen.line(ellipse(40, 46, 11), 1.5);
      pen.fill('M40 35C48 38 48 54 40 57C52 56 52 36 40 35Z', tint);
      for (let i = 0; i < 5; ++i) {
        const [a, b] = [polar({ x: 40, y: 46 }, 15, 100 + i * 42), polar({ x: 40, y: 46 }, 20, 100 + i * 42)];
        pen.line(`M${a.x} ${a.y}L${b.x} ${b.y}`, 1.3);
      }
    });
  }
  const mark = markOf(card);
  const half = Math.max(24, widthOf(mark, MARK_HEIGHT) / 2 + 9);
  pen.shape(`M${150 - half + 12} 17H${150 + half - 12}C${150 + half + 5} 17 ${150 + half + 5} 54 ${150 + half - 12} 54H${150 - half + 12}C${150 - half - 5} 54 ${150 - half - 5} 17 ${150 - half + 12} 17Z`, DEEP, { weight: 1.8 });
  letter(pen, mark, { x: 150, y: 46.5, height: MARK_HEIGHT, ink: PALE, thick: 2.9, thin: 1.3 });
  letter(pen, card.name, { x: 150, y: 472, height: 24, width: 236, ink: PALE, thick: 2.9, thin: 1.3, spacing: 0.8 });
  pen.line('M26 434H130M170 434H274', 1.1);
  pen.shape('M150 428L156 434L150 440L144 434Z', tint, { weight: 1.2 });
}
