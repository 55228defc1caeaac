// The classic deck: every card's face, and the back.
import { CARDS, type CardId } from '../cards.ts';
import type { Pen } from '../kit/pen.ts';
import { face } from './frame.ts';
import { MAJORS_A } from './majors_a.ts';
import { MAJORS_B } from './majors_b.ts';
import { MAJORS_C } from './majors_c.ts';
import { MAJORS_D } from './majors_d.ts';

const pictures: Partial<Record<CardId, (pen: Pen) => void>> = { ...MAJORS_A, ...MAJORS_B, ...MAJORS_C, ...MAJORS_D };

export function draw(id: CardId): string {
  const card = CARDS.find((known) => known.id === id);
  const picture = pictures[id];
  if (!card || !picture) throw new Error(`the classic deck has no card ${id}`);
  return face(card, picture);
}
