// One card on the table: a button that can be dragged. While it is dragged it follows the pointer
// here at once, the others see it follow the hand, and one `move` is made where it is laid down.
import { useDrag } from '@use-gesture/react';
import {
  clampToTable,
  type Cursor,
  type OperationRequest,
  type RoomClient,
  type ShownCard,
  type Touch,
} from '@tarotforge/client';
import {
  memo,
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useFocusHeir } from '../ui/focus';
import { texts } from '../ui/texts';
import { CardSides } from './card_sides';
import { useRoom } from './context';
import { colourOf } from './cursors';
import { letGo, type Hands } from './hands';
import { nameOf, positionName, slotAt } from './names';

// Less than this is a click with an unsteady hand.
const DRAG_THRESHOLD_PX = 5;
const KEY_STEP = 0.02;
const KEY_TURN_DEGREES = 15;
// Long enough to be read in passing.
const HAND_SHOWN_MS = 2_500;

interface TableCardProps {
  card: ShownCard;
  deckId: string;
  focused: boolean;
  chosen: boolean;
  mayTouch: boolean;
  touch: Touch | null;
  hands: Hands | null;
  client: RoomClient;
  measure: () => DOMRect | null;
  onChoose: (position: string) => void;
}

export const TableCard = memo(function TableCard(props: TableCardProps) {
  const { card, focused, chosen, mayTouch, hands, client, onChoose } = props;
  const element = useRef<HTMLButtonElement>(null);
  const operate = (request: OperationRequest) => void client.operate(request);
  const bind = useCardDrag(props, element);
  const keys = useCardKeys(props, operate);
  useFocusHeir(element, slotAt(card.position), '.table');
  useEffect(() => {
    hands?.setCard(card.index, element.current);
    return () => hands?.setCard(card.index, null);
  }, [hands, card.index]);
  const style = {
    left: `${card.x * 100}%`,
    top: `${card.y * 100}%`,
    zIndex: Math.round(card.z) + 1,
    '--rotation': `${card.rotation}deg`,
  } as CSSProperties;

  function click() {
    onChoose(card.position);
    if (!card.faceUp && !card.turning && mayTouch) {
      operate({ kind: 'flip', card: card.index, faceUp: true });
    }
  }

  return (
    <button
      ref={element}
      type="button"
      className="table-card"
      style={style}
      aria-label={cardLabel(card)}
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
      data-pending={card.pending || undefined}
      data-turning={card.turning || undefined}
      data-focused={focused || undefined}
      data-chosen={chosen || undefined}
      onClick={click}
      onFocus={() => onChoose(card.position)}
      onKeyDown={keys}
      {...bind()}
    >
      <CardSides card={card} />
      <span className="caption" aria-hidden="true">
        {positionName(card.position)}
      </span>
      <HandTag touch={props.touch} />
    </button>
  );
});

export function cardLabel(card: ShownCard): string {
  const position = positionName(card.position);
  if (card.turning) return texts.card.turning(position);
  if (!card.faceUp || !card.name) return texts.card.faceDown(position);
  return texts.card.faceUp(card.name, card.isReversed === true, position);
}

/** Whose hand was here just now. */
function HandTag({ touch }: { touch: Touch | null }) {
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  const [shown, setShown] = useState<Touch | null>(null);
  useEffect(() => {
    const others = touch && touch.by !== you ? touch : null;
    setShown(others);
    if (!others) return;
    const timer = setTimeout(() => setShown(null), HAND_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [touch, you]);
  if (!shown) return null;
  return (
    <span
      className="hand-tag"
      aria-hidden="true"
      data-hand={colourOf(people, shown.by)}
      data-testid="hand-tag"
    >
      {nameOf(people[shown.by])}
    </span>
  );
}

function useCardDrag(
  { card, mayTouch, measure, client }: TableCardProps,
  element: RefObject<HTMLButtonElement | null>,
) {
  // Where this hand is while it carries the card.
  const carrying = useRef<Cursor | null>(null);
  // A table that is locked takes the card out of the hand: it lies where it lay.
  useEffect(() => {
    const [node, hand] = [element.current, carrying.current];
    if (mayTouch || !node || !hand) return;
    carrying.current = null;
    delete node.dataset.carried;
    node.style.translate = '';
    client.point(hand);
  }, [mayTouch, client, element]);
  return useDrag(
    ({ first, last, canceled, initial: [fromX, fromY], xy: [clientX, clientY], tap, event }) => {
      const node = element.current;
      const area = measure();
      if (!node || !area || tap) return;
      if (first && mayTouch) node.dataset.carried = 'here';
      else if (!carrying.current) return;
      const x = clampToTable(card.x + (clientX - fromX) / area.width);
      const y = clampToTable(card.y + (clientY - fromY) / area.height);
      const hand = {
        x: (clientX - area.left) / area.width,
        y: (clientY - area.top) / area.height,
      };
      carrying.current = last ? null : hand;
      if (!last) {
        node.style.translate = `${(x - card.x) * area.width}px ${(y - card.y) * area.height}px`;
        return client.point({ ...hand, card: { index: card.index, x, y } });
      }
      if (!canceled) void client.operate({ kind: 'move', card: card.index, x, y });
      letGo(node);
      const isFinger = 'pointerType' in event && event.pointerType === 'touch';
      client.point(isFinger ? { ...hand, gone: true } : hand);
    },
    { filterTaps: true, threshold: DRAG_THRESHOLD_PX, pointer: { keys: false } },
  );
}

function useCardKeys(
  { card, focused, mayTouch }: TableCardProps,
  operate: (request: OperationRequest) => void,
) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? KEY_STEP * 5 : KEY_STEP;
    const move = (dx: number, dy: number) => {
      event.preventDefault();
      if (!mayTouch) return;
      const x = clampToTable(card.x + dx);
      const y = clampToTable(card.y + dy);
      operate({ kind: 'move', card: card.index, x, y });
    };
    const turn = (degrees: number) => {
      if (!mayTouch) return;
      operate({ kind: 'rotate', card: card.index, rotation: card.rotation + degrees });
    };
    const actions: Record<string, () => void> = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
      r: () => turn(KEY_TURN_DEGREES),
      R: () => turn(-KEY_TURN_DEGREES),
      f: () => operate({ kind: 'focus', card: focused ? null : card.index }),
    };
    actions[event.key]?.();
  };
}
