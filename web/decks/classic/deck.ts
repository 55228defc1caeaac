// The classic deck: every card's face, and the back.
import { CARDS, type CardId } from '../cards.ts';
import type { Pen } from '../kit/pen.ts';
import { PAGES_AND_KNIGHTS } from './courts.ts';
import { face } from './frame.ts';
import { MAJORS_A } from './majors_a.ts';
import { MAJORS_B } from './majors_b.ts';
import { MAJORS_C } from './majors_c.ts';
import { MAJORS_D } from './majors_d.ts';
import { CUPS } from './pips_cups.ts';
import { PENTACLES } from './pips_pentacles.ts';
import { SWORDS } from './pips_swords.ts';
import { WANDS } from './pips_wands.ts';
import { QUEENS_AND_KINGS } from './royals.ts';

const pictures: Partial<Record<CardId, (pen: Pen) => void>> = { ...MAJORS_A, ...MAJORS_B, ...MAJORS_C, ...MAJORS_D, ...PAGES_AND_KNIGHTS, ...QUEENS_AND_KINGS, ...WANDS, ...CUPS, ...SWORDS, ...PENTACLES };

export function draw(id: CardId): string {
  const card = CARDS.find((known) => known.id === id);
  const picture = pictures[id];
  if (!card || !picture) throw new Error(`the classic deck has no card ${id}`);
  return face(card, picture);
}

export { back } from './back.ts';
