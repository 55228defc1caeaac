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

const fetching = new Map<Language, Promise<Catalogue>>();
const here = new Map<Language, Catalogue>();

/** Rejected where it cannot be fetched; who asks again tries again. */
function fetchCatalogue(language: Language): Promise<Catalogue> {
  const begun = fetching.get(language);
  if (begun) return begun;
  const promise = CATALOGUES[language]();
  fetching.set(language, promise);
  promise.then(
    (catalogue) => here.set(language, catalogue),
    () => fetching.delete(language),
  );
  return promise;
}

/** Null for a card that is in no catalogue; rejected where the catalogue cannot be fetched. */
export async function meaningOf(
  cardId: CardId | string,
  language: Language = 'en',
): Promise<CardMeaning | null> {
  return (await fetchCatalogue(language))[cardId] ?? null;
}

/** Null until it is here, at once if it is already; without its catalogue a card is only its name. */
export function useMeaning(
  cardId: CardId | string,
  language: Language = 'en',
): CardMeaning | null {
  const [catalogue, setCatalogue] = useState(() => here.get(language));
  useEffect(() => {
    if (catalogue) return undefined;
    let gone = false;
    fetchCatalogue(language).then(
      (fetched) => !gone && setCatalogue(fetched),
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [catalogue, language, cardId]);
  return catalogue?.[cardId] ?? null;
}
