// The 78 cards that a deck has faces for: ids and names as src/core/deck.cpp gives them.

export const SUITS = ['wands', 'cups', 'swords', 'pentacles'] as const;
export type Suit = (typeof SUITS)[number];

export const RANKS = [
  'ace',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'page',
  'knight',
  'queen',
  'king',
] as const;
export type Rank = (typeof RANKS)[number];
export type Court = 'page' | 'knight' | 'queen' | 'king';

export const MAJORS = [
  'the-fool',
  'the-magician',
  'the-high-priestess',
  'the-empress',
  'the-emperor',
  'the-hierophant',
  'the-lovers',
  'the-chariot',
  'strength',
  'the-hermit',
  'wheel-of-fortune',
  'justice',
  'the-hanged-man',
  'death',
  'temperance',
  'the-devil',
  'the-tower',
  'the-star',
  'the-moon',
  'the-sun',
  'judgement',
  'the-world',
] as const;
export type Major = (typeof MAJORS)[number];
export type Minor = `${Rank}-of-${Suit}`;
export type CardId = Major | Minor;

export interface MajorCard {
  id: Major;
  name: string;
  suit: null;
  /** From 0, the Fool, to 21. */
  number: number;
}
export interface MinorCard {
  id: Minor;
  name: string;
  suit: Suit;
  rank: Rank;
  /** 1 to 10 for ace to ten, 11 to 14 for the courts. */
  number: number;
}
export type DeckCard = MajorCard | MinorCard;

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const nameOf = (id: string) =>
  id
    .split('-')
    .map((word) => (word === 'of' ? word : capital(word)))
    .join(' ');

export const CARDS: readonly DeckCard[] = [
  ...MAJORS.map((id, number): MajorCard => ({ id, name: nameOf(id), suit: null, number })),
  ...SUITS.flatMap((suit) =>
    RANKS.map((rank, i): MinorCard => {
      const id = `${rank}-of-${suit}` as const;
      return { id, name: nameOf(id), suit, rank, number: i + 1 };
    }),
  ),
];

const ROMAN: [number, string][] = [
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
];

export function roman(value: number): string {
  let rest = value;
  let text = '';
  for (const [size, digits] of ROMAN) {
    while (rest >= size) {
      text += digits;
      rest -= size;
    }
  }
  return text || '0';
}
