// What a card means, upright and reversed. Where the meanings come from is the catalogue's business:
// it sets the source; until one is set there are none, and panels go without.
import { useEffect, useState } from 'react';

export interface CardMeaning {
  upright: string;
  reversed: string;
  /** A few words each, most telling first. */
  keywords?: { upright: string[]; reversed: string[] };
}

export type MeaningSource = (deckId: string, cardId: string) => Promise<CardMeaning | null>;

let source: MeaningSource = () => Promise.resolve(null);

export function setMeaningSource(next: MeaningSource): void {
  source = next;
}

export const meaningOf: MeaningSource = (deckId, cardId) => source(deckId, cardId);

export function useMeaning(deckId: string, cardId: string | null): CardMeaning | null {
  const [found, setFound] = useState<{ cardId: string; meaning: CardMeaning | null } | null>(
    null,
  );
  useEffect(() => {
    if (!cardId) return;
    let gone = false;
    void meaningOf(deckId, cardId).then(
      (meaning) => !gone && setFound({ cardId, meaning }),
      () => {}, // without its catalogue a card is only its name
    );
    return () => {
      gone = true;
    };
  }, [deckId, cardId]);
  return found && found.cardId === cardId ? found.meaning : null;
}
