// Reads a card's name: which suit and rank, or which of the major arcana. Pure.

export type Suit = 'wands' | 'cups' | 'swords' | 'pentacles';
export interface CardFaceParts {
  /** Null for the major arcana. */
  suit: Suit | null;
  /** What stands in the corner: a roman numeral, a number, or a court's letter. */
  mark: string;
  /** The name in at most two lines. */
  lines: string[];
}

const SUITS: Suit[] = ['wands', 'cups', 'swords', 'pentacles'];
const RANKS = ['Ace', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const COURTS = ['Page', 'Knight', 'Queen', 'King'];

const MAJORS = [
  'Fool',
  'Magician',
  'High Priestess',
  'Empress',
  'Emperor',
  'Hierophant',
  'Lovers',
  'Chariot',
  'Strength',
  'Hermit',
  'Wheel of Fortune',
  'Justice',
  'Hanged Man',
  'Death',
  'Temperance',
  'Devil',
  'Tower',
  'Star',
  'Moon',
  'Sun',
  'Judgement',
  'World',
];

function roman(value: number): string {
  if (value === 0) return '0';
  const digits: [number, string][] = [
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = value;
  let text = '';
  for (const [size, digit] of digits) {
    while (rest >= size) {
      text += digit;
      rest -= size;
    }
  }
  return text;
}

function rankMark(rank: string): string {
  if (rank === 'Knight') return 'Kn';
  if (COURTS.includes(rank)) return rank.charAt(0);
  const number = RANKS.indexOf(rank) + 1;
  if (number === 1) return 'A';
  return number > 0 ? String(number) : rank;
}

export function cardFaceParts(name: string): CardFaceParts {
  const minor = /^(.+) of (\w+)$/.exec(name);
  const suit = SUITS.find((known) => known === minor?.[2]?.toLowerCase());
  if (minor?.[1] && suit) {
    return { suit, mark: rankMark(minor[1]), lines: [`${minor[1]} of`, minor[2] ?? ''] };
  }
  const bare = name.replace(/^The /, '');
  const number = MAJORS.indexOf(bare);
  const lines = name.length > 12 && name.includes(' ') ? splitInTwo(name) : [name];
  return { suit: null, mark: number >= 0 ? roman(number) : '', lines };
}

/** At the space nearest to the middle. */
function splitInTwo(name: string): string[] {
  const middle = name.length / 2;
  let at = name.indexOf(' ');
  for (let i = at; i !== -1; i = name.indexOf(' ', i + 1)) {
    if (Math.abs(i - middle) < Math.abs(at - middle)) at = i;
  }
  return [name.slice(0, at), name.slice(at + 1)];
}
