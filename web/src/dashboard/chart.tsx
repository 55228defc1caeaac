// Lines over time, drawn by uPlot in the page's colours. The newest values, or those under the pointer,
// stand above it as text; charts with the same `sync` share the pointer.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { usePreferences } from '../ui/preferences';
import { atDayAndClock, short } from './format';

export type Tint = 'a' | 'b' | 'c' | 'd';

export interface Line {
  label: string;
  values: (number | null)[];
  tint: Tint;
}

interface ChartProps {
  title: string;
  /** It stands for itself, not under a heading. */
  alone?: boolean;
  /** Unix seconds. */
  at: number[];
  lines: Line[];
  /** Of values in the text above; on the axis `onAxis`. */
  format: (value: number | null) => string;
  onAxis?: (value: number) => string;
  atTime?: (ms: number) => string;
  onTimeAxis?: (ms: number) => string;
  sync?: string;
  /** The times are days, which have no zone. */
  days?: boolean;
  /** The axis goes up to here at least. */
  least?: number;
  testId?: string;
}

const HEIGHT = 168;
const FONT = '11px Inter, system-ui, sans-serif';
const HEADROOM = 1.12;
const HALF_DAY = 43_200; // seconds

type Palette = Record<string, string>;

/** The colours of tokens as this theme has them: a canvas does not know light-dark(). */
function paletteOf(host: HTMLElement): Palette {
  const probe = document.createElement('i');
  host.append(probe);
  const colour = (value: string) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = { muted: colour('var(--muted)'), line: colour('var(--line)') };
  for (const tint of ['a', 'b', 'c', 'd']) {
    palette[tint] = colour(`var(--chart-${tint})`);
    palette[`${tint}-fill`] = colour(`color-mix(in srgb, var(--chart-${tint}) 14%, transparent)`);
  }
  probe.remove();
  return palette;
}

const clock = (ms: number) => atDayAndClock(ms).slice(-5);

export function Chart(props: ChartProps) {
  const { title, at, lines, format, atTime = atDayAndClock, testId } = props;
  const Title = props.alone ? 'h2' : 'h3';
  const [pointed, setPointed] = useState<number | null>(null);
  const row = pointed ?? at.length - 1;
  const said = lines.map(({ label, values }) => `${label} ${format(values[row] ?? null)}`);
  const time = at[row];
  return (
    <figure className="chart" data-testid={testId}>
      <figcaption>
        <Title>{title}</Title>
        <ul className="chart-key">
          {lines.map(({ label, tint, values }) => (
            <li key={label}>
              <i className={`tint tint-${tint}`} aria-hidden="true" />
              {lines.length > 1 && <span>{label}</span>}
              <b>{format(values[row] ?? null)}</b>
            </li>
          ))}
          {pointed !== null && time !== undefined && (
            <li className="muted">{atTime(time * 1000)}</li>
          )}
        </ul>
      </figcaption>
      <div role="img" aria-label={`${title}: ${said.join(', ')}`} className="chart-plot">
        <Plot {...props} onPoint={setPointed} />
      </div>
    </figure>
  );
}

function Plot(props: ChartProps & { onPoint: (row: number | null) => void }) {
  const { at, lines } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const palette = useRef<Palette>({});
  const shape = lines.map(({ label, tint }) => `${label} ${tint}`).join();

  useLayoutEffect(() => {
    const { current } = host;
    if (!current) return undefined;
    palette.current = paletteOf(current);
    const drawn = new uPlot(
      optionsOf(latest, (name) => palette.current[name] ?? '', current.clientWidth),
      dataOf(latest.current),
      current,
    );
    plot.current = drawn;
    const sized = new ResizeObserver(() =>
      drawn.setSize({ width: current.clientWidth, height: HEIGHT }),
    );
    sized.observe(current);
    return () => {
      sized.disconnect();
      drawn.destroy();
    };
  }, [shape]);

  useLayoutEffect(() => plot.current?.setData(dataOf(latest.current)), [at, lines]);

  useThemeChange(() => {
    if (host.current) palette.current = paletteOf(host.current);
    plot.current?.redraw(false);
  });
  return <div ref={host} />;
}

const dataOf = ({ at, lines }: ChartProps): uPlot.AlignedData => [
  at,
  ...lines.map(({ values }) => values),
];

type Latest = { current: ChartProps & { onPoint: (row: number | null) => void } };

function optionsOf(latest: Latest, colour: (name: string) => string, width: number): uPlot.Options {
  const { lines, sync, days, least = 1, onAxis = short, onTimeAxis = clock } = latest.current;
  const grid = { stroke: () => colour('line'), width: 1 };
  const axis = { stroke: () => colour('muted'), font: FONT, ticks: { show: false }, grid };
  return {
    width,
    height: HEIGHT,
    padding: [8, 18, 0, 0], // half a time of day stands beyond the right end
    legend: { show: false },
    ...(days ? { tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'UTC') } : {}),
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 6 },
      ...(sync ? { sync: { key: sync } } : {}),
    },
    scales: {
      // One point alone is drawn as one, on an axis of a day and not of years.
      x: {
        range: (_plot, min, max) =>
          min !== null && min === max ? [min - HALF_DAY, max + HALF_DAY] : [min, max],
      },
      y: { range: (_plot, _min, max) => [0, Math.max((max ?? 0) * HEADROOM, least)] },
    },
    axes: [
      {
        ...axis,
        space: 64,
        size: 28,
        grid: { show: false },
        values: (_plot, splits) => splits.map((seconds) => onTimeAxis(seconds * 1000)),
      },
      { ...axis, size: 52, space: 36, values: (_plot, splits) => splits.map(onAxis) },
    ],
    series: [
      {},
      ...lines.map(({ label, tint }, index) => ({
        label,
        stroke: () => colour(tint),
        width: 1.5,
        points: { show: (drawn: uPlot) => drawn.data[0].length === 1 },
        ...(index === 0 ? { fill: () => colour(`${tint}-fill`) } : {}),
      })),
    ],
    hooks: {
      setCursor: [(drawn) => latest.current.onPoint(drawn.cursor.idx ?? null)],
    },
  };
}

function useThemeChange(changed: () => void): void {
  const call = useRef(changed);
  call.current = changed;
  const theme = usePreferences((preferences) => preferences.theme);
  useEffect(() => call.current(), [theme]);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const listener = () => call.current();
    dark.addEventListener('change', listener);
    return () => dark.removeEventListener('change', listener);
  }, []);
}
