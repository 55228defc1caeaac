// A card: its picture from the deck, and a plain drawing of its name until that is here. Which
// deck says the DeckScope around it; the colours of the plain drawing come from CSS.
import { createContext, useContext, type ReactNode } from 'react';
import { CARDS, type Suit } from '../../decks/cards';
import type { DeckId } from '../../decks/pack_names';
import { cardFaceParts } from './card_names';
import { knownDeck, useFetchAhead, usePicture } from './deck_faces';

const symbols: Record<Suit | 'major', string> = {
  wands:
    'M-5 46 5 46 7-34C11-46 6-54 0-60-6-54-11-46-7-34Z' +
    'M7-8C18-10 24-18 25-30 14-29 8-22 7-8ZM-7 12C-18 10-24 2-25-10-14-9-8-2-7 12Z',
  cups:
    'M-32-44H32C34-14 22 6 4 11V32' +
    'C14 33 22 38 24 46H-24C-22 38-14 33-4 32V11C-22 6-34-14-32-44Z',
  swords:
    'M0-62 7-50V18H26V27H7V40C11 42 12 48 9 52 4 57-4 57-9 52-12 48-11 42-7 40V27H-26V18H-7V-50Z',
  pentacles:
    'M0-44A44 44 0 1 0 0 44 44 44 0 1 0 0-44Z' +
    'M0-36 9-11 36-11 14 5 22 31 0 16-22 31-14 5-36-11-9-11Z',
  major:
    'M0-52 10-16 37-37 16-10 52 0 16 10 37 37 10 16 0 52-10 16-37 37-16 10-52 0-16-10-37-37-10-16Z',
};

const Deck = createContext<DeckId>('classic');

interface DeckScopeProps {
  deckId: string;
  /** Fetches the whole deck while the browser idles. */
  fetchAhead?: boolean;
  children: ReactNode;
}

/** Cards inside are of this deck. */
export function DeckScope({ deckId, fetchAhead = false, children }: DeckScopeProps) {
  const deck = knownDeck(deckId);
  useFetchAhead(deck, fetchAhead);
  return <Deck value={deck}>{children}</Deck>;
}

export function CardFront({ name, reversed }: { name: string; reversed: boolean }) {
  const card = CARDS.find((known) => known.name === name);
  const picture = usePicture(useContext(Deck), card?.id ?? null);
  if (!picture) return <PlainFront name={name} reversed={reversed} />;
  return <Picture address={picture} side="front" reversed={reversed} />;
}

export function CardBack() {
  const picture = usePicture(useContext(Deck), 'back');
  if (!picture) return <PlainBack />;
  return <Picture address={picture} side="back" reversed={false} />;
}

interface PictureProps {
  address: string;
  side: 'front' | 'back';
  reversed: boolean;
}

function Picture({ address, side, reversed }: PictureProps) {
  return (
    <img
      className={`card-svg card-${side}`}
      src={address}
      width={300}
      height={500}
      alt=""
      draggable={false}
      decoding="sync"
      data-upside-down={reversed || undefined}
    />
  );
}

function PlainFront({ name, reversed }: { name: string; reversed: boolean }) {
  const { suit, mark, lines } = cardFaceParts(name);
  const kind = suit ?? 'major';
  return (
    <svg
      className={`card-svg card-front suit-${kind}`}
      viewBox="0 0 120 200"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="card-paper" x="1" y="1" width="118" height="198" rx="9" />
      <g transform={reversed ? 'rotate(180 60 100)' : undefined}>
        <rect className="card-frame" x="8" y="8" width="104" height="184" rx="5" />
        <text className="card-mark" x="60" y="33" textAnchor="middle">
          {mark}
        </text>
        <g transform="translate(60 92) scale(0.82)">
          <path className="card-symbol" d={symbols[kind]} fillRule="evenodd" />
        </g>
        {lines.map((line, i) => (
          <text
            key={line}
            className="card-name"
            x="60"
            y={lines.length === 1 ? 172 : 165 + i * 16}
            textAnchor="middle"
          >
            {line}
          </text>
        ))}
      </g>
    </svg>
  );
}

export function PlainBack() {
  return (
    <svg
      className="card-svg card-back"
      viewBox="0 0 120 200"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="back-paper" x="1" y="1" width="118" height="198" rx="9" />
      <rect className="back-frame" x="8" y="8" width="104" height="184" rx="5" />
      <g className="back-lines" transform="translate(60 100)">
        <path d="M0-80 46 0 0 80-46 0Z" />
        <path d="M0-56 32 0 0 56-32 0Z" />
        <circle r="15" />
        <path d="M0-80V-56M0 80V56M46 0H32M-46 0H-32" />
      </g>
      <path className="back-star" transform="translate(60 100) scale(0.2)" d={symbols.major} />
    </svg>
  );
}

export function SuitSymbol({ suit }: { suit: Suit | 'major' }) {
  return (
    <svg
      className={`suit-symbol suit-${suit}`}
      viewBox="-60 -66 120 132"
      aria-hidden="true"
      focusable="false"
    >
      <path className="card-symbol" d={symbols[suit]} fillRule="evenodd" />
    </svg>
  );
}
