// Why nobody can stack the deck: what was promised at the shuffle, and how it is checked.
import { Popover } from '@base-ui/react/popover';
import { verify, type Verdict } from '@tarotforge/client';
import { useState } from 'react';
import { Button, IconButton } from '../ui/button';
import { Icon } from '../ui/icons';
import { texts } from '../ui/texts';
import { toastProblem } from '../ui/toasts';
import { useRoomClient, useSession } from './context';

const t = texts.trust;

export function TrustPanel() {
  const { shuffleCommitment } = useSession();
  const client = useRoomClient();
  const [verdicts, setVerdicts] = useState<Verdict[] | null>(null);

  async function check() {
    const answer = await client.api.listShuffles(client.seat);
    if (!answer.ok) return toastProblem(answer.problem);
    setVerdicts(await Promise.all(answer.value.map(verify)));
  }

  return (
    <Popover.Root onOpenChange={(open) => !open && setVerdicts(null)}>
      <Popover.Trigger render={<IconButton icon="trust" label={t.open} data-testid="trust" />} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} className="menu-place">
          <Popover.Popup className="popover" data-testid="trust-panel">
            <Popover.Title className="popover-title">{t.title}</Popover.Title>
            <p className="small">{t.text}</p>
            <div>
              <p className="muted small">{t.promise}</p>
              <code className="digest" data-testid="commitment">
                {shuffleCommitment}
              </code>
            </div>
            {verdicts === null ? (
              <Button data-testid="verify" onClick={() => void check()}>
                {t.check}
              </Button>
            ) : (
              <VerdictList verdicts={verdicts} />
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function VerdictList({ verdicts }: { verdicts: Verdict[] }) {
  const counts = (['kept', 'broken', 'closed', 'unable'] as const).map(
    (verdict) => [verdict, verdicts.filter((each) => each === verdict).length] as const,
  );
  return (
    <div role="status">
      <ul className="verdicts" data-testid="verdicts">
        {counts
          .filter(([, count]) => count > 0)
          .map(([verdict, count]) => (
            <li key={verdict} data-verdict={verdict}>
              <Icon name={verdict === 'broken' ? 'warning' : 'trust'} size={16} />
              {t.verdicts[verdict](count)}
            </li>
          ))}
      </ul>
    </div>
  );
}
