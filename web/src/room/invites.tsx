// The invitation link, and for the host: all links, their limits, withdrawing and making them.
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { api } from '../server';
import type { NewInvite } from '@tarotforge/client';
import type { Invite } from '@tarotforge/client';
import { Button, IconButton } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { atMoment } from '../ui/format';
import { Loading } from '../ui/spinner';
import { texts } from '../ui/texts';
import { toast, toastProblem } from '../ui/toasts';
import { useRights, useRoomClient, useSession } from './context';
import { InviteReplacement } from './invite_replacement';
import { knownRoom, updateRoom } from './known_rooms';
import { QrCode } from './qr_code';

const t = texts.invites;

export function Invitation() {
  const { id } = useSession();
  const { isHost } = useRights();
  const [url, setUrl] = useState(() => knownRoom(id)?.inviteUrl ?? null);
  const [managing, setManaging] = useState(false);
  const chosen = useCallback(
    (next: string | null) => {
      setUrl(next);
      updateRoom(id, { inviteUrl: next });
    },
    [id],
  );
  return (
    <section className="side-section" aria-labelledby="invite-title">
      <h2 id="invite-title">{t.title}</h2>
      {url ? <Link url={url} /> : <p className="muted small">{isHost ? t.none : t.askHost}</p>}
      <div className="row">
        {url && <CopyButton url={url} />}
        {url && <ShareButton url={url} />}
        {(isHost || url) && (
          <Button
            kind="quiet"
            icon="link"
            aria-label={isHost ? t.manageLong : t.showQr}
            data-testid="manage-invites"
            onClick={() => setManaging(true)}
          >
            {isHost ? t.manageShort : t.qrShort}
          </Button>
        )}
      </div>
      {isHost && (
        <InviteReplacement onReplaced={(code, next) => url?.endsWith(`/${code}`) && chosen(next)} />
      )}
      {managing && isHost && (
        <ManageInvites url={url} onUrl={chosen} onClose={() => setManaging(false)} />
      )}
      {managing && !isHost && url && (
        <Dialog title={t.title} onClose={() => setManaging(false)} testId="invites-dialog">
          <QrCode text={url} />
        </Dialog>
      )}
    </section>
  );
}

async function copy(url: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(url);
    return true;
  } catch {
    return false;
  }
}

const LINK_ID = 'invitation-link';

function Link({ url }: { url: string }) {
  return (
    <input
      id={LINK_ID}
      className="input link"
      readOnly
      aria-label={t.link}
      value={url}
      data-testid="invite-link"
      onFocus={(event) => event.target.select()}
    />
  );
}

function CopyButton({ url }: { url: string }) {
  const [copied, setCopied] = useState<string | null>(null);
  async function take() {
    if (await copy(url)) return setCopied(url);
    // Without https there is no clipboard; the text is at least selected.
    document.getElementById(LINK_ID)?.focus();
    toast(t.copyFailed);
  }
  const done = copied === url;
  return (
    <Button icon={done ? 'check' : 'copy'} data-testid="copy-invite" onClick={() => void take()}>
      {done ? t.copied : t.copy}
    </Button>
  );
}

/** The system's own sheet, where there is one. */
function ShareButton({ url }: { url: string }) {
  if (typeof navigator.share !== 'function') return null;
  const share = () =>
    navigator.share({ title: texts.appName, text: t.shareText, url }).catch((error: Error) => {
      // Who dismisses the sheet needs no word.
      if (error.name !== 'AbortError') toast(t.copyFailed);
    });
  return (
    <Button icon="share" data-testid="share-invite" onClick={() => void share()}>
      {t.share}
    </Button>
  );
}

interface ManageProps {
  url: string | null;
  onUrl: (url: string | null) => void;
  onClose: () => void;
}

const isOpen = (invite: Invite): boolean => invite.isActive !== false;

function ManageInvites({ url, onUrl, onClose }: ManageProps) {
  const client = useRoomClient();
  const [invites, setInvites] = useState<Invite[] | null>(null);

  const load = useCallback(async () => {
    const answer = await api.listInvites(client.seat);
    if (!answer.ok) return toastProblem(answer.problem);
    const open = answer.value.filter(isOpen);
    setInvites(open);
    return open;
  }, [client]);
  useEffect(() => void load(), [load]);

  async function revoke(code: string) {
    const answer = await api.revokeInvite(client.seat, code);
    if (!answer.ok) return toastProblem(answer.problem);
    toast(t.revoked);
    const open = await load();
    if (open && url?.endsWith(`/${code}`)) onUrl(open.at(-1)?.url ?? null);
  }

  return (
    <Dialog title={t.manage} onClose={onClose} wide testId="invites-dialog">
      {url && (
        <div className="invite-current">
          <QrCode text={url} />
          <div className="stack">
            <p>{t.qrText}</p>
            <code className="small">{url}</code>
            <div className="row">
              <CopyButton url={url} />
              <ShareButton url={url} />
            </div>
          </div>
        </div>
      )}
      {invites === null && <Loading text={t.loading} />}
      {invites?.length === 0 && <p className="muted">{t.none}</p>}
      <ul className="invite-list">
        {invites?.map((invite) => (
          <InviteRow key={invite.code} invite={invite} onRevoke={revoke} />
        ))}
      </ul>
      <NewInviteForm
        onMade={(invite) => {
          onUrl(invite.url);
          void load();
        }}
      />
    </Dialog>
  );
}

interface InviteRowProps {
  invite: Invite;
  onRevoke: (code: string) => Promise<void>;
}

function InviteRow({ invite, onRevoke }: InviteRowProps) {
  const limits = [
    texts.people.roles[invite.role],
    t.usedOf(invite.uses ?? 0, invite.maxUses),
    ...(invite.expiresAt ? [t.until(atMoment(invite.expiresAt))] : []),
  ];
  return (
    <li className="invite-item" data-testid={`invite-${invite.code}`}>
      <code>{invite.url}</code>
      <p className="muted small">{limits.join(' · ')}</p>
      <div className="row row-tight">
        <IconButton
          icon="copy"
          label={t.copy}
          onClick={() =>
            void copy(invite.url).then((done) => toast(done ? t.copied : t.copyFailed))
          }
        />
        <Button
          kind="danger"
          data-testid={`revoke-${invite.code}`}
          onClick={() => void onRevoke(invite.code)}
        >
          {t.revoke}
        </Button>
      </div>
    </li>
  );
}

const DURATIONS_MS = { forever: null, hour: 3_600_000, day: 86_400_000 };
const USE_COUNTS = { any: null, once: 1, five: 5 };

function NewInviteForm({ onMade }: { onMade: (invite: Invite) => void }) {
  const client = useRoomClient();
  const [duration, setDuration] = useState<keyof typeof DURATIONS_MS>('forever');
  const [uses, setUses] = useState<keyof typeof USE_COUNTS>('any');
  const [role, setRole] = useState<keyof typeof t.roles>('participant');
  const [creating, setCreating] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const lasts = DURATIONS_MS[duration];
    const maxUses = USE_COUNTS[uses];
    const wishes: NewInvite = {
      role,
      ...(lasts === null
        ? {}
        : { expiresAt: new Date(client.clock.now() + lasts).toISOString() }),
      ...(maxUses === null ? {} : { maxUses }),
    };
    setCreating(true);
    const answer = await api.createInvite(client.seat, wishes);
    setCreating(false);
    if (answer.ok) onMade(answer.value);
    else toastProblem(answer.problem);
  }

  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <div className="form-grid">
        <Choice
          label={t.lasts}
          testId="invite-lasts"
          value={duration}
          options={t.durations}
          onChange={(value) => setDuration(value)}
        />
        <Choice
          label={t.uses}
          testId="invite-uses"
          value={uses}
          options={t.useCounts}
          onChange={(value) => setUses(value)}
        />
        <Choice
          label={t.role}
          testId="invite-role"
          value={role}
          options={t.roles}
          onChange={(value) => setRole(value)}
        />
      </div>
      <Button type="submit" kind="primary" disabled={creating} data-testid="create-invite">
        {creating ? t.creating : t.create}
      </Button>
    </form>
  );
}

interface ChoiceProps<K extends string> {
  label: string;
  testId: string;
  value: K;
  options: Record<K, string>;
  onChange: (value: K) => void;
}

function Choice<K extends string>({ label, testId, value, options, onChange }: ChoiceProps<K>) {
  return (
    <label className="field">
      <span>{label}</span>
      <select
        className="input"
        value={value}
        data-testid={testId}
        onChange={(event) => onChange(event.target.value as K)}
      >
        {Object.entries<string>(options).map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
