// After a removal: the invite that the removed person came by, if it still lets people in, and a
// button that replaces it.
import type { Invite } from '@tarotforge/client';
import { useEffect, useState } from 'react';
import { api } from '../server';
import { Button } from '../ui/button';
import { texts } from '../ui/texts';
import { toast, toastProblem } from '../ui/toasts';
import { useRoomClient } from './context';

const t = texts.invites;

interface InviteReplacementProps {
  onReplaced: (code: string, url: string) => void;
}

export function InviteReplacement({ onReplaced }: InviteReplacementProps) {
  const client = useRoomClient();
  const [invite, setInvite] = useState<Invite | null>(null);
  const [replacing, setReplacing] = useState(false);

  useEffect(
    () =>
      client.on('operation', ({ kind, by, participantId }) => {
        if (kind !== 'remove_participant' || !participantId) return;
        if (by !== client.store.getState().you) return;
        void api.listInvites(client.seat).then((answer) => {
          if (!answer.ok) return;
          const cameBy = answer.value.find(({ participantIds }) =>
            participantIds?.includes(participantId),
          );
          setInvite(cameBy && letsIn(cameBy, client.clock.now()) ? cameBy : null);
        });
      }),
    [client],
  );
  if (!invite) return null;

  // Revoked first: repeated after a failure it does not leave an invite that nobody knows of.
  async function replace({ code, role, expiresAt, maxUses, uses = 0 }: Invite) {
    setReplacing(true);
    const revoked = await api.revokeInvite(client.seat, code);
    const made = revoked.ok
      ? await api.createInvite(client.seat, {
          role,
          ...(expiresAt !== null && { expiresAt }),
          ...(maxUses !== null && { maxUses: maxUses - uses }),
        })
      : revoked;
    setReplacing(false);
    if (!made.ok) return toastProblem(made.problem);
    setInvite(null);
    onReplaced(code, made.value.url);
    toast(t.replaced);
  }

  return (
    <div className="stack" role="status" data-testid="replace-offer">
      <p className="small">{t.replaceOffer}</p>
      <div className="row">
        <Button
          icon="link"
          disabled={replacing}
          data-testid="replace-invite"
          onClick={() => void replace(invite)}
        >
          {t.replace}
        </Button>
      </div>
    </div>
  );
}

function letsIn({ isActive, expiresAt, maxUses, uses = 0 }: Invite, now: number): boolean {
  return (
    isActive !== false &&
    (maxUses === null || uses < maxUses) &&
    (expiresAt === null || Date.parse(expiresAt) > now)
  );
}
