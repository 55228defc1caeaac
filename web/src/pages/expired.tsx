// The expired screen, by invitation link and in the room alike: what happened, what is kept, and
// Restore for the host. Whoever else stays here is let in when the host restores.
import { useState, type ReactNode } from 'react';
import { api } from '../server';
import { knownRoom, mayRestore } from '../room/known_rooms';
import { Button, ButtonLink } from '../ui/button';
import { atMoment } from '../ui/format';
import { Notice } from '../ui/notice';
import { texts } from '../ui/texts';
import { toastProblem } from '../ui/toasts';

const t = texts.expired;

interface ExpiredProps {
  sessionId: string | null;
  title: string;
  message: string;
  restorableUntil: string | null;
  waiting: string;
  unsaved?: ReactNode;
  onRestored: () => void;
  children?: ReactNode;
}

export function ExpiredScreen(props: ExpiredProps) {
  const { sessionId, restorableUntil, onRestored } = props;
  const [restoring, setRestoring] = useState(false);
  const room = sessionId ? knownRoom(sessionId) : null;
  const gone = restorableUntil !== null && Date.parse(restorableUntil) <= Date.now();
  const canRestore = mayRestore(room) && !gone;

  async function restore() {
    if (!room) return;
    setRestoring(true);
    const answer = await api.restoreSession(room);
    setRestoring(false);
    if (answer.ok) onRestored();
    else toastProblem(answer.problem);
  }

  return (
    <Notice
      title={props.title}
      message={props.message}
      testId="expired-screen"
      details={
        <>
          {restorableUntil && (
            <p className="muted" data-testid="kept-until">
              {gone ? t.keptShort : t.kept(atMoment(restorableUntil))}
            </p>
          )}
          {!gone && props.unsaved}
          {!canRestore && sessionId && !gone && <p className="muted">{props.waiting}</p>}
          {!canRestore && !gone && props.children}
        </>
      }
    >
      {canRestore && (
        <Button
          kind="primary"
          icon="restore"
          disabled={restoring}
          data-testid="restore"
          onClick={() => void restore()}
        >
          {restoring ? t.restoring : t.restore}
        </Button>
      )}
      {room && !gone && (
        <ButtonLink
          icon="notes"
          href={`/room/${room.sessionId}/summary`}
          data-testid="summary-link"
        >
          {texts.summary.see}
        </ButtonLink>
      )}
    </Notice>
  );
}
