// The card that is looked at: its name, where it lies, and what it means upright and reversed. The
// one that is shown to everybody, or the one chosen here.
import type { ShownCard } from '@tarotforge/client';
import { Button, IconButton } from '../ui/button';
import { CardFront } from '../ui/card_face';
import { handFocusOn } from '../ui/focus';
import { useMeaning } from '../ui/meanings';
import { texts } from '../ui/texts';
import { useOperate, useRoom, useSession } from './context';
import { nameOf, positionName } from './names';

const t = texts.card;

interface CardPanelProps {
  card: ShownCard | null;
  onClose: () => void;
}

export function CardPanel({ card, onClose }: CardPanelProps) {
  const { activeCardIndex } = useSession();
  const operate = useOperate();
  const shown = card !== null && activeCardIndex === card.index;
  if (!card || (!card.faceUp && !shown)) return null;
  const { name, isReversed } = card;
  return (
    <section
      className="side-section card-panel"
      aria-label={t.panel}
      data-shown={shown || undefined}
      data-testid="card-panel"
    >
      <div className="card-panel-head">
        {name && (
          <div className="card-panel-face">
            <CardFront name={name} reversed={isReversed === true} />
          </div>
        )}
        <div>
          <p className="overline">{positionName(card.position)}</p>
          <h2 data-testid="card-panel-name">{name ?? t.hidden}</h2>
          {isReversed && <p className="muted">{t.reversed}</p>}
          {shown && <ShownBy />}
        </div>
        <IconButton
          icon="close"
          label={t.closePanel}
          data-testid="close-card"
          onClick={() => handFocusOn(onClose, '.table')}
        />
      </div>
      {card.cardId && (
        <Meanings cardId={card.cardId} reversed={isReversed === true} />
      )}
      <div className="row">
        <Button
          icon={shown ? 'eyeOff' : 'eye'}
          data-testid="panel-focus"
          onClick={() => void operate({ kind: 'focus', card: shown ? null : card.index })}
        >
          {shown ? t.unfocus : t.focus}
        </Button>
      </div>
    </section>
  );
}

function ShownBy() {
  const by = useRoom((state) =>
    state.focusedBy ? (state.people[state.focusedBy] ?? null) : null,
  );
  const you = useRoom((state) => state.you);
  const text = by ? (by.id === you ? t.youShow : t.shownBy(nameOf(by))) : t.shownToAll;
  return (
    <p className="small shown-by" data-testid="shown-by">
      {text}
    </p>
  );
}

interface MeaningsProps {
  cardId: string;
  reversed: boolean;
  /** Only the way it lies. */
  only?: boolean;
}

/** Both ways, the way it lies first and in full strength. */
export function Meanings({ cardId, reversed, only }: MeaningsProps) {
  const meaning = useMeaning(cardId);
  if (!meaning) return null;
  const both = reversed ? (['reversed', 'upright'] as const) : (['upright', 'reversed'] as const);
  const ways = only ? both.slice(0, 1) : both;
  return (
    <dl className="meanings" data-testid="meanings">
      {ways.map((way, index) => (
        <div key={way} data-lies={index === 0 || undefined}>
          <dt>{t.ways[way]}</dt>
          <dd className="keywords">{meaning.keywords[way].join(' · ')}</dd>
          <dd>{meaning[way]}</dd>
        </div>
      ))}
    </dl>
  );
}
