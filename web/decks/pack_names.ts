// Which decks there are, and the packs that each comes in; shared by generator and client.
import { CARDS, type CardId } from './cards.ts';

export const DECKS = ['classic', 'nocturne'] as const;
export type DeckId = (typeof DECKS)[number];

/** In the order in which they are fetched ahead: the same whatever lies in the deck. */
export const PACKS = ['back', 'majors-1', 'majors-2', 'wands', 'cups', 'swords', 'pentacles'] as const;
export type PackName = (typeof PACKS)[number];

/** The majors come in two packs of eleven, for they are the richest drawings. */
export const HALF_OF_MAJORS = 11;

export function packOf(id: CardId | 'back'): PackName {
  if (id === 'back') return 'back';
  const card = CARDS.find((known) => known.id === id);
  if (!card) throw new Error(`no card ${id}`);
  if (card.suit) return card.suit;
  return card.number < HALF_OF_MAJORS ? 'majors-1' : 'majors-2';
}
