// The layer of the others' hands above the table, and this person's own, told to them.
import type { Person, RoomClient } from '@tarotforge/client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Hands } from './hands';
import { useRoom, useRoomClient } from './context';
import { nameOf } from './names';

// As many as hands are told apart by colour.
const COLOURS = 8;

/** Which of the colours a person has, the same in every browser. */
export function colourOf(people: Record<string, Person>, id: string): number {
  return Object.keys(people).sort().indexOf(id) % COLOURS;
}

export function useHands(surface: HTMLElement | null): Hands | null {
  const client = useRoomClient();
  const [hands, setHands] = useState<Hands | null>(null);
  useEffect(() => {
    if (!surface) return;
    const made = new Hands(surface);
    setHands(made);
    const listening = [
      client.on('cursor', ({ by, cursor }) => made.moved(by, cursor)),
      client.on('operation', ({ kind, card }) => {
        if (kind === 'move' && typeof card === 'object' && card) made.laidDown(card.index);
      }),
      tellOwnHand(client, surface),
    ];
    return () => {
      for (const stop of listening) stop();
      made.stop();
    };
  }, [client, surface]);
  return hands;
}

/** A mouse or pen over the table; a finger only while it carries a card, which the card tells. */
function tellOwnHand(client: RoomClient, surface: HTMLElement): () => void {
  const listeners = new AbortController();
  const options = { passive: true, signal: listeners.signal };
  const at = (event: PointerEvent) => {
    const area = surface.getBoundingClientRect();
    return {
      x: (event.clientX - area.left) / area.width,
      y: (event.clientY - area.top) / area.height,
    };
  };
  surface.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerType !== 'touch' && event.buttons === 0) client.point(at(event));
    },
    options,
  );
  surface.addEventListener(
    'pointerleave',
    (event) => event.buttons === 0 && client.point({ ...at(event), gone: true }),
    options,
  );
  return () => listeners.abort();
}

export function Cursors({ hands }: { hands: Hands | null }) {
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  const others = useMemo(
    () =>
      Object.values(people).filter(({ id, presence }) => id !== you && presence !== 'offline'),
    [people, you],
  );
  if (!hands) return null;
  return (
    <div className="cursors" aria-hidden="true">
      {others.map((person) => (
        <Cursor
          key={person.id}
          hands={hands}
          person={person}
          colour={colourOf(people, person.id)}
        />
      ))}
    </div>
  );
}

function Cursor({ hands, person, colour }: { hands: Hands; person: Person; colour: number }) {
  const element = useRef<HTMLDivElement>(null);
  const { id } = person;
  useEffect(() => {
    hands.setHand(id, element.current);
    return () => hands.setHand(id, null);
  }, [hands, id]);
  return (
    <div
      ref={element}
      className="cursor"
      data-hand={colour}
      data-testid={`cursor-${nameOf(person)}`}
    >
      <svg width="16" height="18" viewBox="0 0 16 18">
        <path d="M1.500 1.500 14.500 8 8.500 10 6 16.500Z" />
      </svg>
      <span>{nameOf(person)}</span>
    </div>
  );
}
