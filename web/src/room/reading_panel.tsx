// What the reading is about: its layout and deck, its step, and what the people wrote down.
import { useEffect, useState, type FormEvent } from 'react';
import { api } from '../server';
import type { Deck, LayoutId, ReadingStep } from '@tarotforge/client';
import { Button } from '../ui/button';
import { texts } from '../ui/texts';
import { useOperate, useRights, useSession } from './context';

const t = texts.room;

export function Steps() {
  const { readingStep } = useSession();
  const { isHost } = useRights();
  const operate = useOperate();
  const steps = Object.entries(texts.steps) as [ReadingStep, string][];
  return (
    <div className="segments" role="group" aria-label={t.step} data-testid="steps">
      {steps.map(([step, label]) => (
        <button
          key={step}
          type="button"
          className="segment"
          aria-pressed={readingStep === step}
          disabled={!isHost}
          data-testid={`step-${step}`}
          onClick={() => void operate({ kind: 'set_step', step })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

export function ReadingPanel() {
  const { layout, deckId, cards } = useSession();
  const { isHost } = useRights();
  const operate = useOperate();
  const decks = useDecks(isHost);
  const free = isHost && cards.length === 0;
  return (
    <section className="side-section" aria-labelledby="reading-title">
      <h2 id="reading-title">{t.layout}</h2>
      {free ? (
        <select
          className="input"
          aria-label={t.layout}
          value={layout}
          data-testid="layout-select"
          onChange={(event) =>
            void operate({ kind: 'choose_layout', layout: event.target.value as LayoutId })
          }
        >
          {Object.entries(texts.layouts).map(([id, label]) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <p data-testid="layout-name">{texts.layouts[layout]}</p>
      )}
      {free && decks.length > 1 && (
        <select
          className="input"
          aria-label={texts.marketplace.title}
          value={deckId}
          data-testid="deck-select"
          onChange={(event) => void operate({ kind: 'choose_deck', deckId: event.target.value })}
        >
          {decks.map((deck) => (
            <option key={deck.id} value={deck.id}>
              {deck.name}
            </option>
          ))}
        </select>
      )}
    </section>
  );
}

function useDecks(wanted: boolean): Deck[] {
  const [decks, setDecks] = useState<Deck[]>([]);
  useEffect(() => {
    if (!wanted) return;
    void api.listDecks().then((answer) => answer.ok && setDecks(answer.value));
  }, [wanted]);
  return decks;
}

export function Question() {
  const { question } = useSession();
  const { mayWrite } = useRights();
  const [editing, setEditing] = useState(false);
  if (editing) return <QuestionForm question={question ?? ''} onDone={() => setEditing(false)} />;
  return (
    <div className="room-question">
      <h1 className={question ? '' : 'muted'} data-testid="question">
        {question || t.noQuestion}
      </h1>
      {mayWrite && (
        <Button
          kind="quiet"
          icon="edit"
          aria-label={t.editQuestion}
          title={t.editQuestion}
          data-testid="edit-question"
          onClick={() => setEditing(true)}
        />
      )}
    </div>
  );
}

function QuestionForm({ question, onDone }: { question: string; onDone: () => void }) {
  const operate = useOperate();
  const [value, setValue] = useState(question);
  function submit(event: FormEvent) {
    event.preventDefault();
    const asked = value.trim();
    if (asked !== question) void operate({ kind: 'set_question', question: asked });
    onDone();
  }
  return (
    <form className="link-row" onSubmit={submit}>
      <input
        className="input"
        aria-label={t.question}
        value={value}
        maxLength={500}
        autoFocus
        placeholder={texts.home.questionPlaceholder}
        data-testid="question-edit-input"
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      <Button type="submit" kind="primary" data-testid="question-save">
        {t.save}
      </Button>
    </form>
  );
}

export function Notes() {
  const { interpretation } = useSession();
  const { mayWrite } = useRights();
  const operate = useOperate();
  // Null: nothing unsaved here, so what others write shows at once.
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? interpretation ?? '';

  async function save() {
    if (draft === null) return;
    const outcome = await operate({ kind: 'interpret', text: draft });
    if (outcome.status === 'done') setDraft(null);
  }

  return (
    <section className="side-section" aria-labelledby="notes-title">
      <h2 id="notes-title">{t.notes}</h2>
      {mayWrite ? (
        <>
          <textarea
            className="input"
            aria-labelledby="notes-title"
            value={text}
            maxLength={10_000}
            placeholder={t.notesPlaceholder}
            data-testid="interpretation-input"
            onChange={(event) => setDraft(event.target.value)}
          />
          {draft !== null && draft !== (interpretation ?? '') && (
            <div className="row">
              <Button
                kind="primary"
                data-testid="interpretation-save"
                onClick={() => void save()}
              >
                {t.save}
              </Button>
              <Button kind="quiet" onClick={() => setDraft(null)}>
                {t.cancel}
              </Button>
            </div>
          )}
        </>
      ) : (
        <p className={interpretation ? 'notes-text' : 'muted small'} data-testid="interpretation">
          {interpretation || t.notesEmpty}
        </p>
      )}
    </section>
  );
}
