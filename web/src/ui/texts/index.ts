// Every English sentence and label of the web client, in one place. Whole sentences, plain words.
// The server's problems have theirs in the client package; here are those of this client.
import { pages } from './pages';
import { room } from './room';

const problems = {
  network: 'The server cannot be reached. Check your connection and try again.',
  queue_full: 'Too many changes are waiting for the connection. Wait until it is back.',
  protocol_error: 'This page and the server do not understand each other. Reload the page.',
  no_seat: 'This browser has no seat in this reading. Open the invitation link to join it.',
};

const titles = {
  unauthorized: 'No longer in this reading',
  network: 'No connection',
  no_seat: 'Not in this reading yet',
  other: 'Something is in the way',
};

const plural = (one: string, other: string) => (count: number) =>
  `${count} ${count === 1 ? one : other}`;

export const texts = {
  ...pages,
  ...room,
  /** Of dates and numbers, and of the page. */
  language: 'en',
  units: {
    seconds: plural('second', 'seconds'),
    minutes: plural('minute', 'minutes'),
    hours: plural('hour', 'hours'),
  },
  problems,
  titles,
  appName: 'TarotForge',
  tagline: 'A quiet table for reading the cards together.',
  nav: { home: 'Home', marketplace: 'Marketplace', skip: 'Skip to the content' },
  layouts: {
    'single-card': 'Single card',
    'three-card': 'Three cards',
    'celtic-cross': 'Celtic cross',
    freestyle: 'Freestyle',
  },
  positions: {
    card: 'The card',
    past: 'Past',
    present: 'Present',
    future: 'Future',
    challenge: 'Challenge',
    foundation: 'Foundation',
    crown: 'Crown',
    self: 'Self',
    environment: 'Environment',
    'hopes-fears': 'Hopes and fears',
    outcome: 'Outcome',
  } as Record<string, string>,
  preferences: {
    title: 'Settings',
    theme: 'Theme',
    themes: { system: 'System default', light: 'Light', dark: 'Dark' },
    sound: 'Sound with the warning',
  },
  actions: { home: 'Home', marketplace: 'Marketplace', retry: 'Try again' },
  form: { nameTooLong: 'A name has at most 64 characters.' },
  close: 'Close',
  dismiss: 'Dismiss',
};
