// The panels of the analytics page.
import { useMemo, type CSSProperties } from 'react';
import { dashboard } from '../ui/texts/dashboard';
import { everyDay, funnelOf, heat, ranked, type Slice } from './analytics_figures';
import { Chart, type Tint } from './chart';
import { count, inMonth, onDay, share } from './format';
import { BarList, Facts, Panel, Parts } from './parts';
import type { Analytics } from './types';

const t = dashboard.analytics;

export function DaysPanel({ figures }: { figures: Analytics }) {
  const { at, lines } = useMemo(() => {
    const days = everyDay(figures);
    const column = (name: 'created' | 'expired' | 'completed') => days.map((day) => day[name]);
    return {
      at: days.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 1000),
      lines: [
        { label: t.created, tint: 'a' as const, values: column('created') },
        { label: dashboard.states.expired, tint: 'b' as const, values: column('expired') },
        { label: dashboard.states.completed, tint: 'c' as const, values: column('completed') },
      ],
    };
  }, [figures]);
  const day = (ms: number) => onDay(new Date(ms).toISOString().slice(0, 10));
  return (
    <section className="panel panel-wide" data-testid="days-panel">
      <Chart
        title={t.perDay}
        alone
        at={at}
        lines={lines}
        format={count}
        atTime={day}
        onTimeAxis={day}
        days
        testId="days"
      />
    </section>
  );
}

export function FunnelPanel({ funnel }: { funnel: Analytics['funnel'] }) {
  const steps = funnelOf(funnel);
  return (
    <Panel title={t.funnel} testId="funnel">
      <BarList
        of={funnel.created}
        empty={t.nothing}
        bars={steps.map(({ step, value }) => ({
          label: t.steps[step],
          count: value,
          text: `${count(value)} · ${share(value, funnel.created)}`,
          tint: 'a',
        }))}
      />
    </Panel>
  );
}

export function OutcomePanel({ figures }: { figures: Analytics }) {
  const { ended, warnings, restores } = figures;
  return (
    <Panel title={t.outcome} testId="outcome">
      <Parts
        parts={[
          { label: dashboard.states.completed, count: ended.completed, tint: 'c' },
          { label: dashboard.states.expired, count: ended.expired, tint: 'b' },
        ]}
      />
      <Facts
        facts={[
          {
            label: t.warningsAnswered,
            value: share(warnings.answered, warnings.sent),
            note: t.ofSent(count(warnings.answered), count(warnings.sent)),
          },
          {
            label: t.restores,
            value: count(restores),
            note: t.ofExpired(share(restores, ended.expired)),
          },
        ]}
      />
    </Panel>
  );
}

interface ListProps {
  title: string;
  slices: Slice[];
  tint: Tint;
  /** Of more, the most frequent, and the rest in one line. */
  most?: number;
}

export function ListPanel({ title, slices, tint, most }: ListProps) {
  const shown = most === undefined || slices.length <= most ? slices : ranked(slices, most, t.others);
  const all = slices.reduce((sum, slice) => sum + slice.count, 0);
  return (
    <Panel title={title}>
      <BarList
        empty={t.nothing}
        bars={shown.map((slice) => ({
          ...slice,
          tint,
          text: `${count(slice.count)} · ${share(slice.count, all)}`,
        }))}
      />
    </Panel>
  );
}

export function HoursPanel({ hours, zone }: { hours: number[][]; zone: string }) {
  const warmth = heat(hours);
  return (
    <Panel
      title={t.hours}
      aside={<span className="muted small">{zone.replaceAll('_', ' ')}</span>}
      wide
      testId="hours"
    >
      <table className="heat">
        <thead>
          <tr>
            <td />
            {Array.from({ length: 24 }, (_, hour) => (
              <th key={hour} scope="col" data-quarter={hour % 6 === 0}>
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((day, weekday) => (
            <tr key={weekday}>
              <th scope="row">{t.weekdays[weekday]}</th>
              {day.map((value, hour) => (
                <td
                  key={hour}
                  title={t.cell(t.weekdays[weekday] ?? '', hour, count(value))}
                  style={{ '--heat': warmth[weekday]?.[hour] ?? 0 } as CSSProperties}
                >
                  <span className="hidden-text">{count(value)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted small">{t.hoursHint(count(Math.max(0, ...hours.flat())))}</p>
    </Panel>
  );
}

const MOST_MONTHS = 6; // columns that a phone has room for

export function CohortsPanel({ cohorts }: { cohorts: Analytics['cohorts'] }) {
  const months = Math.min(MOST_MONTHS, Math.max(0, ...cohorts.map((each) => each.returned.length)));
  return (
    <Panel title={t.cohorts} wide testId="cohorts">
      {cohorts.length === 0 && <p className="muted">{t.noCohorts}</p>}
      {cohorts.length > 0 && (
        <table className="figures cohorts">
          <thead>
            <tr>
              <th scope="col">{t.month}</th>
              <th scope="col">{t.hosts}</th>
              {Array.from({ length: months }, (_, month) => (
                <th key={month} scope="col" title={t.after(month + 1)}>
                  +{month + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map(({ month, hosts, returned }) => (
              <tr key={month}>
                <th scope="row">{inMonth(month)}</th>
                <td>{count(hosts)}</td>
                {Array.from({ length: months }, (_, index) => {
                  const back = returned[index];
                  const part = back === undefined || hosts === 0 ? 0 : back / hosts;
                  return (
                    <td key={index} style={{ '--heat': part } as CSSProperties}>
                      {back === undefined ? '' : share(back, hosts)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="muted small">{t.cohortsHint}</p>
    </Panel>
  );
}
