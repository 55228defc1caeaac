// Who is here: name, role, presence and why somebody is away; and what the host may do about it.
import { hostAway, hostOf, type Person } from '@tarotforge/client';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { api } from '../server';
import { Button, IconButton } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { handFocusOn, useFocusHeir } from '../ui/focus';
import { Menu, MenuItem } from '../ui/menu';
import { texts } from '../ui/texts';
import { toast, toastProblem } from '../ui/toasts';
import { useOperate, useRights, useRoom, useRoomClient, useSession, useYou } from './context';
import { colourOf } from './cursors';
import { rememberName, updateRoom } from './known_rooms';
import { nameOf } from './names';

const t = texts.people;
const ROLE_ORDER = ['host', 'reader', 'participant'];

export function People() {
  const people = useRoom((state) => state.people);
  const me = useYou();
  const sorted = Object.values(people).sort(
    (a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role) || a.id.localeCompare(b.id),
  );
  return (
    <section className="side-section" aria-labelledby="people-title">
      <h2 id="people-title" tabIndex={-1}>
        {t.title}
      </h2>
      <ul className="people" data-testid="people">
        {sorted.map((person) => (
          <PersonRow key={person.id} person={person} isYou={person.id === me?.id} />
        ))}
      </ul>
      <HostRole />
    </section>
  );
}

export function presenceText(person: Person): string {
  const reason = person.reason && t.reasons[person.reason];
  if (person.presence === 'reconnecting') return t.mayReturn(reason || t.levels.reconnecting);
  return (person.presence === 'offline' && reason) || t.levels[person.presence];
}

function PersonRow({ person, isYou }: { person: Person; isYou: boolean }) {
  const people = useRoom((state) => state.people);
  const [renaming, setRenaming] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  useFocusHeir(row, '#people-title');
  const name = nameOf(person);
  const doneRenaming = () => handFocusOn(() => setRenaming(false), '.rename');
  return (
    <li
      ref={row}
      className="person"
      data-testid={`person-${name}`}
      data-you={isYou || undefined}
      data-role={person.role}
      data-presence={person.presence}
    >
      <span className="person-mark" data-hand={colourOf(people, person.id)} aria-hidden="true">
        {name.charAt(0).toUpperCase()}
      </span>
      <div>
        {renaming ? (
          <Rename name={person.name ?? ''} onDone={doneRenaming} />
        ) : (
          <div className="person-name">
            {name}
            {isYou && <span className="muted"> ({t.you})</span>}
          </div>
        )}
        <div
          className="person-level"
          data-testid={`presence-${name}`}
          data-presence={person.presence}
        >
          {presenceText(person)}
        </div>
      </div>
      <div className="row row-tight">
        {person.role !== 'participant' && (
          <span className={person.role === 'host' ? 'tag tag-gold' : 'tag'}>
            {t.roles[person.role]}
          </span>
        )}
        {isYou && !renaming && (
          <IconButton
            icon="edit"
            label={t.rename}
            className="rename"
            data-testid="rename"
            onClick={() => setRenaming(true)}
          />
        )}
        {!isYou && <PersonTools person={person} />}
      </div>
    </li>
  );
}

function Rename({ name, onDone }: { name: string; onDone: () => void }) {
  const client = useRoomClient();
  const [value, setValue] = useState(name);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const wanted = value.trim();
    if (wanted && wanted !== name) {
      const answer = await api.rename(client.seat, wanted);
      if (!answer.ok) return toastProblem(answer.problem);
      client.dispatch({ type: 'renamed', name: wanted });
      updateRoom(client.seat.sessionId, { name: wanted });
      rememberName(wanted);
    }
    onDone();
  }

  return (
    <form className="link-row" onSubmit={(event) => void submit(event)}>
      <input
        className="input"
        aria-label={texts.home.name}
        value={value}
        maxLength={64}
        autoFocus
        data-testid="rename-input"
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      <IconButton icon="check" label={texts.room.save} type="submit" data-testid="rename-save" />
    </form>
  );
}

function PersonTools({ person }: { person: Person }) {
  const { isHost } = useRights();
  const { originalHostParticipantId } = useSession();
  const isOriginal = originalHostParticipantId === useYou()?.id;
  const operate = useOperate();
  const client = useRoomClient();
  const [asking, setAsking] = useState<'hand-over' | 'remove' | null>(null);
  if (!isHost) return null;
  const name = nameOf(person);

  async function handOver() {
    const answer = await api.changeHost(client.seat, {
      action: 'hand_over',
      participantId: person.id,
    });
    if (!answer.ok) toastProblem(answer.problem);
  }
  async function remove() {
    const outcome = await operate({ kind: 'remove_participant', participantId: person.id });
    if (outcome.status === 'done') toast(t.removed(name));
  }

  return (
    <>
      <Menu
        trigger={
          <IconButton icon="more" label={t.toolsFor(name)} data-testid={`tools-${name}`} />
        }
      >
        <MenuItem
          icon="crown"
          testId={`hand-over-${name}`}
          onClick={() => setAsking('hand-over')}
        >
          {t.handOver}
        </MenuItem>
        <MenuItem
          icon="removePerson"
          danger
          testId={`remove-${name}`}
          onClick={() => setAsking('remove')}
        >
          {t.remove}
        </MenuItem>
      </Menu>
      {asking === 'hand-over' && (
        <Confirm
          title={t.handOverAsk(name)}
          text={isOriginal ? t.handOverTextOriginal : t.handOverText}
          confirm={t.handOver}
          onConfirm={() => void handOver()}
          onCancel={() => setAsking(null)}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          title={t.removeAsk(name)}
          text={t.removeText}
          confirm={t.remove}
          danger
          onConfirm={() => void remove()}
          onCancel={() => setAsking(null)}
        />
      )}
    </>
  );
}

// How often the button may appear late; the server decides anyway.
const RECHECK_MS = 5_000;

/** Take the role over from a host who is away, or back as the one who opened the room. */
function HostRole() {
  const client = useRoomClient();
  const session = useSession();
  const me = useYou();
  const host = useRoom(hostOf);
  // A copy does not know who is here.
  const copied = useRoom((state) => state.copyFrom !== null);
  const [, recheck] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => recheck((count) => count + 1), RECHECK_MS);
    return () => clearInterval(timer);
  }, []);
  if (!me || me.role === 'host' || copied) return null;
  const isOriginal = session.originalHostParticipantId === me.id;
  const away = hostAway(host, client.clock.now());
  return isOriginal || away ? <HostOffer isOriginal={isOriginal} hasHost={host !== null} /> : null;
}

function HostOffer({ isOriginal, hasHost }: { isOriginal: boolean; hasHost: boolean }) {
  const client = useRoomClient();
  const offer = useRef<HTMLDivElement>(null);
  useFocusHeir(offer, '#people-title');

  async function change() {
    const answer = await api.changeHost(client.seat, {
      action: isOriginal ? 'reclaim' : 'take_over',
    });
    if (!answer.ok) toastProblem(answer.problem);
  }

  return (
    <div className="stack" ref={offer}>
      {!isOriginal && <p className="muted small">{hasHost ? t.takeOverHint : t.noHost}</p>}
      <Button
        icon="crown"
        data-testid={isOriginal ? 'reclaim-host' : 'take-over-host'}
        onClick={() => void change()}
      >
        {isOriginal ? t.reclaim : t.takeOver}
      </Button>
    </div>
  );
}
