// What ends one's stay or the reading itself.
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../server';
import { Button, ButtonLink } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { texts } from '../ui/texts';
import { toast, toastProblem } from '../ui/toasts';
import { useRights, useRoomClient } from './context';
import { forgetRoom } from './known_rooms';

const t = texts.host;

export function LeaveButton() {
  const client = useRoomClient();
  const [, navigate] = useLocation();
  async function leave() {
    await client.leave();
    const { unsaved } = client.store.getState();
    if (unsaved > 0) toast(texts.ended.notSavedYet(unsaved));
    navigate('/');
  }
  return (
    <Button
      icon="leave"
      className="leave-button"
      aria-label={t.leave}
      data-testid="leave"
      onClick={() => void leave()}
    >
      <span className="leave-word">{t.leave}</span>
    </Button>
  );
}

/** The summary, and for the host what ends the reading. */
export function RoomTools() {
  const client = useRoomClient();
  const { isHost } = useRights();
  const [asking, setAsking] = useState<'complete' | 'delete' | null>(null);

  async function complete() {
    const answer = await api.completeSession(client.seat);
    if (answer.ok) client.dispatch({ type: 'ended', ending: { kind: 'completed' } });
    else toastProblem(answer.problem);
  }
  async function remove() {
    const answer = await client.delete();
    if (!answer.ok) return toastProblem(answer.problem);
    forgetRoom(client.seat.sessionId);
  }

  return (
    <section className="side-section" aria-labelledby="room-tools-title">
      <h2 id="room-tools-title">{t.title}</h2>
      <div className="row">
        <ButtonLink
          icon="notes"
          href={`/room/${client.seat.sessionId}/summary`}
          data-testid="summary-link"
        >
          {texts.summary.open}
        </ButtonLink>
        {isHost && (
          <>
            <Button icon="end" data-testid="complete" onClick={() => setAsking('complete')}>
              {t.complete}
            </Button>
            <Button
              kind="danger"
              icon="trash"
              data-testid="delete-room"
              onClick={() => setAsking('delete')}
            >
              {t.remove}
            </Button>
          </>
        )}
      </div>
      {asking === 'complete' && (
        <Confirm
          title={t.completeAsk}
          text={t.completeText}
          confirm={t.complete}
          onConfirm={() => void complete()}
          onCancel={() => setAsking(null)}
        />
      )}
      {asking === 'delete' && (
        <Confirm
          title={t.removeAsk}
          text={t.removeText}
          confirm={t.remove}
          danger
          onConfirm={() => void remove()}
          onCancel={() => setAsking(null)}
        />
      )}
    </section>
  );
}
