// What cards mean, upright and reversed. The catalogue is fetched, whole, when the first is wanted.
import { useEffect, useState } from 'react';
import type { CardId } from '../../../decks/cards';
import type { CardMeaning } from './meaning';

export type { CardMeaning } from './meaning';

type Catalogue = Readonly<Record<string, CardMeaning>>;

const CATALOGUES = {
  en: (): Promise<Catalogue> => import('./en').then(({ meanings }) => meanings),
};
export type Language = keyof typeof CATALOGUES;

const fetched = new Map<Language, Promise<Catalogue>>();

/** Null for a card that is in no catalogue; rejected where the catalogue cannot be fetched. */
export async function meaningOf(
  cardId: CardId | string,
  language: Language = 'en',
): Promise<CardMeaning | null> {
  let catalogue = fetched.get(language);
  if (!catalogue) {
    catalogue = CATALOGUES[language]();
    fetched.set(language, catalogue);
    catalogue.catch(() => fetched.delete(language));
  }
  return (await catalogue)[cardId] ?? null;
}

/** Null until it is here; without its catalogue a card is only its name. */
export function useMeaning(cardId: CardId | string | null): CardMeaning | null {
  const [found, setFound] = useState<{ id: string; meaning: CardMeaning | null } | null>(null);
  useEffect(() => {
    if (!cardId) return undefined;
    let gone = false;
    meaningOf(cardId).then(
      (meaning) => !gone && setFound({ id: cardId, meaning }),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [cardId]);
  return found && found.id === cardId ? found.meaning : null;
}
