// What every face of the classic deck has around its picture: a beaded border in the colour of its
// suit, a tab with its number, and a plate with its name.
import { roman, type DeckCard } from '../cards.ts';
import { letter, widthOf } from '../kit/lettering.ts';
import { GRID, parsePath, steps, writePath } from '../kit/path.ts';
import { Pen } from '../kit/pen.ts';
import { HAND, INK, LIGHT, OCHRE, PAPER, SUIT_COLOURS } from './palette.ts';

export const WIDTH = 300;
export const HEIGHT = 500;

const MARK_HEIGHT = 25;
const COURT_MARKS = ['P', 'KN', 'Q', 'K'];
const LETTER_HAND = { ...HAND, unsteadiness: 0.18 };
/** Even, so that they lie the same when the card is turned. */
const BEADS = 182;
/** The picture inside the border; below it is the plate. */
const WINDOW = 'M21 21H279V436H21Z';

export function face(card: DeckCard, picture: (pen: Pen) => void): string {
  const pen = new Pen(HAND, `classic ${card.id}`);
  picture(pen);
  const lettering = new Pen(LETTER_HAND, `frame ${card.id}`);
  frame(lettering, card);
  return sheet(
    `<path fill="${PAPER}" stroke="none" d="${exact(WINDOW)}"/>` +
      `<clipPath id="w"><path d="${exact(WINDOW)}"/></clipPath>` +
      `<g clip-path="url(#w)">${pen}</g>${lettering}`,
  );
}

/** A whole file, in which fill and stroke are ink unless told otherwise. */
export function sheet(content: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * GRID} ${HEIGHT * GRID}">` +
    `<g fill="${INK}" stroke="${INK}" stroke-width="${steps(HAND.weight)}" stroke-linejoin="round" stroke-linecap="round">` +
    `${content}</g></svg>`
  );
}

const exact = (data: string): string => writePath(parsePath(data));

/** The card's own edge, and a border with beads. */
export function border(pen: Pen, colour: string): void {
  const edge = exact(rounded(0.5, 0.5, 299.5, 499.5, 22));
  pen.raw(
    `<path fill="${LIGHT}" fill-rule="evenodd" stroke="none" d="${edge}${exact(rounded(12, 12, 288, 488, 12))}"/>` +
      `<path fill="none" stroke="#8d7a5c" stroke-width="${steps(1)}" d="${edge}"/>` +
      `<path fill="${colour}" fill-rule="evenodd" stroke-width="${steps(1.8)}" d="${exact(rounded(9, 9, 291, 491, 15))}${exact(rounded(21, 21, 279, 479, 3))}"/>` +
      `<path fill="none" stroke="${LIGHT}" stroke-width="${steps(3.6)}" pathLength="${BEADS}" stroke-dasharray="0 1" d="${exact(rounded(15, 15, 285, 485, 9))}"/>`,
  );
}

function rounded(x0: number, y0: number, x1: number, y1: number, r: number): string {
  // On the grid, so that opposite corners are rounded alike.
  const k = Math.round(r * 0.45 * GRID) / GRID;
  return (
    `M${x0 + r} ${y0}H${x1 - r}C${x1 - k} ${y0} ${x1} ${y0 + k} ${x1} ${y0 + r}V${y1 - r}` +
    `C${x1} ${y1 - k} ${x1 - k} ${y1} ${x1 - r} ${y1}H${x0 + r}C${x0 + k} ${y1} ${x0} ${y1 - k} ${x0} ${y1 - r}` +
    `V${y0 + r}C${x0} ${y0 + k} ${x0 + k} ${y0} ${x0 + r} ${y0}Z`
  );
}

function frame(pen: Pen, card: DeckCard): void {
  const colour = SUIT_COLOURS[card.suit ?? 'major'];
  border(pen, colour);
  pen.shape('M21 436H279V479H21Z', LIGHT, { weight: 2.4, relief: 0 });
  pen.line('M21 440.5H279', 1.1, colour);
  corner(pen, 28, 461, false, colour);
  corner(pen, 272, 461, true, colour);
  letter(pen, card.name, { x: 150, y: 473, height: 25, width: 216 });
  const mark = markOf(card);
  const half = Math.max(34, widthOf(mark, MARK_HEIGHT) / 2 + 17);
  const [left, right] = [150 - half, 150 + half];
  pen.shape(
    `M${left} 20H${right}C${right} 40 ${right - 9} 51 ${right - 24} 55L150 61L${left + 24} 55C${left + 9} 51 ${left} 40 ${left} 20Z`,
    LIGHT,
    { weight: 2.4, relief: 0 },
  );
  letter(pen, mark, { x: 150, y: 49.5, height: MARK_HEIGHT });
}

function corner(pen: Pen, x: number, y: number, mirror: boolean, colour: string): void {
  pen.at({ x, y, mirror }, () => {
    pen.shape('M0 -6L4.5 0L0 6L-4.5 0Z', OCHRE, { weight: 1.4, relief: 0 });
    pen.cut('M4 -9C8 -7 8 -3 6 0C8 3 8 7 4 9', 2, 'lens', colour);
  });
}

function markOf(card: DeckCard): string {
  if (card.suit === null) return roman(card.number);
  if (card.number === 1) return 'A';
  return COURT_MARKS[card.number - 11] ?? String(card.number);
}
