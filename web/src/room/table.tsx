// The table: the layout's positions, the cards that lie on it, and the others' hands above.
import { places, type Place } from '@tarotforge/client';
import { useCallback, useState, type CSSProperties } from 'react';
import { handFocusOn } from '../ui/focus';
import { texts } from '../ui/texts';
import { useRights, useRoom, useRoomClient, useSession } from './context';
import { Cursors, useHands } from './cursors';
import { cardAt, positionName } from './names';
import { Preparation } from './preparation';
import { ShuffleShow } from './shuffle_show';
import { TableCard } from './table_card';
import { TableMark } from './table_mark';
import { useDraw } from './use_draw';

interface TableProps {
  chosen: string | null;
  onChoose: (position: string) => void;
}

export function Table({ chosen, onChoose }: TableProps) {
  const session = useSession();
  const client = useRoomClient();
  const { mayTouch, isHost } = useRights();
  const [surface, setSurface] = useState<HTMLDivElement | null>(null);
  const hands = useHands(surface);
  const touches = useRoom((state) => state.touches);
  const { layout, cards, deckId, activeCardIndex, readingStep, tableLocked } = session;
  const taken = new Set(cards.map((card) => card.position));
  const free = places[layout].filter(({ position }) => !taken.has(position));
  const measure = useCallback(() => surface?.getBoundingClientRect() ?? null, [surface]);
  const prepares =
    cards.length === 0 && (readingStep === 'setup' || readingStep === 'ask-question');

  return (
    <div
      className="table"
      ref={setSurface}
      data-layout={layout}
      data-prepares={prepares || undefined}
      data-testid="table"
      role="group"
      aria-label={texts.room.table}
      tabIndex={-1}
    >
      <TableMark />
      {free.map((place) => (
        <Slot key={place.position} place={place} />
      ))}
      {cards.map((card) => (
        <TableCard
          key={card.position}
          card={card}
          deckId={deckId}
          focused={activeCardIndex === card.index}
          chosen={chosen === card.position}
          mayTouch={mayTouch}
          touch={touches[card.index] ?? null}
          hands={hands}
          client={client}
          measure={measure}
          onChoose={onChoose}
        />
      ))}
      {prepares && <Preparation />}
      <ShuffleShow />
      <Cursors hands={hands} />
      {tableLocked && (
        <p className="table-note" data-testid="locked-note">
          {isHost ? texts.room.lockedByYou : texts.room.locked}
        </p>
      )}
    </div>
  );
}

const at = (x: number, y: number): CSSProperties => ({ left: `${x * 100}%`, top: `${y * 100}%` });

function Slot({ place }: { place: Place }) {
  const { draw, mayDraw } = useDraw();
  const name = positionName(place.position);
  return (
    <div
      className={place.crossing ? 'place place-crossing' : 'place'}
      style={at(place.x, place.y)}
    >
      <button
        type="button"
        className={place.crossing ? 'slot slot-crossing' : 'slot'}
        disabled={!mayDraw}
        title={mayDraw ? undefined : texts.room.cannotDrawYet}
        aria-label={texts.room.drawAt(name)}
        data-position={place.position}
        data-testid={`draw-${place.position}`}
        onClick={({ detail }) => {
          // A pointer has no focus to lose, and a card that has it is chosen.
          if (detail > 0) draw(place);
          else handFocusOn(() => draw(place), cardAt(place.position));
        }}
      >
        {name}
      </button>
    </div>
  );
}
