// How a card is named on its plain drawing: suit, mark, and the name in lines. Pure.
import { CARDS, roman, type Suit } from '../../decks/cards';

export interface CardFaceParts {
  /** Null for the major arcana. */
  suit: Suit | null;
  /** What stands in the corner: a roman numeral, a number, or a court's letter. */
  mark: string;
  /** The name in at most two lines. */
  lines: string[];
}

const COURT_MARKS = ['P', 'Kn', 'Q', 'K'];

export function cardFaceParts(name: string): CardFaceParts {
  const card = CARDS.find((known) => known.name === name);
  if (card?.suit) {
    const mark = card.number === 1 ? 'A' : (COURT_MARKS[card.number - 11] ?? String(card.number));
    const at = name.lastIndexOf(' ');
    return { suit: card.suit, mark, lines: [name.slice(0, at), name.slice(at + 1)] };
  }
  const lines = name.length > 12 && name.includes(' ') ? splitInTwo(name) : [name];
  return { suit: null, mark: card ? roman(card.number) : '', lines };
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
