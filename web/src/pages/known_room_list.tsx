// The rooms this browser has a seat in, each with how it stands on the server right now.
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../server';
import type { Answer } from '@tarotforge/client';
import type { Session } from '@tarotforge/client';
import { forgetRoom, isGone, knownRooms, mayRestore, type KnownRoom } from '../room/known_rooms';
import { roomCopies } from '../room/room_copies';
import { Button, ButtonLink } from '../ui/button';
import { atMoment } from '../ui/format';
import { texts } from '../ui/texts';
import { toastProblem } from '../ui/toasts';

const t = texts.home;
type RoomStanding = keyof typeof t.state;

// As many as a person recognises at a glance; each costs one request.
const SHOWN_ROOMS = 8;

export function standingOf(answer: Answer<Session>, nowMs: number): RoomStanding {
  if (!answer.ok) {
    return isGone(answer.problem) ? 'gone' : 'unknown';
  }
  const { status, restorableUntil } = answer.value;
  if (status === 'active') return 'open';
  if (status === 'completed') return 'completed';
  if (status === 'purged') return 'gone';
  const open = restorableUntil !== null && Date.parse(restorableUntil) > nowMs;
  return open ? 'restorable' : 'expired';
}

export function KnownRooms() {
  const [rooms, setRooms] = useState(knownRooms);
  if (rooms.length === 0) return null;
  return (
    <section className="section" data-testid="known-rooms">
      <h2>{t.rooms}</h2>
      <ul className="room-list">
        {rooms.slice(0, SHOWN_ROOMS).map((room) => (
          <KnownRoomItem
            key={room.sessionId}
            room={room}
            onForget={() => {
              forgetRoom(room.sessionId);
              setRooms(knownRooms());
            }}
          />
        ))}
      </ul>
    </section>
  );
}

const TONES: Partial<Record<RoomStanding, string>> = { open: 'tag-good', restorable: 'tag-gold' };

function KnownRoomItem({ room, onForget }: { room: KnownRoom; onForget: () => void }) {
  const [standing, setStanding] = useState<RoomStanding>('loading');
  const [question, setQuestion] = useState<string | null>(null);
  const [, navigate] = useLocation();
  const { sessionId, token } = room;

  useEffect(() => {
    let gone = false;
    void api.getSession({ sessionId, token }).then((answer) => {
      if (gone) return;
      const next = standingOf(answer, Date.now());
      if (next === 'gone') roomCopies.forget(sessionId);
      setStanding(next);
      if (answer.ok) setQuestion(answer.value.question);
    });
    return () => {
      gone = true;
    };
  }, [sessionId, token]);

  async function restore() {
    const answer = await api.restoreSession(room);
    if (answer.ok) navigate(`/room/${sessionId}`);
    else toastProblem(answer.problem);
  }

  const canRestore = standing === 'restorable' && mayRestore(room);
  // Without the host's key an expired room can still be waited for.
  const closed = standing === 'expired' || standing === 'completed' || standing === 'gone';
  const enterable = !closed && !canRestore;
  return (
    <li className="room-item" data-testid={`known-room-${sessionId}`} data-standing={standing}>
      <div>
        <div className="row">
          <strong>{question || texts.room.noQuestion}</strong>
          <span className={`tag ${TONES[standing] ?? ''}`}>{t.state[standing]}</span>
        </div>
        <p className="muted small">
          {t.roomOf(room.deckId, room.name || texts.people.unnamed)}
          {' · '}
          {t.entered(atMoment(room.enteredAt))}
        </p>
      </div>
      <div className="row">
        {enterable && (
          <ButtonLink href={`/room/${sessionId}`} data-testid="enter-room">
            {t.enter}
          </ButtonLink>
        )}
        {canRestore && (
          <Button icon="restore" data-testid="restore" onClick={() => void restore()}>
            {t.restore}
          </Button>
        )}
        {!enterable && (
          <Button kind="quiet" onClick={onForget} data-testid="forget-room">
            {t.forget}
          </Button>
        )}
      </div>
    </li>
  );
}
