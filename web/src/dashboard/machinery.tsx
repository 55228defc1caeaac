// Panels of what keeps the house running: saving, sweeps, outages, servers, refusals.
import { dashboard } from '../ui/texts/dashboard';
import { atClock, atDayAndClock, bytes, count, span } from './format';
import { FLUSH_LAG_LIMIT_SECONDS, isLost } from './health';
import { BarList, Facts, Panel } from './parts';
import type { Stats } from './types';

const t = dashboard.machinery;

export function SavingPanel({ stats }: { stats: Stats }) {
  const { flushLagSeconds: lag, degraded, sweeps } = stats;
  const since = stats.lastSweep
    ? (Date.parse(stats.serverTime) - Date.parse(stats.lastSweep.at)) / 1000
    : null;
  return (
    <Panel title={t.saving} testId="saving-panel">
      <Facts
        facts={[
          {
            label: t.flushLag,
            value: span(lag),
            note: degraded ? t.paused : t.saved,
            trouble: degraded || (lag ?? 0) > FLUSH_LAG_LIMIT_SECONDS,
            testId: 'flush-lag',
          },
          {
            label: t.lastSweep,
            value: since === null ? t.never : t.ago(span(Math.round(since))),
            note: stats.sweepOverdue ? t.overdue : '',
            trouble: stats.sweepOverdue,
          },
          { label: t.backlog, value: count(stats.sweepBacklog), testId: 'sweep-backlog' },
        ]}
      />
      <h3>{t.sweeps}</h3>
      {sweeps.length === 0 && <p className="muted">{t.noSweeps}</p>}
      {sweeps.length > 0 && (
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t.at}</th>
              <th scope="col">{t.took}</th>
              <th scope="col">{t.expired}</th>
              <th scope="col">{t.purged}</th>
            </tr>
          </thead>
          <tbody>
            {sweeps.slice(0, 8).map((sweep) => (
              <tr key={sweep.at}>
                <td>{atClock(sweep.at)}</td>
                <td>{span(sweep.durationMs / 1000)}</td>
                <td>{count(sweep.expired)}</td>
                <td>{count(sweep.purged)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

const lasted = (startedAt: string, endedAt: string | null, now: string): number =>
  (Date.parse(endedAt ?? now) - Date.parse(startedAt)) / 1000;

export function OutagesPanel({ stats }: { stats: Stats }) {
  const { outages, recentOutages, serverTime } = stats;
  return (
    <Panel title={t.outages} testId="outages-panel">
      <Facts
        facts={[
          { label: t.outageCount, value: count(outages.count), testId: 'outage-count' },
          { label: t.credited, value: span(outages.seconds) },
        ]}
      />
      {recentOutages.length === 0 && <p className="muted">{t.noOutages}</p>}
      {recentOutages.length > 0 && (
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t.began}</th>
              <th scope="col">{t.lasted}</th>
              <th scope="col">{t.credit}</th>
            </tr>
          </thead>
          <tbody>
            {recentOutages.slice(0, 8).map((outage) => (
              <tr key={outage.startedAt}>
                <td>{atDayAndClock(outage.startedAt)}</td>
                <td>{span(lasted(outage.startedAt, outage.endedAt, serverTime))}</td>
                <td>{span(outage.creditSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="muted small">{t.creditHint}</p>
    </Panel>
  );
}

export function ServersPanel({ stats }: { stats: Stats }) {
  const now = Date.parse(stats.serverTime);
  const state = (server: Stats['servers'][number]) => {
    if (server.stopped) return t.stopped;
    return isLost(server, now) ? t.lost : t.alive;
  };
  return (
    <Panel title={t.servers} testId="servers-panel">
      <ul className="servers">
        {stats.servers.map((server) => (
          <li key={server.id} data-testid={`server-${server.id}`}>
            <div className="row">
              <b className="mono">{server.id}</b>
              <span className={`tag ${state(server) === t.alive ? 'tag-good' : ''}`}>
                {state(server)}
              </span>
              {server.id === stats.serverId && <span className="tag tag-gold">{t.thisOne}</span>}
            </div>
            <p className="muted small">
              {t.serverSince(server.version, atDayAndClock(server.startedAt))}
              {server.id === stats.serverId &&
                ` · ${t.holds(count(stats.connections), bytes(stats.memoryBytes))}`}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function RefusalsPanel({ refusals }: { refusals: Stats['refusals'] }) {
  const bars = refusals
    .toSorted((a, b) => b.count - a.count)
    .map(({ code, count: own, lastMinute }) => ({
      label: code,
      count: own,
      text: lastMinute > 0 ? t.lately(count(own), count(lastMinute)) : count(own),
      tint: 'd' as const,
    }));
  return (
    <Panel
      title={t.refusals}
      aside={<span className="muted small">{t.sinceStart}</span>}
      testId="refusals-panel"
    >
      <BarList bars={bars} empty={t.noRefusals} />
    </Panel>
  );
}
