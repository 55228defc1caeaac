// The invitation link: look, give a name, sit down. Every refusal has its own screen; an expired
// reading is waited for, and its visitors are let in when the host restores it.
import { useCallback, useEffect, useRef, useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { api } from '../server';
import { newKey } from '@tarotforge/client';
import type { InvitePreview, Problem } from '@tarotforge/client';
import {
  knownRoom,
  knownRooms,
  lastName,
  mayRestore,
  rememberName,
  rememberRoom,
} from '../room/known_rooms';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { SiteHead } from '../ui/site_head';
import { Loading } from '../ui/spinner';
import { texts } from '../ui/texts';
import { ExpiredScreen } from './expired';
import { problemScreen } from './problem_screen';
import { useWaiting } from './use_waiting';

const t = texts.invite;

type View =
  | { kind: 'checking' }
  | { kind: 'ready'; preview: InvitePreview }
  | { kind: 'problem'; problem: Problem };

/** A seat taken earlier through this very link, or in the session that the problem names. */
function seatFor(code: string, sessionId: string | undefined) {
  if (sessionId) return knownRoom(sessionId);
  return knownRooms().find((room) => room.inviteUrl?.endsWith(`/invite/${code}`)) ?? null;
}

export function InvitePage({ code }: { code: string }) {
  const [view, setView] = useState<View>({ kind: 'checking' });
  const [name, setName] = useState(lastName);
  const [joining, setJoining] = useState(false);
  const [, navigate] = useLocation();
  const joinKey = useRef(newKey());

  const enter = useCallback(
    (sessionId: string) => navigate(`/room/${sessionId}`, { replace: true }),
    [navigate],
  );

  const refused = useCallback(
    async (problem: Problem) => {
      const ended = problem.code === 'session_expired' || problem.code === 'session_completed';
      const seat = ended ? null : seatFor(code, problem.sessionId);
      if (seat && problem.status !== 0) {
        // The link is closed, but whoever has a seat keeps it.
        const session = await api.getSession(seat);
        if (session.ok && session.value.isActive) return enter(seat.sessionId);
      }
      setView({ kind: 'problem', problem });
    },
    [code, enter],
  );

  const check = useCallback(async () => {
    const answer = await api.previewInvite(code);
    if (!answer.ok) return refused(answer.problem);
    const sessionId = answer.value.session.id;
    if (knownRoom(sessionId)) return enter(sessionId);
    setView({ kind: 'ready', preview: answer.value });
  }, [code, enter, refused]);

  const join = useCallback(async () => {
    setJoining(true);
    const wanted = name.trim();
    const answer = await api.joinByInvite(code, wanted, joinKey.current);
    setJoining(false);
    // Without an answer the join may have happened: then the same key gives the same seat.
    if (answer.ok || answer.problem.status !== 0) joinKey.current = newKey();
    if (!answer.ok) return refused(answer.problem);
    const { session, participant, token } = answer.value;
    if (wanted) rememberName(wanted);
    rememberRoom({
      sessionId: session.id,
      token,
      restoreKey: null,
      participantId: participant.id,
      name: participant.name ?? wanted,
      role: participant.role,
      deckId: session.deckId,
      inviteUrl: window.location.href,
      enteredAt: new Date().toISOString(),
    });
    enter(session.id);
  }, [code, name, enter, refused]);

  useEffect(() => {
    document.title = `${t.title} · ${texts.appName}`;
    void check();
  }, [check]);

  const waitsFor = view.kind === 'problem' ? (view.problem.sessionId ?? null) : null;
  const expired = view.kind === 'problem' && view.problem.code === 'session_expired';
  const letIn = () => (waitsFor && knownRoom(waitsFor) ? enter(waitsFor) : void join());
  useWaiting(expired ? waitsFor : null, {
    restored: letIn,
    // Restored between the refusal and the waiting: the preview knows.
    joined: async () => {
      if ((await api.previewInvite(code)).ok) letIn();
    },
  });

  if (view.kind === 'problem') {
    return (
      <InviteProblem
        problem={view.problem}
        name={name}
        onName={setName}
        onRetry={() => {
          setView({ kind: 'checking' });
          void check();
        }}
        onRestored={letIn}
      />
    );
  }
  return (
    <div className="page">
      <SiteHead />
      <main className="middle" id="content">
        <div className="notice-card">
          <h1>{t.title}</h1>
          {view.kind === 'checking' ? (
            <Loading text={t.checking} />
          ) : (
            <JoinForm
              preview={view.preview}
              name={name}
              joining={joining}
              onName={setName}
              onJoin={() => void join()}
            />
          )}
        </div>
      </main>
    </div>
  );
}

interface JoinFormProps {
  preview: InvitePreview;
  name: string;
  joining: boolean;
  onName: (name: string) => void;
  onJoin: () => void;
}

function JoinForm({ preview, name, joining, onName, onJoin }: JoinFormProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!joining) onJoin();
  }
  return (
    <form onSubmit={submit}>
      <p className="muted">{t.people(preview.session.participantCount)}</p>
      <NameField label={t.name} name={name} onName={onName} focus />
      <Button type="submit" kind="primary" disabled={joining} data-testid="join-button">
        {joining ? t.joining : t.join}
      </Button>
    </form>
  );
}

interface NameFieldProps {
  label: string;
  name: string;
  onName: (name: string) => void;
  focus?: boolean;
}

function NameField({ label, name, onName, focus }: NameFieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        className="input"
        value={name}
        maxLength={64}
        autoComplete="nickname"
        placeholder={texts.home.namePlaceholder}
        autoFocus={focus}
        data-testid="name-input"
        onChange={(event) => onName(event.target.value)}
      />
    </label>
  );
}

interface InviteProblemProps {
  problem: Problem;
  name: string;
  onName: (name: string) => void;
  onRetry: () => void;
  onRestored: () => void;
}

function InviteProblem({ problem, name, onName, onRetry, onRestored }: InviteProblemProps) {
  const room = problem.sessionId ? knownRoom(problem.sessionId) : null;
  const screen = problemScreen(problem, mayRestore(room));
  if (screen.kind === 'expired') {
    return (
      <ExpiredScreen
        sessionId={screen.waitsFor}
        title={screen.title}
        message={screen.message}
        restorableUntil={screen.restorableUntil}
        waiting={t.waiting}
        onRestored={onRestored}
      >
        {!room && screen.waitsFor && (
          <NameField label={t.waitingName} name={name} onName={onName} />
        )}
      </ExpiredScreen>
    );
  }
  return (
    <Notice
      title={screen.title}
      message={screen.message}
      testId={screen.testId}
      icon={screen.kind === 'completed' ? 'cards' : 'warning'}
    >
      {screen.offersRetry && (
        <Button kind="primary" data-testid="retry" onClick={onRetry}>
          {texts.actions.retry}
        </Button>
      )}
    </Notice>
  );
}
