// Moments as people read them, in the page's language and their own time zone.
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export function atMoment(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : moment.format(date);
}
