// What a card means, and the shape of a catalogue of meanings in one language.
import type { CardId } from '../../../decks/cards';

export interface CardMeaning {
  upright: string;
  reversed: string;
  /** Three to five of each, the most telling first. */
  keywords: { upright: string[]; reversed: string[] };
}

export type Meanings = Partial<Record<CardId, CardMeaning>>;
