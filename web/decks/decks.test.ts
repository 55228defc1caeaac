import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CARDS, RANKS } from './cards.ts';
import { GRID, parsePath, sampled } from './kit/path.ts';
import { DECKS, packOf, PACKS, type DeckId } from './pack_names.ts';
import { cardsOf, DRAWERS, MOST_BYTES, pack, sizesOf } from './packs.ts';

// Drawing or compressing a whole deck on a busy machine.
const LONG_MS = 120_000;

const drawn = Object.fromEntries(
  DECKS.map((deck) => [deck, Object.assign({}, ...PACKS.map((name) => pack(deck, name)))]),
) as Record<DeckId, Record<string, string>>;

test('DK1 drawing a card again gives the same bytes', { timeout: LONG_MS }, () => {
  for (const deck of DECKS) {
    for (const { id } of CARDS) expect(DRAWERS[deck].draw(id)).toBe(drawn[deck][id]);
    expect(DRAWERS[deck].back()).toBe(drawn[deck].back);
  }
});

/** Id and name of every card in src/core/deck.cpp, which writes a suit as a macro of its ranks. */
function cardsOfTheServer(): string[] {
  const source = readFileSync(new URL('../../src/core/deck.cpp', import.meta.url), 'utf8');
  const table = source.slice(source.indexOf('kCards ='), source.indexOf('#undef TF_SUIT'));
  const ranks = [...source.matchAll(/"(\w+)-of-" id/g)].map(([, rank]) => rank!);
  expect(ranks).toEqual([...RANKS]);
  const majors = [...table.matchAll(/DeckCard\{"([^"]+)", "([^"]+)"\}/g)];
  const suits = [...table.matchAll(/TF_SUIT\("(\w+)", "(\w+)"\)/g)];
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
  return [
    ...majors.map(([, id, name]) => `${id} ${name}`),
    ...suits.flatMap(([, suit, name]) =>
      ranks.map((rank) => `${rank}-of-${suit} ${capital(rank)} of ${name}`),
    ),
  ];
}

test('DK2 each deck has a face of its own for every card of the server', () => {
  expect(CARDS.map(({ id, name }) => `${id} ${name}`)).toEqual(cardsOfTheServer());
  for (const deck of DECKS) {
    const { back, ...faces } = drawn[deck];
    expect(back).toContain('<svg');
    expect(Object.keys(faces).sort()).toEqual(CARDS.map(({ id }) => id).sort());
    expect(new Set(Object.values(faces)).size).toBe(78);
  }
});

test('DK3 a picture is 3 by 5, stands alone, and needs no font', () => {
  for (const deck of DECKS) {
    for (const [id, svg] of Object.entries(drawn[deck])) {
      const [, width, height] = /^<svg xmlns="[^"]+" viewBox="0 0 (\d+) (\d+)">/.exec(svg) ?? [];
      expect(Number(width) / Number(height), `${deck} ${id}`).toBe(0.6);
      expect(svg, `${deck} ${id}`).not.toMatch(/<(?:style|script|text|image|a|foreignObject)\b/);
      expect(svg, `${deck} ${id}`).not.toMatch(/\s(?:style|on\w+)=|NaN|undefined/);
      const outside = [...svg.matchAll(/(?:href="|url\()([^")]*)/g)].filter(
        ([, target]) => !target?.startsWith('#'),
      );
      expect(outside, `${deck} ${id}`).toEqual([]);
      const known = new Set([...svg.matchAll(/\sid="([^"]+)"/g)].map(([, name]) => name));
      for (const [, name] of svg.matchAll(/(?:href="|url\()#([^")]*)/g)) expect(known).toContain(name);
    }
  }
});

test('DK4 a deck weighs no more than it may', { timeout: LONG_MS }, async () => {
  for (const deck of DECKS) {
    const sizes = await sizesOf(deck);
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total, deck).toBeLessThanOrEqual(MOST_BYTES);
  }
});

/** Without what is only drawn where it is used. */
function withoutDefinitions(svg: string): string {
  let depth = 0;
  return svg.replace(/<defs>|<\/defs>|<[^>]*>/g, (tag) => {
    if (tag === '<defs>') ++depth;
    const inside = depth > 0;
    if (tag === '</defs>') --depth;
    return inside ? '' : tag;
  });
}

test('DK5 the back looks the same upside down', () => {
  for (const deck of DECKS) {
    const [width, height] = [300 * GRID, 500 * GRID];
    const shown = withoutDefinitions(drawn[deck].back!);
    // What is stamped is stamped a second time, turned about the middle.
    const stamps = [...shown.matchAll(/<use href="#(\w+)"([^>]*)\/>/g)].filter(
      ([, name]) => !name!.startsWith('s'),
    );
    const upright = stamps.filter(([, , place]) => place === ' x="0" y="0"');
    const turned = stamps.filter(
      ([, , place]) => place === ` transform="matrix(-1 0 0 -1 ${width} ${height})"`,
    );
    expect(upright.length).toBeGreaterThan(0);
    expect(upright.map(([, name]) => name)).toEqual(turned.map(([, name]) => name));
    expect(upright.length + turned.length).toBe(stamps.length);
    // Everything else lies on itself when it is turned: each point has its opposite.
    const paths = [...shown.matchAll(/<path[^>]* d="([^"]+)"/g)];
    expect(paths.length).toBeGreaterThan(3);
    for (const [, data] of paths) {
      const points = parsePath(data!).flatMap((contour) => sampled(contour, 4));
      for (const { x, y } of points) {
        const nearest = Math.min(
          ...points.map((other) => Math.hypot(width - x - other.x, height - y - other.y)),
        );
        expect(nearest, `${deck} ${data}`).toBeLessThan(6);
      }
    }
  }
});

test('DK6 every card is in one pack, with others of its kind', () => {
  expect(PACKS.map((name) => cardsOf(name).length)).toEqual([0, 11, 11, 14, 14, 14, 14]);
  for (const { id, suit } of CARDS) {
    expect(cardsOf(packOf(id))).toContain(id);
    if (suit) expect(packOf(id)).toBe(suit);
  }
});
