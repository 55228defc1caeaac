// Moments and durations as people read them, in the page's language and their own time zone.
import { texts } from './texts';

const moment = new Intl.DateTimeFormat(texts.language, {
  dateStyle: 'medium',
  timeStyle: 'short',
});
const day = new Intl.DateTimeFormat(texts.language, { dateStyle: 'long' });
const timeOfDay = new Intl.DateTimeFormat(texts.language, { timeStyle: 'short' });

function formatted(format: Intl.DateTimeFormat, time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : format.format(date);
}

export const atMoment = (time: string | number): string => formatted(moment, time);

export const atDay = (time: string | number): string => formatted(day, time);

export const atTime = (time: string | number): string => formatted(timeOfDay, time);

const { units } = texts;

/** A duration in words, as exact as a person needs: "1 hour", "90 seconds", "1 hour 30 minutes". */
export function inWords(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 120) return whole === 60 ? units.minutes(1) : units.seconds(whole);
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return units.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? units.hours(hours) : `${units.hours(hours)} ${units.minutes(rest)}`;
}
