// One card on the table: a button that can be dragged. While it is dragged it follows the pointer
// here at once, and the others through `move` operations, at most one each MOVE_EVERY_MS.
import {
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent as ReactPointerEvent,
} from 'react';
import type { Card } from '@tarotforge/client';
import { CardBack, CardFront } from '../ui/card_face';
import { texts } from '../ui/texts';
import { clampToTable } from '@tarotforge/client';
import { positionName } from './names';
import type { Outcome, OperationRequest } from '@tarotforge/client';

// Each move is durable, so a drag is told in steps that still look like motion.
const MOVE_EVERY_MS = 120;
// Less than this is a click with an unsteady hand.
const DRAG_THRESHOLD_PX = 5;
const KEY_STEP = 0.02;
const KEY_TURN_DEGREES = 15;

interface TableCardProps {
  card: Card;
  topZ: number;
  focused: boolean;
  chosen: boolean;
  mayTouch: boolean;
  measure: () => DOMRect | null;
  operate: (request: OperationRequest) => Promise<Outcome>;
  onChoose: (index: number) => void;
}

interface Drag {
  pointerId: number;
  startX: number;
  startY: number;
  moved: boolean;
  sentAt: number;
}

interface Spot {
  x: number;
  y: number;
}

export function TableCard(props: TableCardProps) {
  const { card, focused, chosen, mayTouch, onChoose } = props;
  const { spot, dragging, handlers, wasDragged } = useCardDrag(props);
  const keys = useCardKeys(props);
  const x = spot?.x ?? card.x;
  const y = spot?.y ?? card.y;
  const style = {
    left: `${x * 100}%`,
    top: `${y * 100}%`,
    zIndex: dragging ? props.topZ + 2 : card.z + 1,
    '--rotation': `${card.rotation}deg`,
  } as CSSProperties;

  function click() {
    if (wasDragged()) return;
    onChoose(card.index);
    if (!card.faceUp && mayTouch) {
      void props.operate({ kind: 'flip', card: card.index, faceUp: true });
    }
  }

  return (
    <button
      type="button"
      className="table-card"
      style={style}
      aria-label={labelOf(card)}
      aria-disabled={!mayTouch}
      aria-pressed={chosen}
      data-testid={`card-${card.index}`}
      data-card-id={card.faceUp && card.cardId ? card.cardId : undefined}
      data-face-up={card.faceUp}
      data-reversed={card.isReversed ?? undefined}
      data-position={card.position}
      data-x={card.x}
      data-y={card.y}
      data-rotation={card.rotation}
      data-dragging={dragging || undefined}
      data-focused={focused || undefined}
      onClick={click}
      onFocus={() => onChoose(card.index)}
      onKeyDown={keys}
      {...handlers}
    >
      <span className="table-card-inner">
        <span className="table-card-side">
          <CardBack />
        </span>
        <span className="table-card-side table-card-side-front">
          {card.faceUp && card.name && (
            <CardFront name={card.name} reversed={card.isReversed === true} />
          )}
        </span>
      </span>
      <span className="caption" aria-hidden="true">
        {positionName(card.position)}
      </span>
    </button>
  );
}

function labelOf(card: Card): string {
  const position = positionName(card.position);
  if (!card.faceUp || !card.name) return texts.card.faceDown(position);
  return texts.card.faceUp(card.name, card.isReversed === true, position);
}

function useCardDrag({ card, mayTouch, measure, operate }: TableCardProps) {
  const [spot, setSpot] = useState<Spot | null>(null);
  const [dragging, setDragging] = useState(false);
  const drag = useRef<Drag | null>(null);
  const dragged = useRef(false);

  const origin = useRef<Spot>({ x: 0, y: 0 });
  const place = (event: ReactPointerEvent): Spot | null => {
    const area = measure();
    if (!area || !drag.current) return null;
    return {
      x: clampToTable(origin.current.x + (event.clientX - drag.current.startX) / area.width),
      y: clampToTable(origin.current.y + (event.clientY - drag.current.startY) / area.height),
    };
  };

  return {
    spot,
    dragging,
    /** Tells once that the click which follows a drag is none. */
    wasDragged: () => {
      const was = dragged.current;
      dragged.current = false;
      return was;
    },
    handlers: {
      onPointerDown(event: ReactPointerEvent) {
        dragged.current = false;
        if (!mayTouch || event.button !== 0) return;
        origin.current = { x: card.x, y: card.y };
        drag.current = {
          pointerId: event.pointerId,
          startX: event.clientX,
          startY: event.clientY,
          moved: false,
          sentAt: 0,
        };
      },
      onPointerMove(event: ReactPointerEvent) {
        const current = drag.current;
        if (!current || current.pointerId !== event.pointerId) return;
        const far = Math.hypot(event.clientX - current.startX, event.clientY - current.startY);
        if (!current.moved && far < DRAG_THRESHOLD_PX) return;
        if (!current.moved) {
          current.moved = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }
        const next = place(event);
        if (!next) return;
        setSpot(next);
        if (event.timeStamp - current.sentAt < MOVE_EVERY_MS) return;
        current.sentAt = event.timeStamp;
        void operate({ kind: 'move', card: card.index, ...next });
      },
      async onPointerUp(event: ReactPointerEvent) {
        const current = drag.current;
        const next = place(event);
        drag.current = null;
        setDragging(false);
        if (!current?.moved || !next) return;
        dragged.current = true;
        setSpot(next);
        await operate({ kind: 'move', card: card.index, ...next });
        if (!drag.current) setSpot(null);
      },
      onPointerCancel() {
        drag.current = null;
        setDragging(false);
        setSpot(null);
      },
    },
  };
}

function useCardKeys({ card, focused, mayTouch, operate }: TableCardProps) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? KEY_STEP * 5 : KEY_STEP;
    const move = (dx: number, dy: number) => {
      event.preventDefault();
      if (!mayTouch) return;
      const x = clampToTable(card.x + dx);
      const y = clampToTable(card.y + dy);
      void operate({ kind: 'move', card: card.index, x, y });
    };
    const turn = (degrees: number) => {
      if (!mayTouch) return;
      void operate({ kind: 'rotate', card: card.index, rotation: card.rotation + degrees });
    };
    const actions: Record<string, () => void> = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
      r: () => turn(KEY_TURN_DEGREES),
      R: () => turn(-KEY_TURN_DEGREES),
      f: () => void operate({ kind: 'focus', card: focused ? null : card.index }),
    };
    actions[event.key]?.();
  };
}
