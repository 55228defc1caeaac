// The summary of a reading: what was asked, what lay there, what it means and what was made of it; to
// be printed, kept as a picture, or seen once more step by step.
import { useEffect, useMemo, useRef, useState, type Ref, type RefObject } from 'react';
import type { Card, Session } from '@tarotforge/client';
import { Meanings } from '../room/card_panel';
import { knownRoom } from '../room/known_rooms';
import { nameOf, positionName } from '../room/names';
import { VerdictList } from '../room/trust_panel';
import { ReplayView } from '../summary/replay_view';
import { StillTable } from '../summary/still_table';
import { useReading, type Reading } from '../summary/use_reading';
import { Banner } from '../ui/banner';
import { Button, ButtonLink } from '../ui/button';
import { CardBack, CardFront, DeckScope } from '../ui/card_face';
import { handFocusOn } from '../ui/focus';
import { atDay, atTime } from '../ui/format';
import { Notice } from '../ui/notice';
import { sentenceOf, titleOf } from '../ui/problem_text';
import { SiteHead } from '../ui/site_head';
import { Loading } from '../ui/spinner';
import { texts } from '../ui/texts';
import { toast } from '../ui/toasts';

const t = texts.summary;

export function SummaryPage({ sessionId }: { sessionId: string }) {
  const seat = useMemo(() => knownRoom(sessionId), [sessionId]);
  const fetched = useReading(seat);
  if (!seat) {
    return (
      <Notice
        title={texts.titles.no_seat}
        message={texts.problems.no_seat}
        testId="problem-screen"
      />
    );
  }
  if (fetched.state === 'problem') {
    const { problem } = fetched;
    return (
      <Notice title={titleOf(problem)} message={sentenceOf(problem)} testId="problem-screen" />
    );
  }
  return (
    <div className="page summary-page">
      <SiteHead />
      {fetched.state === 'loading' ? (
        <main className="middle" id="content">
          <Loading text={t.loading} />
        </main>
      ) : (
        <Summary reading={fetched.reading} />
      )}
    </div>
  );
}

function Summary({ reading }: { reading: Reading }) {
  const { session, operations, cut, kept } = reading;
  const [replays, setReplays] = useState(false);
  const sheet = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${t.title(session.question)} · ${texts.appName}`;
  }, [session.question]);
  const closeReplay = () => handFocusOn(() => setReplays(false), '.summary-tools button');
  return (
    <DeckScope deckId={session.deckId}>
      <main className="content summary" id="content">
        {kept && <Banner text={t.kept} />}
        {cut && <Banner text={t.cut} testId="cut-banner" />}
        <div className="summary-tools">
          {session.isActive && (
            <ButtonLink href={`/room/${session.id}`} icon="back" data-testid="back-to-room">
              {t.toRoom}
            </ButtonLink>
          )}
          {operations.length > 0 && !replays && (
            <Button icon="history" data-testid="show-replay" onClick={() => setReplays(true)}>
              {t.replay}
            </Button>
          )}
          <Button icon="print" data-testid="print" onClick={() => window.print()}>
            {t.print}
          </Button>
          <SaveImage sheet={sheet} session={session} />
        </div>
        {replays && <ReplayView reading={reading} onClose={closeReplay} />}
        <Sheet reading={reading} ref={sheet} hidden={replays} />
      </main>
    </DeckScope>
  );
}

function SaveImage(props: { sheet: RefObject<HTMLElement | null>; session: Session }) {
  const [saving, setSaving] = useState(false);
  async function save() {
    const { current } = props.sheet;
    if (!current) return;
    setSaving(true);
    try {
      const { toBlob } = await import('html-to-image');
      const backgroundColor = getComputedStyle(current).backgroundColor;
      const picture = await toBlob(current, { pixelRatio: 2, backgroundColor });
      if (!picture) throw new Error('no picture');
      const link = document.createElement('a');
      link.href = URL.createObjectURL(picture);
      link.download = `${t.fileName}-${props.session.createdAt.slice(0, 10)}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch {
      toast(t.imageFailed);
    }
    setSaving(false);
  }
  return (
    <Button icon="image" disabled={saving} data-testid="save-image" onClick={() => void save()}>
      {saving ? t.saving : t.saveImage}
    </Button>
  );
}

interface SheetProps {
  reading: Reading;
  hidden: boolean;
  ref: Ref<HTMLElement>;
}

function Sheet({ reading, hidden, ref }: SheetProps) {
  const { session, people, verdicts } = reading;
  const names = Object.values(people).map(nameOf);
  return (
    <article className="sheet" ref={ref} hidden={hidden} data-testid="summary">
      <header>
        <p className="overline">{whenAndHow(session)}</p>
        <h1 data-testid="summary-question">{session.question || t.noQuestion}</h1>
        {names.length > 0 && (
          <p className="muted" data-testid="summary-people">
            {t.people(new Intl.ListFormat(texts.language).format(names))}
          </p>
        )}
      </header>
      {session.cards.length > 0 && <StillTable session={session} testId="summary-table" />}
      {session.cards.length === 0 && <p className="muted">{t.noCards}</p>}
      <ol className="summary-cards">
        {session.cards.map((card) => (
          <SummaryCard key={card.index} card={card} deckId={session.deckId} />
        ))}
      </ol>
      {session.interpretation && (
        <section>
          <h2>{texts.room.notes}</h2>
          <p className="notes-text" data-testid="summary-interpretation">
            {session.interpretation}
          </p>
        </section>
      )}
      {verdicts.length > 0 && (
        <footer>
          <VerdictList verdicts={verdicts} />
        </footer>
      )}
    </article>
  );
}

function whenAndHow({ createdAt, endedAt, layout }: Session): string {
  const [began, ended] = [atTime(createdAt), endedAt && atTime(endedAt)];
  const span = ended && ended !== began ? `${began} – ${ended}` : began;
  return `${texts.layouts[layout]} · ${atDay(createdAt)}, ${span}`;
}

function SummaryCard({ card, deckId }: { card: Card; deckId: string }) {
  const reversed = card.isReversed === true;
  return (
    <li className="summary-card" data-deck={deckId} data-testid={`summary-card-${card.index}`}>
      <div className="summary-face">
        {card.name ? <CardFront name={card.name} reversed={reversed} /> : <CardBack />}
      </div>
      <div>
        <p className="overline">{positionName(card.position)}</p>
        <h3>{card.name ?? texts.card.hidden}</h3>
        {reversed && <p className="muted">{texts.card.reversed}</p>}
        {card.cardId && (
          <Meanings cardId={card.cardId} reversed={reversed} only />
        )}
      </div>
    </li>
  );
}
