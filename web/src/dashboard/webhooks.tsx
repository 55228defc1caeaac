// Webhooks: the targets with what waits for each, what is kept, and how it is sent again.
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { Answer } from '@tarotforge/client';
import { Button } from '../ui/button';
import { Confirm } from '../ui/dialog';
import { Loading } from '../ui/spinner';
import { dashboardWebhooks as t } from '../ui/texts/dashboard_webhooks';
import { toast, toastProblem } from '../ui/toasts';
import * as admin from './admin_api';
import { atSecond, count, shortId, span } from './format';
import { Frame } from './frame';
import { stateOf, waitedSeconds } from './health';
import { useLive } from './live';
import { Failed, Panel } from './parts';
import { Choices } from './series_charts';
import type { Stats, Webhook, WebhookTarget } from './types';

// What waits changes with each attempt; the counts of the targets do not.
const LOOK_EVERY_MS = 5_000;
const FIRST_ROWS = 100;
const MOST_ROWS = 1_000; // that the server gives at once
const STATES = [
  ['all', t.all],
  ['waiting', t.states.waiting],
  ['dead', t.states.dead],
] as const;
type Choice = (typeof STATES)[number][0];

export function WebhooksPage() {
  const stats = useLive((live) => live.stats);
  return (
    <Frame title={t.title}>
      <header className="table-head">
        <h1>{t.title}</h1>
      </header>
      {stats === null && <Loading text={t.loading} />}
      {stats?.webhooks.length === 0 && <Setup />}
      {stats !== null && stats.webhooks.length > 0 && <Webhooks stats={stats} />}
    </Frame>
  );
}

function Setup() {
  return (
    <Panel title={t.setup.title} testId="webhooks-setup">
      <p>{t.setup.what}</p>
      <p>{t.setup.how}</p>
      <pre className="mono settings-lines" tabIndex={0}>
        {t.setup.settings}
      </pre>
      <p className="muted small">{t.setup.more}</p>
    </Panel>
  );
}

function Webhooks({ stats }: { stats: Stats }) {
  return (
    <>
      <TargetsPanel targets={stats.webhooks} now={Date.parse(stats.serverTime)} />
      <DeliveriesPanel targets={stats.webhooks} />
    </>
  );
}

const TONES = { delivered: ' tag-good', waiting: '', late: ' tag-gold', dead: ' tag-gold', gone: '' };

function TargetsPanel({ targets, now }: { targets: WebhookTarget[]; now: number }) {
  return (
    <Panel title={t.targets} testId="webhook-targets">
      <table className="figures targets">
        <thead>
          <tr>
            <th scope="col">{t.target}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.states.waiting}</th>
            <th scope="col">{t.oldest}</th>
            <th scope="col">{t.states.dead}</th>
          </tr>
        </thead>
        <tbody>
          {targets.map((each) => (
            <tr key={each.target} data-testid="webhook-target" data-state={stateOf(each, now)}>
              <th scope="row" className="mono">
                {each.target}
              </th>
              <td>
                <span className={`tag${TONES[stateOf(each, now)]}`}>
                  {t.targetStates[stateOf(each, now)]}
                </span>
              </td>
              <td data-testid="target-waiting">{count(each.waiting)}</td>
              <td>{each.waiting > 0 ? span(Math.round(waitedSeconds(each, now))) : ''}</td>
              <td data-testid="target-dead">{count(each.dead)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** What is kept in this state, looked at again when the counts change, and now and then. */
function useDeliveries(choice: Choice, rows: number, counts: string) {
  const [answer, setAnswer] = useState<Answer<admin.WebhookPage> | null>(null);
  const newest = useRef(0);
  const look = useCallback(async () => {
    const mine = ++newest.current;
    const told = await admin.webhooks(choice === 'all' ? null : choice, rows);
    // What is shown stays while the server is away; the frame says that it is.
    if (mine === newest.current) setAnswer((last) => (told.ok || !last?.ok ? told : last));
  }, [choice, rows]);
  useEffect(() => {
    const asked = newest;
    void look();
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      asked.current += 1;
      clearInterval(timer);
    };
  }, [look, counts]);
  return [answer, look] as const;
}

type Asked = { kind: 'one'; webhook: Webhook } | { kind: 'dead'; count: number };

function DeliveriesPanel({ targets }: { targets: WebhookTarget[] }) {
  const [choice, setChoice] = useState<Choice>('all');
  const [rows, setRows] = useState(FIRST_ROWS);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);
  const counts = targets.map(({ target, waiting, dead }) => `${target} ${waiting} ${dead}`).join();
  const [answer, look] = useDeliveries(choice, rows, counts);
  const configured = targets.filter((each) => each.configured);
  const dead = configured.reduce((sum, each) => sum + each.dead, 0);

  async function replay(what: Asked) {
    setBusy(true);
    const done = await (what.kind === 'one'
      ? admin.replayWebhook(what.webhook.id)
      : admin.replayDead(new Set(configured.map(({ target }) => target))));
    setBusy(false);
    if (done.ok) toast(t.replayed);
    else toastProblem(done.problem);
    void look();
  }

  return (
    <Panel
      title={t.kept}
      testId="deliveries"
      aside={
        <div className="row">
          <Choices label={t.state} options={STATES} value={choice} onChange={setChoice} />
          {dead > 0 && (
            <Button
              icon="restore"
              data-testid="replay-dead"
              disabled={busy}
              onClick={() => setAsked({ kind: 'dead', count: dead })}
            >
              {t.replayDead(count(dead))}
            </Button>
          )}
        </div>
      }
    >
      {answer === null && <Loading text={t.loading} />}
      {answer?.ok === false && <Failed problem={answer.problem} onRetry={() => void look()} />}
      {answer?.ok && (
        <Deliveries
          page={answer.value}
          choice={choice}
          busy={busy}
          onReplay={(webhook) => setAsked({ kind: 'one', webhook })}
        />
      )}
      {answer?.ok && answer.value.nextAfter !== null && rows < MOST_ROWS && (
        <Button data-testid="more-deliveries" onClick={() => setRows(MOST_ROWS)}>
          {t.more}
        </Button>
      )}
      {answer?.ok && answer.value.nextAfter !== null && rows >= MOST_ROWS && (
        <p className="muted small">{t.most(count(MOST_ROWS))}</p>
      )}
      {asked !== null && (
        <Confirm
          title={asked.kind === 'one' ? t.confirmOne.title : t.confirmDead.title(count(asked.count))}
          text={asked.kind === 'one' ? t.confirmOne.text(asked.webhook.target) : t.confirmDead.text}
          confirm={t.replay}
          onConfirm={() => void replay(asked)}
          onCancel={() => setAsked(null)}
        />
      )}
    </Panel>
  );
}

interface DeliveriesProps {
  page: admin.WebhookPage;
  choice: Choice;
  busy: boolean;
  onReplay: (webhook: Webhook) => void;
}

function Deliveries({ page, choice, busy, onReplay }: DeliveriesProps) {
  if (page.webhooks.length === 0) return <p className="muted">{t.none[choice]}</p>;
  return (
    <ol className="deliveries">
      {page.webhooks.map((webhook) => (
        <li key={webhook.id} data-testid="delivery" data-state={webhook.state}>
          <span className={webhook.state === 'dead' ? 'tag tag-gold' : 'tag'}>
            {t.states[webhook.state]}
          </span>
          <span>{webhook.type}</span>
          <Link
            href={`/dashboard/sessions/${webhook.data.sessionId}`}
            className="mono"
            title={webhook.data.sessionId}
          >
            {shortId(webhook.data.sessionId)}
          </Link>
          <div className="delivery-detail">
            <span className="mono">{webhook.target}</span>
            <span className="muted">{detail(webhook)}</span>
          </div>
          <Button
            data-testid="replay"
            disabled={busy}
            aria-label={t.replayNamed(webhook.type, shortId(webhook.data.sessionId))}
            onClick={() => onReplay(webhook)}
          >
            {t.replay}
          </Button>
        </li>
      ))}
    </ol>
  );
}

function detail({ timestamp, attempts, nextAttemptAt, lastError }: Webhook): string {
  return [
    t.happened(atSecond(timestamp)),
    t.attempts(attempts),
    ...(nextAttemptAt === null ? [] : [t.next(atSecond(nextAttemptAt))]),
    ...(lastError === null ? [] : [lastError]),
  ].join(' · ');
}
