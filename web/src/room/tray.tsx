// Under the table: the undrawn deck, and what can be done with the chosen card.
import { useDrag } from '@use-gesture/react';
import { clampToTable, nextPlace, places, type Place, type ShownCard } from '@tarotforge/client';
import { useRef, useState } from 'react';
import { Button, IconButton, ToolButton } from '../ui/button';
import { CardBack } from '../ui/card_face';
import { Confirm } from '../ui/dialog';
import { handFocusOn, useFocusHeir } from '../ui/focus';
import { texts } from '../ui/texts';
import { useOperate, useRights, useSession } from './context';
import { cardAt, positionName, slotAt } from './names';
import { TrustPanel } from './trust_panel';
import { useDraw } from './use_draw';

const t = texts.card;
const TURN_DEGREES = 15;
// A card let go so near to a free place, in widths of the table, is meant for it.
const NEAR = 0.14;

export function Tray({ card }: { card: ShownCard | null }) {
  const { cards } = useSession();
  return (
    <div className="tray">
      <Pile />
      {card && <ChosenCard card={card} />}
      {!card && cards.length > 0 && <p className="muted small tray-hint">{t.none}</p>}
    </div>
  );
}

function Pile() {
  const { layout, cards, deckRemaining, tableLocked } = useSession();
  const operate = useOperate();
  const { isHost, mayTouch } = useRights();
  const { mayDraw } = useDraw();
  const [asking, setAsking] = useState(false);
  const next = mayDraw ? nextPlace(layout, cards, texts.room.freePosition) : null;
  return (
    <div className="pile">
      {/* Another one when nothing can be drawn any more: a drag that was under way ends with it. */}
      <PileCard key={String(next === null)} next={next} />
      <span className="pile-count">
        <span aria-hidden="true" data-testid="deck-remaining">
          {deckRemaining}
        </span>
        <span className="hidden-text">{texts.room.deck(deckRemaining)}</span>
      </span>
      <div className="row row-tight">
        <ToolButton
          icon="shuffle"
          label={texts.room.shuffle}
          disabled={!mayTouch}
          data-testid="shuffle"
          onClick={() => void operate({ kind: 'shuffle' })}
        />
        <TrustPanel />
        {isHost && (
          <>
            <ToolButton
              icon={tableLocked ? 'lock' : 'unlock'}
              label={tableLocked ? texts.room.unlock : texts.room.lock}
              short={tableLocked ? texts.room.short.unlock : texts.room.short.lock}
              data-testid="lock-table"
              onClick={() => void operate({ kind: 'lock_table', locked: !tableLocked })}
            />
            <ToolButton
              icon="clear"
              label={texts.room.reset}
              short={texts.room.short.clear}
              data-testid="reset"
              onClick={() => setAsking(true)}
            />
          </>
        )}
      </div>
      {asking && (
        <Confirm
          title={texts.room.resetAsk}
          text={texts.room.resetText}
          confirm={texts.room.reset}
          danger
          onConfirm={() => void operate({ kind: 'reset' })}
          onCancel={() => setAsking(false)}
        />
      )}
    </div>
  );
}

/** The undrawn deck: a click draws to the next place, a drag to where the card is let go. */
function PileCard({ next }: { next: Place | null }) {
  const { layout, cards, deckRemaining } = useSession();
  const { draw } = useDraw();
  const ghost = useRef<HTMLSpanElement>(null);

  function drawTo(x: number, y: number) {
    if (!next) return;
    if (layout === 'freestyle') return draw({ ...next, x, y });
    const taken = new Set(cards.map((card) => card.position));
    const free = places[layout].filter(({ position }) => !taken.has(position));
    const far = (place: { x: number; y: number }) => Math.hypot(place.x - x, place.y - y);
    const nearest = free.sort((a, b) => far(a) - far(b))[0];
    draw(nearest && far(nearest) < NEAR ? nearest : next);
  }

  const bind = useDrag(
    ({ first, last, canceled, movement: [dx, dy], xy: [clientX, clientY] }) => {
      const card = ghost.current;
      if (!card) return;
      if (first) card.dataset.dragged = '';
      card.style.translate = `${dx}px ${dy}px`;
      if (!last) return;
      delete card.dataset.dragged;
      card.style.translate = '';
      const area = document.querySelector('.table')?.getBoundingClientRect();
      if (canceled || !area) return;
      const x = (clientX - area.left) / area.width;
      const y = (clientY - area.top) / area.height;
      const inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
      if (inside) drawTo(clampToTable(x), clampToTable(y));
    },
    { enabled: next !== null, filterTaps: true, threshold: 5, pointer: { keys: false } },
  );

  return (
    <button
      type="button"
      className="pile-button"
      disabled={next === null}
      data-empty={deckRemaining === 0 || undefined}
      data-testid="draw-next"
      aria-label={texts.room.drawNext}
      onClick={() => next && handFocusOn(() => draw(next), cardAt(next.position))}
      {...bind()}
    >
      <CardBack />
      <span ref={ghost} className="pile-ghost" aria-hidden="true">
        <CardBack />
      </span>
    </button>
  );
}

function ChosenCard({ card }: { card: ShownCard }) {
  const session = useSession();
  const operate = useOperate();
  const { isHost, mayTouch } = useRights();
  const element = useRef<HTMLDivElement>(null);
  useFocusHeir(element, slotAt(card.position), '.table');
  const shown = session.activeCardIndex === card.index;
  const rotate = (degrees: number) =>
    void operate({ kind: 'rotate', card: card.index, rotation: card.rotation + degrees });
  return (
    <div
      ref={element}
      className="chosen"
      role="group"
      aria-label={t.tools}
      data-testid="chosen-card"
    >
      <ChosenName card={card} />
      <div className="row row-tight">
        <IconButton
          icon="flip"
          label={card.faceUp ? t.turnDown : t.turnUp}
          disabled={!mayTouch}
          data-testid="flip"
          onClick={() => void operate({ kind: 'flip', card: card.index, faceUp: !card.faceUp })}
        />
        <IconButton
          icon="rotateLeft"
          label={t.turnLeft}
          disabled={!mayTouch}
          data-testid="rotate-left"
          onClick={() => rotate(-TURN_DEGREES)}
        />
        <IconButton
          icon="rotateRight"
          label={t.turnRight}
          disabled={!mayTouch}
          data-testid="rotate-right"
          onClick={() => rotate(TURN_DEGREES)}
        />
        <IconButton
          icon={shown ? 'eyeOff' : 'eye'}
          label={shown ? t.unfocus : t.focus}
          data-testid="focus-card"
          onClick={() => void operate({ kind: 'focus', card: shown ? null : card.index })}
        />
        {isHost && (
          <Button
            kind="quiet"
            icon="undo"
            className="tool-wide"
            aria-label={t.giveBack}
            data-testid="return-card"
            onClick={() => void operate({ kind: 'return_card', card: card.index })}
          >
            {t.giveBack}
          </Button>
        )}
      </div>
      <span className="hidden-text">{t.keys}</span>
    </div>
  );
}

function ChosenName({ card }: { card: ShownCard }) {
  const position = positionName(card.position);
  if (!card.faceUp || !card.name) return <span className="chosen-name">{position}</span>;
  return (
    <span className="chosen-name" data-testid="chosen-name">
      {card.name}
      {card.isReversed && <span className="muted">{t.reversed}</span>}
    </span>
  );
}
