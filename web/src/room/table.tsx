// The table: the layout's positions, and the cards that lie on it.
import { useCallback, useRef, type CSSProperties } from 'react';
import { texts } from '../ui/texts';
import { useOperate, useRights, useRoom, useSession } from './context';
import { places, type Place } from '@tarotforge/client';
import { positionName } from './names';
import { TableCard } from './table_card';
import { useDraw } from './use_draw';

interface TableProps {
  chosen: number | null;
  onChoose: (index: number) => void;
}

export function Table({ chosen, onChoose }: TableProps) {
  const session = useSession();
  const operate = useOperate();
  const { mayTouch } = useRights();
  const surface = useRef<HTMLDivElement>(null);
  const locked = useRoom((state) => state.session?.tableLocked ?? false);
  const taken = new Set(session.cards.map((card) => card.position));
  const free = places[session.layout].filter(({ position }) => !taken.has(position));
  const topZ = session.cards.reduce((top, card) => Math.max(top, card.z), 0);
  const measure = useCallback(() => surface.current?.getBoundingClientRect() ?? null, []);

  return (
    <div
      className="table"
      ref={surface}
      data-layout={session.layout}
      data-testid="table"
      role="group"
      aria-label={texts.room.table}
    >
      {free.map((place) => (
        <Slot key={place.position} place={place} />
      ))}
      {session.cards.map((card) => (
        <TableCard
          key={card.position}
          card={card}
          topZ={topZ}
          focused={session.activeCardIndex === card.index}
          chosen={chosen === card.index}
          mayTouch={mayTouch}
          measure={measure}
          operate={operate}
          onChoose={onChoose}
        />
      ))}
      {locked && <p className="table-note">{texts.room.locked}</p>}
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
        data-testid={`draw-${place.position}`}
        onClick={() => draw(place)}
      >
        {name}
      </button>
    </div>
  );
}
