// What an operator may do to a session. Each is asked about once before it is done.
import { useState } from 'react';
import type { SessionStatus } from '@tarotforge/client';
import { Button } from '../ui/button';
import { Alert, Confirm } from '../ui/dialog';
import { texts } from '../ui/texts';
import { dashboard } from '../ui/texts/dashboard';
import type { Action } from './admin_api';

const t = dashboard.actions;

interface ActionsProps {
  status: SessionStatus;
  act: (action: Action, body: object) => Promise<void>;
}

const POSSIBLE: Record<SessionStatus, Action[]> = {
  active: ['extend', 'close-invites', 'expire'],
  expired: ['restore'],
  completed: [],
  purged: [],
};
const ICONS = { extend: 'clock', 'close-invites': 'lock', expire: 'close', restore: 'restore' } as const;

export function SessionActions({ status, act }: ActionsProps) {
  const [asked, setAsked] = useState<Action | null>(null);
  const close = () => setAsked(null);
  const possible = POSSIBLE[status];
  if (possible.length === 0) return null;
  return (
    <div className="row session-actions">
      {possible.map((action) => (
        <Button
          key={action}
          icon={ICONS[action]}
          kind={action === 'expire' ? 'danger' : 'plain'}
          data-testid={`action-${action}`}
          onClick={() => setAsked(action)}
        >
          {t[action].button}
        </Button>
      ))}
      {asked === 'extend' && (
        <ExtendDialog
          onCancel={close}
          onConfirm={(seconds) => {
            close();
            void act('extend', { seconds });
          }}
        />
      )}
      {asked !== null && asked !== 'extend' && (
        <Confirm
          title={t[asked].title}
          text={t[asked].text}
          confirm={t[asked].button}
          danger={asked === 'expire'}
          onConfirm={() => void act(asked, {})}
          onCancel={close}
        />
      )}
    </div>
  );
}

const LENGTHS = [900, 3600, 4 * 3600, 24 * 3600];

function ExtendDialog(props: { onConfirm: (seconds: number) => void; onCancel: () => void }) {
  const [seconds, setSeconds] = useState(3600);
  return (
    <Alert title={t.extend.title} onClose={props.onCancel} testId="extend-dialog">
      <p>{t.extend.text}</p>
      <label className="field">
        <span>{t.extend.by}</span>
        <select
          className="input"
          value={seconds}
          data-testid="extend-by"
          onChange={(event) => setSeconds(Number(event.target.value))}
        >
          {LENGTHS.map((length) => (
            <option key={length} value={length}>
              {length < 3600
                ? texts.units.minutes(length / 60)
                : texts.units.hours(length / 3600)}
            </option>
          ))}
        </select>
      </label>
      <div className="row row-end">
        <Button onClick={props.onCancel} data-testid="confirm-no">
          {t.cancel}
        </Button>
        <Button
          kind="primary"
          data-testid="confirm-yes"
          onClick={() => props.onConfirm(seconds)}
        >
          {t.extend.button}
        </Button>
      </div>
    </Alert>
  );
}
