// Lets the client import a pack as `virtual:deck/DECK/PACK`, drawn when it is asked for. A build
// fails when a deck weighs more than it may.
import type { Plugin } from 'vite';
import { DECKS, PACKS, type DeckId, type PackName } from './pack_names.ts';
import { moduleOf, MOST_BYTES, pack, packedSize } from './packs.ts';

const PREFIX = 'virtual:deck/';
const isDeck = (word: string | undefined): word is DeckId => DECKS.includes(word as DeckId);
const isPack = (word: string | undefined): word is PackName => PACKS.includes(word as PackName);

export function decks(): Plugin {
  return {
    name: 'tarotforge-decks',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined;
      const [deck, name] = id.slice(PREFIX.length + 1).split('/');
      if (!isDeck(deck) || !isPack(name)) throw new Error(`no pack of a deck: ${id}`);
      return { code: moduleOf(pack(deck, name)), map: null };
    },
    async generateBundle(_, bundle) {
      const weights = await Promise.all(
        Object.values(bundle).map(async (chunk) => {
          const deck = chunk.type === 'chunk' && chunk.facadeModuleId?.split(PREFIX)[1]?.split('/')[0];
          return deck ? { deck, bytes: await packedSize(chunk.code) } : null;
        }),
      );
      for (const deck of DECKS) {
        const bytes = weights.reduce((sum, one) => sum + (one?.deck === deck ? one.bytes : 0), 0);
        if (bytes > MOST_BYTES) {
          this.error(`the deck ${deck} weighs ${bytes} bytes compressed, ${MOST_BYTES} at most`);
        }
      }
    },
  };
}
