// Numbers, sizes and lengths of time as operators read them: short, and of a steady width in tables.
import { texts } from '../ui/texts';
import { dashboard } from '../ui/texts/dashboard';

const { language } = texts;
const units = dashboard.units;
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
const percentage = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });

type Figure = number | null | undefined;
const known = (value: Figure): value is number => value !== null && value !== undefined;

export const count = (value: Figure): string =>
  known(value) ? whole.format(value) : units.unknown;

/** For the axis of a chart, where every figure has the same little room. */
export const short = (value: number): string => compact.format(value);

/** Small figures keep a decimal, so that one in ten seconds is not none. */
export const rate = (value: Figure): string =>
  known(value) ? (value < 10 ? tenth : whole).format(value) : units.unknown;

/** Whole where it may be, never 100 % of what is not all, nor 0 % of what is not none. */
export function share(part: number, all: number): string {
  if (all === 0) return units.unknown;
  const ratio = part / all;
  if (ratio <= 0 || ratio >= 1 || (ratio >= 0.01 && ratio <= 0.99)) return percentage.format(ratio);
  return exact.format(Math.min(Math.max(ratio, 0.001), 0.999));
}

const BYTES = ['B', 'KB', 'MB', 'GB', 'TB'];

export function bytes(value: Figure): string {
  if (!known(value)) return units.unknown;
  let size = value;
  let unit = 0;
  for (; size >= 1000 && unit < BYTES.length - 1; unit += 1) size /= 1000;
  return `${(size < 10 && unit > 0 ? tenth : whole).format(size)} ${BYTES[unit]}`;
}

/** The two greatest units of a length of time: "340 ms", "2.5 s", "4 min 10 s", "3 h 5 min". */
export function span(seconds: Figure): string {
  if (!known(seconds)) return units.unknown;
  if (seconds < 0) return `−${span(-seconds)}`;
  if (seconds === 0) return units.second('0');
  if (seconds < 1) return units.millisecond(whole.format(Math.max(1, seconds * 1000)));
  if (seconds < 10) return units.second(tenth.format(seconds));
  const rounded = Math.round(seconds);
  const pair = (big: number, small: number, bigUnit: Unit, smallUnit: Unit) =>
    small === 0 ? units[bigUnit](`${big}`) : `${units[bigUnit](`${big}`)} ${units[smallUnit](`${small}`)}`;
  if (rounded < 60) return units.second(`${rounded}`);
  if (rounded < 3600) {
    return pair(Math.floor(rounded / 60), rounded % 60, 'minute', 'second');
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), minutes % 60, 'hour', 'minute');
  const hours = Math.round(seconds / 3600);
  return pair(Math.floor(hours / 24), hours % 24, 'day', 'hour');
}
type Unit = 'second' | 'minute' | 'hour' | 'day';

const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' });
const dayClock = new Intl.DateTimeFormat(language, {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});
const fullClock = new Intl.DateTimeFormat(language, {
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit',
  hourCycle: 'h23',
});
const dayOnly = new Intl.DateTimeFormat(language, {
  day: 'numeric', month: 'short', timeZone: 'UTC',
});
const monthOnly = new Intl.DateTimeFormat(language, {
  month: 'short', year: 'numeric', timeZone: 'UTC',
});

type Time = string | number | null;
function told(format: Intl.DateTimeFormat, time: Time): string {
  if (time === null) return units.unknown;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? units.unknown : format.format(date);
}

export const atClock = (time: Time): string => told(clock, time);
export const atDayAndClock = (time: Time): string => told(dayClock, time);
export const atSecond = (time: Time): string => told(fullClock, time);
/** Of "2026-11-28" and "2026-11", which have no zone. */
export const onDay = (day: string): string => told(dayOnly, `${day}T00:00:00Z`);
export const inMonth = (month: string): string => told(monthOnly, `${month}-01T00:00:00Z`);

/** The end of an id: the beginning of one that was made in the same second is the same. */
export const shortId = (id: string): string => `…${id.slice(-8)}`;
