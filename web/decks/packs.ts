// The decks as the web client loads them: each in packs of about a suit, so that a request tells
// nobody which card is next, and so that cards alike are packed together.
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { CARDS, type CardId } from './cards.ts';
import * as classic from './classic/deck.ts';
import * as nocturne from './nocturne/deck.ts';
import { packOf, PACKS, type DeckId, type PackName } from './pack_names.ts';

interface Drawer {
  draw: (id: CardId) => string;
  back: () => string;
}

export const DRAWERS: Record<DeckId, Drawer> = { classic, nocturne };

/** What one deck may weigh, compressed, so that a phone has it within seconds. */
export const MOST_BYTES = 300_000;

export function cardsOf(name: PackName): CardId[] {
  return CARDS.map(({ id }) => id).filter((id) => packOf(id) === name);
}

/** SVG by card, or the back under its own name. */
export function pack(deck: DeckId, name: PackName): Record<string, string> {
  const { draw, back } = DRAWERS[deck];
  if (name === 'back') return { back: back() };
  return Object.fromEntries(cardsOf(name).map((id) => [id, draw(id)]));
}

const compress = promisify(brotliCompress);

/** As tools/embed compresses what is served. */
export async function packedSize(text: string): Promise<number> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
  return (await compress(text, { params })).length;
}

export interface PackSize {
  name: PackName;
  pictures: number;
  bytes: number;
}

export function sizesOf(deck: DeckId): Promise<PackSize[]> {
  return Promise.all(
    PACKS.map(async (name) => {
      const faces = pack(deck, name);
      const bytes = await packedSize(moduleOf(faces));
      return { name, pictures: Object.keys(faces).length, bytes };
    }),
  );
}

/** The JavaScript module of a pack. */
export function moduleOf(faces: Record<string, string>): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(faces))});`;
}

