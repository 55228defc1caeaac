// The pictures of a deck, fetched pack by pack when one of them is wanted, and all of them ahead
// while the browser idles, always in the same order: what is fetched does not tell what is drawn.
import { useEffect, useSyncExternalStore } from 'react';
import type { CardId } from '../../decks/cards';
import { DECKS, packOf, PACKS, type DeckId, type PackName } from '../../decks/pack_names';

type Loader = () => Promise<{ default: Record<string, string> }>;

const LOADERS: Record<DeckId, Record<PackName, Loader>> = {
  classic: {
    back: () => import('virtual:deck/classic/back'),
    'majors-1': () => import('virtual:deck/classic/majors-1'),
    'majors-2': () => import('virtual:deck/classic/majors-2'),
    wands: () => import('virtual:deck/classic/wands'),
    cups: () => import('virtual:deck/classic/cups'),
    swords: () => import('virtual:deck/classic/swords'),
    pentacles: () => import('virtual:deck/classic/pentacles'),
  },
  nocturne: {
    back: () => import('virtual:deck/nocturne/back'),
    'majors-1': () => import('virtual:deck/nocturne/majors-1'),
    'majors-2': () => import('virtual:deck/nocturne/majors-2'),
    wands: () => import('virtual:deck/nocturne/wands'),
    cups: () => import('virtual:deck/nocturne/cups'),
    swords: () => import('virtual:deck/nocturne/swords'),
    pentacles: () => import('virtual:deck/nocturne/pentacles'),
  },
};

const pictures = new Map<string, string>();
const fetching = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

/** A deck that this client does not know is shown as the first. */
export const knownDeck = (id: string): DeckId => DECKS.find((known) => known === id) ?? DECKS[0];

export function fetchPack(deck: DeckId, name: PackName): Promise<void> {
  const key = `${deck}/${name}`;
  const begun = fetching.get(key);
  if (begun) return begun;
  const promise = LOADERS[deck][name]().then(
    ({ default: faces }) => {
      for (const [card, svg] of Object.entries(faces)) pictures.set(`${deck}/${card}`, svg);
      for (const tell of listeners) tell();
    },
    // Without it cards keep their plain look; the next one that is shown tries again.
    () => void fetching.delete(key),
  );
  fetching.set(key, promise);
  return promise;
}

/** The address of a picture, or null until it is here. */
export function usePicture(deck: DeckId, card: CardId | 'back' | null): string | null {
  const here = () => (card === null ? null : (pictures.get(`${deck}/${card}`) ?? null));
  const svg = useSyncExternalStore(listen, here, here);
  useEffect(() => {
    if (card) void fetchPack(deck, packOf(card));
  }, [deck, card]);
  return svg && addressOf(svg);
}

function listen(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

const addresses = new Map<string, string>();

/** Images come from here or from `data:`, as the server's pages may have them. */
function addressOf(svg: string): string {
  let address = addresses.get(svg);
  if (!address) {
    address = `data:image/svg+xml,${svg.replace(/[%#<>"]/g, encodeURIComponent)}`;
    addresses.set(svg, address);
  }
  return address;
}

// Where the browser cannot tell when it idles: long enough for a page to settle.
const SETTLE_MS = 400;

function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve());
    else setTimeout(resolve, SETTLE_MS);
  });
}

function whenLoaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) =>
    window.addEventListener('load', () => resolve(), { once: true }),
  );
}

/** Fetches the whole deck once the page is there; not for people who count their bytes. */
export function useFetchAhead(deck: DeckId, wanted: boolean): void {
  useEffect(() => {
    const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
    if (!wanted || connection?.saveData) return undefined;
    let gone = false;
    void (async () => {
      await whenLoaded();
      for (const name of PACKS) {
        await whenIdle();
        if (gone) return;
        await fetchPack(deck, name);
      }
    })();
    return () => {
      gone = true;
    };
  }, [deck, wanted]);
}
