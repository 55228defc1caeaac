// What ends one's stay or the reading itself.
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../server';
import { Button } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { texts } from '../ui/texts';
import { toastProblem } from '../ui/toasts';
import { useRights, useRoomClient } from './context';
import { forgetRoom } from './known_rooms';

const t = texts.host;

export function LeaveButton() {
  const client = useRoomClient();
  const [, navigate] = useLocation();
  async function leave() {
    await client.leave();
    navigate('/');
  }
  return (
    <Button icon="leave" data-testid="leave" onClick={() => void leave()}>
      {t.leave}
    </Button>
  );
}

export function HostTools() {
  const client = useRoomClient();
  const { isHost } = useRights();
  const [asking, setAsking] = useState<'complete' | 'delete' | null>(null);
  if (!isHost) return null;

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
        <Button data-testid="complete" onClick={() => setAsking('complete')}>
          {t.complete}
        </Button>
        <Button kind="danger" data-testid="delete-room" onClick={() => setAsking('delete')}>
          {t.remove}
        </Button>
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
