// The whole at a glance, once a second: whether sessions are healthy, and what goes on.
import { Icon } from '../ui/icons';
import { Loading } from '../ui/spinner';
import { dashboard } from '../ui/texts/dashboard';
import { EventStream } from './event_stream';
import { bytes, count, rate, share, span } from './format';
import { Frame } from './frame';
import { findings, histogram, LATENESS_OBJECTIVE_SECONDS, type Finding } from './health';
import { useLive } from './live';
import { OutagesPanel, RefusalsPanel, SavingPanel, ServersPanel } from './machinery';
import { BarList, Facts, Panel, Parts } from './parts';
import { SeriesCharts } from './series_charts';
import type { Lateness, Stats } from './types';

const t = dashboard.overview;

export function OverviewPage() {
  const stats = useLive((live) => live.stats);
  return (
    <Frame title={t.title}>
      {stats ? <Overview stats={stats} /> : <Loading text={t.loading} testId="waiting" />}
    </Frame>
  );
}

function Overview({ stats }: { stats: Stats }) {
  return (
    <>
      <Verdict stats={stats} />
      <div className="panels panels-three">
        <SessionsPanel stats={stats} />
        <PeoplePanel stats={stats} />
        <div className="panels">
          <TrafficPanel stats={stats} />
          <DeadlinesPanel stats={stats} />
        </div>
      </div>
      <SeriesCharts />
      <div className="panels panels-three">
        <LatenessPanel lateness={stats.expiryLatenessSeconds} missed={stats.warningsMissed} />
        <SavingPanel stats={stats} />
        <OutagesPanel stats={stats} />
      </div>
      <div className="panels panels-two">
        <ServersPanel stats={stats} />
        <RefusalsPanel refusals={stats.refusals} />
      </div>
      <EventStream />
    </>
  );
}

function sentence(finding: Finding): string {
  switch (finding.kind) {
    case 'flushLag':
    case 'late':
      return t.findings[finding.kind](span(finding.seconds));
    case 'serverLost':
      return t.findings.serverLost(finding.id);
    case 'webhooksLate':
      return t.findings.webhooksLate(span(finding.seconds));
    case 'webhooksDead':
      return t.findings.webhooksDead(finding.count);
    default:
      return t.findings[finding.kind];
  }
}

/** The first thing to read: nothing is wrong, or what is. */
function Verdict({ stats }: { stats: Stats }) {
  const lost = useLive(({ link }) => link === 'lost');
  const found = findings(stats);
  const uptime = (Date.parse(stats.serverTime) - Date.parse(stats.startedAt)) / 1000;
  return (
    <header className="verdict" data-testid="verdict" data-well={!lost && found.length === 0}>
      <div>
        <h1>{lost ? t.unknown : found.length === 0 ? t.well : t.troubled(found.length)}</h1>
        {found.length > 0 && (
          <ul>
            {found.map((finding) => (
              <li key={JSON.stringify(finding)} data-testid={`finding-${finding.kind}`}>
                <Icon name="warning" /> {sentence(finding)}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p className="muted small">{t.running(stats.version, span(uptime))}</p>
    </header>
  );
}

function SessionsPanel({ stats }: { stats: Stats }) {
  const { totalSessions, activeSessions, completedSessions, purgedSessions } = stats;
  const expired = totalSessions - activeSessions - completedSessions - purgedSessions;
  const states = dashboard.states;
  return (
    <Panel title={t.sessions} testId="sessions-panel">
      <Parts
        parts={[
          { label: states.active, count: activeSessions, tint: 'a', testId: 'active-sessions' },
          { label: states.expired, count: expired, tint: 'b', testId: 'expired-sessions' },
          { label: states.completed, count: completedSessions, tint: 'c', testId: 'completed-sessions' },
          { label: states.purged, count: purgedSessions, tint: 'n', testId: 'purged-sessions' },
        ]}
      />
      <Facts
        facts={[
          { label: t.total, value: count(totalSessions), testId: 'total-sessions' },
          { label: t.warned, value: count(stats.warnedSessions), testId: 'warned-sessions' },
          { label: t.expiredLastHour, value: count(stats.expiredLastHour) },
          { label: t.restorable, value: count(stats.restorableSessions) },
        ]}
      />
    </Panel>
  );
}

function PeoplePanel({ stats }: { stats: Stats }) {
  const here = stats.participants;
  const levels = here
    ? (['connected', 'visible', 'active'] as const).map((level) => ({
        label: t.levels[level],
        count: here[level],
        tint: 'a' as const,
      }))
    : [];
  const { returned, missed } = stats.reconnects ?? { returned: 0, missed: 0 };
  return (
    <Panel title={t.people} testId="people-panel">
      <BarList bars={levels} empty={t.nobody} />
      <Facts
        facts={[
          { label: t.levels.reconnecting, value: count(here?.reconnecting), testId: 'reconnecting' },
          {
            label: t.returned,
            value: share(returned, returned + missed),
            note: t.returnedOf(count(returned), count(returned + missed)),
            testId: 'reconnects',
          },
          { label: t.everJoined, value: count(stats.totalParticipants) },
          { label: t.connections, value: count(stats.connections), testId: 'connections' },
        ]}
      />
    </Panel>
  );
}

function TrafficPanel({ stats }: { stats: Stats }) {
  const { perSecond } = stats;
  return (
    <Panel title={t.traffic} aside={<span className="muted small">{t.perSecond}</span>}>
      <Facts
        large
        facts={[
          { label: t.joins, value: rate(perSecond?.joins), testId: 'joins-rate' },
          { label: t.operations, value: rate(perSecond?.operations), testId: 'operations-rate' },
          { label: t.heartbeats, value: rate(perSecond?.heartbeats), testId: 'heartbeats-rate' },
        ]}
      />
      <Facts facts={[{ label: t.memory, value: bytes(stats.memoryBytes), testId: 'memory' }]} />
    </Panel>
  );
}

function DeadlinesPanel({ stats }: { stats: Stats }) {
  const { deadlines } = stats;
  return (
    <Panel title={t.deadlines} testId="deadlines-panel">
      <Facts
        large
        facts={[
          { label: t.within(5), value: count(deadlines?.within5Minutes), testId: 'within-5' },
          { label: t.within(15), value: count(deadlines?.within15Minutes), testId: 'within-15' },
          { label: t.within(60), value: count(deadlines?.within60Minutes), testId: 'within-60' },
        ]}
      />
      <p className="muted small">{t.deadlinesHint}</p>
    </Panel>
  );
}

function LatenessPanel({ lateness, missed }: { lateness: Lateness | null; missed: number }) {
  const late = (seconds: number | undefined) => (seconds ?? 0) > LATENESS_OBJECTIVE_SECONDS;
  const bars = lateness
    ? histogram(lateness).map(({ upTo, count: own }) => ({
        label: upTo === null ? t.later : t.upTo(span(upTo)),
        count: own,
        tint: late(upTo ?? Infinity) ? ('d' as const) : ('a' as const),
      }))
    : [];
  return (
    <Panel
      title={t.lateness}
      aside={<span className="muted small">{t.objective}</span>}
      testId="lateness-panel"
    >
      <Facts
        large
        facts={[
          { label: t.p50, value: span(lateness?.p50), trouble: late(lateness?.p50) },
          { label: t.p99, value: span(lateness?.p99), trouble: late(lateness?.p99), testId: 'p99' },
          { label: t.max, value: span(lateness?.max), trouble: late(lateness?.max) },
        ]}
      />
      <BarList bars={bars} empty={t.noneExpired} />
      <Facts
        facts={[
          { label: t.expiries, value: count(lateness?.count ?? 0) },
          { label: t.warningsMissed, value: count(missed) },
        ]}
      />
    </Panel>
  );
}
