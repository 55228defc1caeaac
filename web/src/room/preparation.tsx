// Before the cards: the host chooses a layout and a deck, then the question is asked. Everybody else
// sees how far it is.
import { places, type Deck, type LayoutId, type ReadingStep } from '@tarotforge/client';
import { useEffect, useState, type FormEvent } from 'react';
import { api } from '../server';
import { Button } from '../ui/button';
import { CardBack, DeckScope } from '../ui/card_face';
import { handFocusOn } from '../ui/focus';
import { texts } from '../ui/texts';
import { useOperate, useRights, useSession } from './context';

const t = texts.preparation;

export function Preparation() {
  const { readingStep } = useSession();
  const { isHost, mayWrite } = useRights();
  const inner = readingStep === 'setup' ? isHost ? <Setup /> : null : mayWrite ? <Ask /> : null;
  const waiting = readingStep === 'setup' ? t.hostPrepares : t.hostAsks;
  return (
    <div className="preparation" data-testid="preparation">
      {inner ?? <p className="preparation-wait">{waiting}</p>}
    </div>
  );
}

/** The step takes the button that asked for it away, and the next one begins with its heading. */
function useStep() {
  const operate = useOperate();
  const next = ['.preparation h2', '.slot:enabled', '.pile-button:enabled'];
  return (step: ReadingStep) =>
    void handFocusOn(() => operate({ kind: 'set_step', step }), ...next);
}

function Setup() {
  const { layout, deckId } = useSession();
  const operate = useOperate();
  const goTo = useStep();
  const decks = useDecks();
  return (
    <div className="preparation-card">
      <h2 tabIndex={-1}>{t.setupTitle}</h2>
      <div className="layout-choices" role="group" aria-label={texts.room.layout}>
        {(Object.keys(texts.layouts) as LayoutId[]).map((id) => (
          <button
            key={id}
            type="button"
            className="layout-choice"
            aria-pressed={layout === id}
            data-testid={`layout-${id}`}
            onClick={() => layout !== id && void operate({ kind: 'choose_layout', layout: id })}
          >
            <LayoutPicture id={id} />
            {texts.layouts[id]}
          </button>
        ))}
      </div>
      {decks.length > 1 && (
        <div className="deck-choices" role="group" aria-label={t.deck}>
          {decks.map((deck) => (
            <button
              key={deck.id}
              type="button"
              className="deck-choice"
              data-deck={deck.id}
              aria-pressed={deckId === deck.id}
              data-testid={`deck-choice-${deck.id}`}
              onClick={() =>
                deckId !== deck.id && void operate({ kind: 'choose_deck', deckId: deck.id })
              }
            >
              <DeckScope deckId={deck.id}>
                <CardBack />
              </DeckScope>
              {deck.name}
            </button>
          ))}
        </div>
      )}
      <Button
        kind="primary"
        data-testid="next-question"
        onClick={() => goTo('ask-question')}
      >
        {t.toQuestion}
      </Button>
    </div>
  );
}

// Freestyle has no places of its own: some cards as people lay them.
const FREE = [
  { x: 0.25, y: 0.4 },
  { x: 0.45, y: 0.62 },
  { x: 0.62, y: 0.32 },
  { x: 0.8, y: 0.6 },
];

export function LayoutPicture({ id }: { id: LayoutId }) {
  const spots = id === 'freestyle' ? FREE : places[id];
  const cross = id === 'celtic-cross';
  const [width, height] = cross ? [9, 15] : [13, 21];
  return (
    <svg className="layout-picture" viewBox="0 0 100 76" aria-hidden="true" focusable="false">
      {spots.map(({ x, y, ...place }, index) => (
        <rect
          key={index}
          x={-width / 2}
          y={-height / 2}
          width={width}
          height={height}
          rx="1.8"
          transform={
            `translate(${x * 100} ${y * 76})` +
            ('crossing' in place && place.crossing ? ' rotate(90)' : '') +
            (id === 'freestyle' ? ` rotate(${(index - 1.5) * 9})` : '')
          }
        />
      ))}
    </svg>
  );
}

function Ask() {
  const { question } = useSession();
  const { isHost } = useRights();
  const operate = useOperate();
  const goTo = useStep();
  const [value, setValue] = useState(question ?? '');
  const asked = value.trim();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (asked !== (question ?? '')) void operate({ kind: 'set_question', question: asked });
    if (isHost) goTo('drawing');
  }

  return (
    <form className="preparation-card" onSubmit={submit}>
      <h2 tabIndex={-1}>{t.askTitle}</h2>
      <textarea
        className="input ask-input"
        aria-label={texts.room.question}
        rows={2}
        maxLength={500}
        value={value}
        placeholder={t.askExample}
        data-testid="ask-input"
        onChange={(event) => setValue(event.target.value)}
      />
      <div className="row row-center">
        <Button type="submit" kind="primary" data-testid="ask-submit">
          {isHost ? (asked ? t.askAndDraw : t.drawWithout) : t.ask}
        </Button>
        {isHost && (
          <Button
            kind="quiet"
            className="on-felt"
            icon="back"
            onClick={() => goTo('setup')}
          >
            {t.backToSetup}
          </Button>
        )}
      </div>
    </form>
  );
}

export function useDecks(): Deck[] {
  const [decks, setDecks] = useState<Deck[]>([]);
  useEffect(() => {
    let gone = false;
    void api.listDecks().then((answer) => !gone && answer.ok && setDecks(answer.value));
    return () => {
      gone = true;
    };
  }, []);
  return decks;
}
