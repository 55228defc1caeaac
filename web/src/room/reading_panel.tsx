// What the reading is about: its layout and deck, and what the people wrote down.
import { useState, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { handFocusOn } from '../ui/focus';
import { texts } from '../ui/texts';
import { useOperate, useRights, useSession } from './context';
import { useDecks } from './preparation';

const t = texts.room;

/** How the cards lie and which they are; both are chosen in the setup. */
export function ReadingPanel() {
  const { layout, deckId } = useSession();
  const decks = useDecks();
  const deck = decks.find(({ id }) => id === deckId)?.name ?? deckId;
  return (
    <section className="side-section" aria-labelledby="reading-title">
      <h2 id="reading-title">{t.reading}</h2>
      <p>
        <span data-testid="layout-name">{texts.layouts[layout]}</span>
        <span className="muted"> · {deck}</span>
      </p>
    </section>
  );
}

export function Question() {
  const { question } = useSession();
  const { mayWrite } = useRights();
  const [editing, setEditing] = useState(false);
  const done = () => handFocusOn(() => setEditing(false), '.room-question button');
  if (editing) return <QuestionForm question={question ?? ''} onDone={done} />;
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
    const outcome = await handFocusOn(
      () => operate({ kind: 'interpret', text: draft }),
      '#notes-text',
    );
    // What was typed while it was being saved is unsaved still.
    if (outcome.status === 'done') setDraft((now) => (now === draft ? null : now));
  }

  return (
    <section className="side-section" aria-labelledby="notes-title">
      <h2 id="notes-title">{t.notes}</h2>
      {mayWrite ? (
        <>
          <textarea
            className="input"
            id="notes-text"
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
              <Button kind="quiet" onClick={() => handFocusOn(() => setDraft(null), '#notes-text')}>
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
