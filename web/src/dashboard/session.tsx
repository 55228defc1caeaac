// One session: why it lives or ended, its life drawn from its audit log, and what an operator may do.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '@tarotforge/client';
import { ButtonLink } from '../ui/button';
import { Loading } from '../ui/spinner';
import { dashboard } from '../ui/texts/dashboard';
import { toastProblem } from '../ui/toasts';
import * as admin from './admin_api';
import { atSecond, count, shortId, span } from './format';
import { Frame } from './frame';
import { useLive } from './live';
import { detailOf } from './event_filter';
import { Failed, Facts, Panel, Tag, type Fact } from './parts';
import { SessionActions } from './session_actions';
import { TimelineView } from './timeline_view';
import { timelineOf, type Told } from './timeline';
import { whyOf, type Why } from './why';
import type { Explanation, PolicyName } from './types';

const t = dashboard.session;
// Input moves a deadline without an entry in the audit log.
const LOOK_EVERY_MS = 5_000;

type Fetched = { state: 'loading' } | { state: 'failed'; problem: Problem } | { state: 'there'; told: Told };

async function fetchAll(id: string): Promise<Fetched> {
  const [explanation, entries, people, operations] = await Promise.all([
    admin.explain(id),
    admin.audit(id),
    admin.participants(id),
    admin.operations(id),
  ]);
  for (const answer of [explanation, entries]) {
    if (!answer.ok) return { state: 'failed', problem: answer.problem };
  }
  if (!explanation.ok || !entries.ok) return { state: 'loading' };
  // Of a purged session nobody and nothing done is left.
  return {
    state: 'there',
    told: {
      explanation: explanation.value,
      entries: entries.value,
      participants: people.ok ? people.value.participants : [],
      operations: operations.ok ? operations.value : [],
    },
  };
}

function useSession(id: string): [Fetched, () => Promise<void>] {
  const [fetched, setFetched] = useState<Fetched>({ state: 'loading' });
  const shown = useRef(true);
  const look = useCallback(async () => {
    const next = await fetchAll(id);
    if (!shown.current) return;
    // What is shown stays while the server is away; the frame says that it is.
    setFetched((last) => (next.state === 'failed' && last.state === 'there' ? last : next));
  }, [id]);
  useEffect(() => {
    shown.current = true;
    void look();
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    const stop = useLive.subscribe(({ events }, before) => {
      if (events !== before.events && events[events.length - 1]?.sessionId === id) void look();
    });
    return () => {
      shown.current = false;
      clearInterval(timer);
      stop();
    };
  }, [id, look]);
  return [fetched, look];
}

export function SessionPage({ id }: { id: string }) {
  const [fetched, look] = useSession(id);
  return (
    <Frame title={t.title(shortId(id))}>
      {fetched.state === 'loading' && <Loading text={t.loading} />}
      {fetched.state === 'failed' && (
        <>
          <h1>{t.title(shortId(id))}</h1>
          <Failed problem={fetched.problem} onRetry={() => void look()} />
        </>
      )}
      {fetched.state === 'there' && (
        <Session id={id} told={fetched.told} onDone={() => void look()} />
      )}
    </Frame>
  );
}

function Session({ id, told, onDone }: { id: string; told: Told; onDone: () => void }) {
  const { explanation, entries, operations } = told;
  async function act(action: admin.Action, body: object) {
    const answer = await admin.act(id, action, body);
    if (!answer.ok) toastProblem(answer.problem);
    onDone();
  }
  return (
    <>
      <header className="session-head">
        <ButtonLink kind="quiet" icon="back" href="/dashboard/sessions">
          {t.back}
        </ButtonLink>
        <h1 className="mono" data-testid="session-id">
          {id}
        </h1>
        <div className="row">
          <span data-testid="session-status">
            <Tag word={explanation.status} />
          </span>
          <span className="muted small">{t.generation(explanation.generation)}</span>
        </div>
        <SessionActions status={explanation.status} act={act} />
      </header>
      <div className="panels panels-two">
        <WhyPanel explanation={explanation} />
        <PolicyPanel explanation={explanation} />
      </div>
      <Panel title={t.timeline} wide testId="timeline-panel">
        <TimelineView timeline={timelineOf(told)} />
      </Panel>
      <div className="panels panels-two">
        <Panel title={t.log} testId="audit-log">
          <ol className="log" tabIndex={0} aria-label={t.log}>
            {entries.toReversed().map((entry) => (
              <li key={entry.id} data-type={entry.type}>
                <time dateTime={entry.at}>{atSecond(entry.at)}</time>
                <Tag word={entry.type} />
                <span className="muted">
                  {[
                    ...(entry.participantId ? [t.by(shortId(entry.participantId))] : []),
                    detailOf(entry.data),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ol>
        </Panel>
        <Panel
          title={t.operations}
          aside={<span className="muted small">{count(operations.length)}</span>}
          testId="operations"
        >
          {operations.length === 0 && <p className="muted">{t.noOperations}</p>}
          {operations.length > 0 && (
            <ol className="log" tabIndex={0} aria-label={t.operations}>
              {operations
                .slice(-500)
                .toReversed()
                .map(({ version, at, kind, by }) => (
                  <li key={version}>
                    <time dateTime={at}>{atSecond(at)}</time>
                    <span>{kind.replaceAll('_', ' ')}</span>
                    <span className="muted">
                      {t.version(version)} · {t.by(shortId(by))}
                    </span>
                  </li>
                ))}
            </ol>
          )}
        </Panel>
      </div>
    </>
  );
}

function sentence(why: Why): string {
  switch (why.kind) {
    case 'keptBy':
      return t.why.keptBy(why.people, why.keepAlive);
    case 'warned':
    case 'waitsForWarning':
    case 'extended':
      return t.why[why.kind](span(why.secondsLeft));
    case 'recent':
      return t.why.recent(t.activities[why.by] ?? why.by, span(why.secondsAgo), span(why.secondsLeft));
    case 'due':
      return t.why.due(span(why.secondsLate));
    case 'expired': {
      const because = t.why.expiredBy[why.by ?? 'unknown'];
      return why.restorableFor === null
        ? t.why.expired(because)
        : t.why.restorable(because, span(why.restorableFor));
    }
    default:
      return t.why[why.kind];
  }
}

const TIMES = [
  'warnedAt', 'warnsAt', 'expiresAt', 'extendedUntil', 'endedAt', 'restorableUntil',
] as const;

function WhyPanel({ explanation }: { explanation: Explanation }) {
  const { lastActivity, status } = explanation;
  const facts: Fact[] = [
    {
      label: t.lastActivity,
      value: atSecond(lastActivity.at),
      note: t.activities[lastActivity.by] ?? lastActivity.by,
    },
    ...TIMES.flatMap((name) =>
      explanation[name] === null
        ? []
        : [{ label: t.times[name], value: atSecond(explanation[name]), testId: name }],
    ),
  ];
  return (
    <Panel title={status === 'active' ? t.whyAlive : t.whyEnded} testId="why-panel">
      <p className="why" data-testid="why">
        {sentence(whyOf(explanation))}
      </p>
      {explanation.keptAliveBy.length > 0 && (
        <ul className="kept-by">
          {explanation.keptAliveBy.map(({ participantId, presence }) => (
            <li key={participantId}>
              <span className="mono">{shortId(participantId)}</span> {presence}
            </li>
          ))}
        </ul>
      )}
      <Facts facts={facts} />
    </Panel>
  );
}

const POLICY: PolicyName[] = [
  'timeoutSeconds', 'warningSeconds', 'keepAlive', 'recoveryHours', 'maxParticipants',
];

function policyText(name: PolicyName, value: number | string): string {
  if (typeof value === 'string') return value;
  if (name === 'recoveryHours') return span(value * 3600);
  return name === 'maxParticipants' ? count(value) : span(value);
}

function PolicyPanel({ explanation }: { explanation: Explanation }) {
  return (
    <Panel title={t.policy} testId="policy-panel">
      <table className="figures policy">
        <thead>
          <tr>
            <th scope="col">{t.rule}</th>
            <th scope="col">{t.value}</th>
            <th scope="col">{t.origin}</th>
          </tr>
        </thead>
        <tbody>
          {POLICY.map((name) => {
            const { value, origin } = explanation.policy[name];
            return (
              <tr key={name}>
                <th scope="row">{t.rules[name]}</th>
                <td>{policyText(name, value)}</td>
                <td className="muted">{t.origins[origin]}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
