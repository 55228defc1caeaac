// Home: open a room with one click, and find the rooms this browser already sits in.
import { useEffect, useState, type FormEvent } from 'react';
import type { LayoutId } from '@tarotforge/client';
import { lastName } from '../room/known_rooms';
import { Button } from '../ui/button';
import { CardBack, CardFront } from '../ui/card_face';
import { Page } from '../ui/site_head';
import { texts } from '../ui/texts';
import { KnownRooms } from './known_room_list';
import { useStartReading } from './start_reading';

const t = texts.home;

export function HomePage() {
  useEffect(() => {
    document.title = texts.appName;
  }, []);
  return (
    <Page tall>
      <section className="hero">
        <div className="hero-words">
          <h1>{texts.tagline}</h1>
          <p className="lead">{t.lead}</p>
          <StartForm />
        </div>
        <div className="hero-cards" aria-hidden="true">
          <CardBack />
          <CardFront name="The Star" reversed={false} />
          <CardBack />
        </div>
      </section>
      <KnownRooms />
      <section className="section">
        <h2>{t.how}</h2>
        <ol className="how">
          {t.steps.map(([title, sentence]) => (
            <li key={title}>
              <h3>{title}</h3>
              <p className="muted">{sentence}</p>
            </li>
          ))}
        </ol>
      </section>
    </Page>
  );
}

function StartForm() {
  const { start, starting } = useStartReading();
  const [name, setName] = useState(lastName);
  const [layout, setLayout] = useState<LayoutId>('three-card');
  const [question, setQuestion] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    const asked = question.trim();
    void start({ deckId: 'classic', layout, name, ...(asked ? { question: asked } : {}) });
  }

  return (
    <form className="stack" onSubmit={submit}>
      <Button
        type="submit"
        kind="primary"
        icon="cards"
        className="button-large"
        disabled={starting}
        data-testid="start-reading"
      >
        {starting ? t.starting : t.start}
      </Button>
      <details className="start-options" data-testid="start-options">
        <summary>{t.options}</summary>
        <div>
          <label className="field">
            <span>{t.name}</span>
            <input
              className="input"
              value={name}
              maxLength={64}
              placeholder={t.namePlaceholder}
              autoComplete="nickname"
              data-testid="name-input"
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <label className="field">
            <span>{t.layout}</span>
            <select
              className="input"
              value={layout}
              data-testid="layout-input"
              onChange={(event) => setLayout(event.target.value as LayoutId)}
            >
              {Object.entries(texts.layouts).map(([id, label]) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>{t.question}</span>
            <input
              className="input"
              value={question}
              maxLength={500}
              placeholder={t.questionPlaceholder}
              data-testid="question-input"
              onChange={(event) => setQuestion(event.target.value)}
            />
          </label>
        </div>
      </details>
    </form>
  );
}
