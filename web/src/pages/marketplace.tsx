// The decks one can read with.
import { useCallback, useEffect, useState } from 'react';
import { api } from '../server';
import type { Answer } from '@tarotforge/client';
import { sentenceOf } from '../ui/problem_text';
import type { Deck } from '@tarotforge/client';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { DeckFan } from '../ui/deck_fan';
import { Page } from '../ui/site_head';
import { Loading } from '../ui/spinner';
import { texts } from '../ui/texts';
import { useStartReading } from './start_reading';

const t = texts.marketplace;

export function MarketplacePage() {
  const [answer, setAnswer] = useState<Answer<Deck[]> | null>(null);
  const fetchDecks = useCallback(() => {
    setAnswer(null);
    void api.listDecks().then(setAnswer);
  }, []);
  useEffect(() => {
    document.title = `${t.title} · ${texts.appName}`;
    fetchDecks();
  }, [fetchDecks]);
  return (
    <Page>
      <div className="section">
        <h1>{t.title}</h1>
        <p className="lead">{t.lead}</p>
      </div>
      {answer === null && <Loading text={t.loading} />}
      {answer?.ok === false && (
        <div className="stack" data-testid="problem-message">
          <Banner tone="trouble" text={sentenceOf(answer.problem)} />
          <Button onClick={fetchDecks}>{texts.actions.retry}</Button>
        </div>
      )}
      {answer?.ok && <DeckList decks={answer.value} />}
    </Page>
  );
}

function DeckList({ decks }: { decks: Deck[] }) {
  const { start, starting } = useStartReading();
  if (decks.length === 0) return <p className="muted">{t.empty}</p>;
  return (
    <ul className="decks">
      {decks.map((deck) => (
        <li key={deck.id} className="deck" data-testid={`deck-${deck.id}`}>
          <DeckFan deckId={deck.id} />
          <div>
            <h2>{deck.name}</h2>
          </div>
          {deck.description && <p>{deck.description}</p>}
          <Button
            kind="primary"
            disabled={starting}
            data-testid={`read-with-${deck.id}`}
            onClick={() => void start({ deckId: deck.id, layout: 'three-card' })}
          >
            {starting ? texts.home.starting : t.read}
          </Button>
        </li>
      ))}
    </ul>
  );
}
