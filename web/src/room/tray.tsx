// Under the table: the undrawn deck, and what can be done with the chosen card.
import { useState } from 'react';
import type { Card } from '@tarotforge/client';
import { Button, IconButton, ToolButton } from '../ui/button';
import { CardBack, SuitSymbol } from '../ui/card_face';
import { cardFaceParts } from '../ui/card_names';
import { Confirm } from '../ui/dialog';
import { texts } from '../ui/texts';
import { useOperate, useRights, useSession } from './context';
import { nextPlace } from '@tarotforge/client';
import { positionName } from './names';
import { useDraw } from './use_draw';

const t = texts.card;
const TURN_DEGREES = 15;

export function Tray({ chosen }: { chosen: number | null }) {
  const session = useSession();
  const card = session.cards.find(({ index }) => index === chosen) ?? null;
  return (
    <div className="tray">
      <Pile />
      {card ? <ChosenCard card={card} /> : <p className="muted small">{t.none}</p>}
    </div>
  );
}

function Pile() {
  const session = useSession();
  const operate = useOperate();
  const { isHost, mayTouch } = useRights();
  const { draw, mayDraw } = useDraw();
  const [asking, setAsking] = useState(false);
  const next = nextPlace(session.layout, session.cards, texts.room.freePosition);
  return (
    <div className="pile">
      <button
        type="button"
        className="pile-button"
        disabled={!mayDraw || !next}
        data-empty={session.deckRemaining === 0 || undefined}
        data-testid="draw-next"
        aria-label={texts.room.drawNext}
        title={texts.room.drawNext}
        onClick={() => next && draw(next)}
      >
        <CardBack />
      </button>
      <span className="pile-count" data-testid="deck-remaining">
        {session.deckRemaining}
      </span>
      <div className="row row-tight">
        <ToolButton
          icon="shuffle"
          label={texts.room.shuffle}
          disabled={!mayTouch}
          data-testid="shuffle"
          onClick={() => void operate({ kind: 'shuffle' })}
        />
        {isHost && (
          <>
            <ToolButton
              icon={session.tableLocked ? 'lock' : 'unlock'}
              label={session.tableLocked ? texts.room.unlock : texts.room.lock}
              short={session.tableLocked ? texts.room.short.unlock : texts.room.short.lock}
              data-testid="lock-table"
              onClick={() => void operate({ kind: 'lock_table', locked: !session.tableLocked })}
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

function ChosenCard({ card }: { card: Card }) {
  const session = useSession();
  const operate = useOperate();
  const { isHost, mayTouch } = useRights();
  const shown = session.activeCardIndex === card.index;
  const rotate = (degrees: number) =>
    void operate({ kind: 'rotate', card: card.index, rotation: card.rotation + degrees });
  return (
    <div className="chosen" role="group" aria-label={t.tools} data-testid="chosen-card">
      <ChosenName card={card} />
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
        icon="eye"
        label={shown ? t.unfocus : t.focus}
        aria-pressed={shown}
        data-testid="focus-card"
        onClick={() => void operate({ kind: 'focus', card: shown ? null : card.index })}
      />
      {isHost && (
        <Button
          kind="quiet"
          icon="undo"
          data-testid="return-card"
          onClick={() => void operate({ kind: 'return_card', card: card.index })}
        >
          {t.giveBack}
        </Button>
      )}
      <span className="hidden-text">{t.keys}</span>
    </div>
  );
}

function ChosenName({ card }: { card: Card }) {
  const position = positionName(card.position);
  if (!card.faceUp || !card.name) return <span className="chosen-name">{position}</span>;
  return (
    <span className="chosen-name" data-testid="chosen-name">
      <SuitSymbol suit={cardFaceParts(card.name).suit ?? 'major'} />
      {card.name}
      {card.isReversed && <span className="muted small">{t.reversed}</span>}
      <span className="muted small">{position}</span>
    </span>
  );
}
