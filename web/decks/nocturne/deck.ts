// The nocturne deck: every card's face, and the back.
import { CARDS, type CardId, type Major } from '../cards.ts';
import type { Pen } from '../kit/pen.ts';
import { court } from './courts.ts';
import { face } from './frame.ts';
import { MAJORS_A } from './majors_a.ts';
import { MAJORS_B } from './majors_b.ts';
import { pip } from './pips.ts';

export { back } from './back.ts';

const majors: Partial<Record<Major, (pen: Pen) => void>> = { ...MAJORS_A, ...MAJORS_B };

export function draw(id: CardId): string {
  const card = CARDS.find((known) => known.id === id);
  if (!card) throw new Error(`the nocturne deck has no card ${id}`);
  if (card.suit) return face(card, (pen) => (card.number > 10 ? court : pip)(pen, card));
  const picture = majors[card.id];
  if (!picture) throw new Error(`the nocturne deck has no picture for ${id}`);
  return face(card, picture);
}
