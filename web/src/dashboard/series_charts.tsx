// The charts of the last day, the newest second included.
import { useMemo, useState } from 'react';
import { dashboard } from '../ui/texts/dashboard';
import { Chart } from './chart';
import { bytes, count, rate, span } from './format';
import { useLive } from './live';
import { DAY_SECONDS, lastOf } from './series';

const t = dashboard.charts;
const HOUR = 3600;
const RANGES = [
  [15 * 60, t.minutes(15)],
  [HOUR, t.hours(1)],
  [6 * HOUR, t.hours(6)],
  [DAY_SECONDS, t.hours(24)],
] as const;
const SYNC = 'series';

export function SeriesCharts() {
  const series = useLive((live) => live.series);
  const [seconds, setSeconds] = useState<number>(HOUR);
  const shown = useMemo(() => lastOf(series, seconds), [series, seconds]);
  const { at } = shown;
  const common = { at, sync: SYNC };
  return (
    <section className="panel panel-wide" aria-label={t.title} data-testid="charts">
      <div className="panel-head">
        <h2>{t.title}</h2>
        <Choices options={RANGES} value={seconds} label={t.range} onChange={setSeconds} />
      </div>
      <div className="charts">
        <Chart {...common} title={t.sessions} format={count} lines={[
          { label: t.sessions, tint: 'a', values: shown.activeSessions },
        ]} />
        <Chart {...common} title={t.people} format={count} lines={[
          { label: t.connected, tint: 'a', values: shown.connected },
          { label: t.connections, tint: 'b', values: shown.connections },
        ]} />
        <Chart {...common} title={t.operations} format={rate} lines={[
          { label: t.operations, tint: 'a', values: shown.operations },
        ]} />
        <Chart {...common} title={t.joins} format={rate} lines={[
          { label: t.joins, tint: 'a', values: shown.joins },
        ]} />
        <Chart {...common} title={t.heartbeats} format={rate} lines={[
          { label: t.heartbeats, tint: 'a', values: shown.heartbeats },
        ]} />
        <Chart {...common} title={t.lateness} format={span} onAxis={span} lines={[
          { label: t.lateness, tint: 'c', values: shown.latenessP99 },
        ]} />
        <Chart {...common} title={t.flushLag} format={span} onAxis={span} least={10} lines={[
          { label: t.flushLag, tint: 'c', values: shown.flushLagSeconds },
        ]} />
        <Chart {...common} title={t.memory} format={bytes} onAxis={bytes} lines={[
          { label: t.memory, tint: 'b', values: shown.memoryBytes },
        ]} />
      </div>
    </section>
  );
}

interface ChoicesProps<V> {
  label: string;
  options: readonly (readonly [V, string])[];
  value: V;
  onChange: (value: V) => void;
}

export function Choices<V extends string | number>(props: ChoicesProps<V>) {
  const { label, options, value, onChange } = props;
  return (
    <div className="choices" role="group" aria-label={label}>
      {options.map(([id, text]) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === value}
          data-testid={`choice-${id}`}
          onClick={() => onChange(id)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
