// The room's page: opens it with the seat this browser holds, and shows how it stands: opening,
// open, or over in one of its ways.
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { errorTable, isForGood } from '@tarotforge/client';
import { RoomProvider } from '../room/context';
import { forgetRoom, knownRoom, mayRestore, updateRoom } from '../room/known_rooms';
import type { RoomClient } from '@tarotforge/client';
import { RoomView } from '../room/room_view';
import { timeoutSeconds, you, type Ending } from '@tarotforge/client';
import { useOpenRoom } from '../room/use_room_client';
import { Banner } from '../ui/banner';
import { Button, ButtonLink } from '../ui/button';
import { inWords } from '../ui/format';
import { Notice } from '../ui/notice';
import { SiteHead } from '../ui/site_head';
import { Loading } from '../ui/spinner';
import { texts } from '../ui/texts';
import { ExpiredScreen } from './expired';
import { problemScreen } from './problem_screen';

export function RoomPage({ sessionId }: { sessionId: string }) {
  const seat = useMemo(() => knownRoom(sessionId), [sessionId]);
  const client = useOpenRoom(seat);
  if (!seat) {
    return (
      <Notice
        title={texts.titles.no_seat}
        message={texts.problems.no_seat}
        testId="problem-screen"
      />
    );
  }
  return client ? <OpenRoom client={client} /> : <Opening slow={false} />;
}

function OpenRoom({ client }: { client: RoomClient }) {
  const ending = useStore(client.store, (state) => state.ending);
  const ready = useStore(client.store, (state) => state.session !== null);
  const link = useStore(client.store, (state) => state.link);
  const question = useStore(client.store, (state) => state.session?.question ?? null);
  useKeepSeat(client);
  useEffect(() => {
    if (ready && !ending) document.title = `${question || texts.room.table} · ${texts.appName}`;
  }, [ready, ending, question]);
  if (ending) return <Over client={client} ending={ending} />;
  if (!ready) return <Opening slow={link === 'offline'} />;
  return (
    <RoomProvider client={client}>
      <RoomView />
    </RoomProvider>
  );
}

/** What this browser remembers of the room follows what the room says. */
function useKeepSeat(client: RoomClient): void {
  const me = useStore(client.store, you);
  const removed = useStore(client.store, (state) => state.ending?.kind === 'removed');
  const { sessionId } = client.seat;
  const role = me?.role;
  const name = me?.name;
  useEffect(() => {
    if (role) updateRoom(sessionId, { role, ...(name ? { name } : {}) });
  }, [sessionId, role, name]);
  useEffect(() => {
    if (removed) forgetRoom(sessionId);
  }, [sessionId, removed]);
}

// A healthy server answers far sooner; then it is worth saying that it does not.
const SLOW_AFTER_MS = 4_000;

function Opening({ slow }: { slow: boolean }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="page">
      {(slow || late) && (
        <Banner text={texts.room.openingSlow} tone="trouble" testId="offline-banner" />
      )}
      <SiteHead />
      <main className="middle" id="content">
        <Loading text={texts.room.opening} testId="room-opening" />
      </main>
    </div>
  );
}

function Over({ client, ending }: { client: RoomClient; ending: Ending }) {
  const t = texts.ended;
  const unsaved = <Unsaved client={client} ending={ending} />;
  switch (ending.kind) {
    case 'expired':
      return <ExpiredRoom client={client} ending={ending} unsaved={unsaved} />;
    case 'completed':
      return (
        <Notice
          title={errorTable.session_completed.title}
          message={errorTable.session_completed.sentence}
          testId="completed-screen"
          icon="cards"
          details={
            <>
              <p className="muted">{t.completedHint}</p>
              {unsaved}
            </>
          }
        >
          <ButtonLink
            kind="primary"
            icon="notes"
            href={`/room/${client.seat.sessionId}/summary`}
            data-testid="summary-link"
          >
            {texts.summary.see}
          </ButtonLink>
        </Notice>
      );
    case 'removed':
      return (
        <Notice
          title={t.removedTitle}
          message={t.removed}
          testId="removed-screen"
          details={unsaved}
        />
      );
    case 'replaced':
      return (
        <Notice
          title={t.replacedTitle}
          message={t.replaced}
          testId="replaced-screen"
          details={unsaved}
        >
          <Button kind="primary" data-testid="continue-here" onClick={() => client.reenter()}>
            {t.here}
          </Button>
        </Notice>
      );
    case 'deleted':
      return <Notice title={t.deletedTitle} message={t.deleted} testId="deleted-screen" />;
    case 'left':
      return (
        <Notice
          title={t.leftTitle}
          message={t.left}
          testId="left-screen"
          icon="leave"
          details={unsaved}
        >
          <Button kind="primary" data-testid="return-to-room" onClick={() => client.reenter()}>
            {t.returnToRoom}
          </Button>
        </Notice>
      );
    case 'problem':
      return <ProblemRoom client={client} ending={ending} unsaved={unsaved} />;
  }
}

/** What was done here and had not reached the server when the room ended. */
function Unsaved({ client, ending }: { client: RoomClient; ending: Ending }) {
  const count = useStore(client.store, (state) => state.unsaved);
  if (count === 0) return null;
  const { notSaved, notSavedYet } = texts.ended;
  return <p data-testid="unsaved">{isForGood(ending) ? notSaved(count) : notSavedYet(count)}</p>;
}

interface OverProps<K extends Ending['kind']> {
  client: RoomClient;
  ending: Extract<Ending, { kind: K }>;
  unsaved: ReactNode;
}

function ExpiredRoom({ client, ending, unsaved }: OverProps<'expired'>) {
  const timeout = useStore(client.store, timeoutSeconds);
  const t = texts.expired;
  // Somebody who never got in this time has only the server's sentence.
  const message =
    timeout === null && ending.problem
      ? problemScreen(ending.problem, false).message
      : t.sentence(inWords(timeout ?? 3600));
  return (
    <ExpiredScreen
      sessionId={client.seat.sessionId}
      title={t.title}
      message={message}
      restorableUntil={ending.restorableUntil}
      waiting={t.waiting}
      unsaved={unsaved}
      onRestored={() => client.reenter()}
    />
  );
}

function ProblemRoom({ client, ending, unsaved }: OverProps<'problem'>) {
  const screen = problemScreen(ending.problem, mayRestore(knownRoom(client.seat.sessionId)));
  return (
    <Notice
      title={screen.title}
      message={screen.message}
      testId={screen.testId}
      details={unsaved}
    >
      {screen.offersRetry && (
        <Button kind="primary" data-testid="retry" onClick={() => client.reenter()}>
          {texts.actions.retry}
        </Button>
      )}
    </Notice>
  );
}
