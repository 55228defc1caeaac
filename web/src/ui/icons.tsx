// Line icons of one hand: 24-unit grid, 1.6 stroke, the current colour. Decorative: they carry no
// name of their own; the control around them does.
const paths = {
  warning: 'M12 3.5 2.5 20h19L12 3.5Zm0 6v5m0 3v.01',
  home: 'M4 11.5 12 4.5l8 7M6 10v9.5h12V10M10 19.5v-5h4v5',
  cards: 'M4.5 6.5l8-2.5 4 12.5-8 2.5-4-12.5Zm9-1 5.5 1v13h-6',
  restore: 'M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5',
  copy: 'M9 9h10v11H9V9Zm-4 6V4h10',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c.6-3.8 3.4-5.5 7-5.500s6.4 1.7 7 5.5',
  removePerson: 'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c.6-3.8 3.4-5.5 7-5.5s6.4 1.7 7 5.5M17 9h5',
  leave: 'M14 4h5v16h-5M4 12h10m-4-4 4 4-4 4',
  lock: 'M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3',
  unlock: 'M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 6.8-1.2',
  shuffle: 'M4 7h4l8 10h4m-3-3 3 3-3 3M4 17h4l2.5-3.100M14 9.1 16 7h4m-3-3 3 3-3 3',
  edit: 'M5 19h3.500L19 8.5 15.5 5 5 15.500V19Z',
  close: 'M6 6l12 12M18 6 6 18',
  rotateLeft: 'M5 8v5h5M5.5 13a7 7 0 1 1 1.6 4.5',
  rotateRight: 'M19 8v5h-5m4.5 0a7 7 0 1 0-1.6 4.5',
  flip: 'M12 4v16M9 6H4v12h5m6-12h5v12h-5',
  eye:
    'M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6Z' +
    'm9.5 2.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  undo: 'M9 7 4.5 11.5 9 16M5 11.500h9a5 5 0 0 1 0 10h-2',
  clear: 'M4 20h16M6 16l7-11 5 3.500L11.5 20',
  link:
    'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1' +
    'm2 3.7a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  crown: 'M4 18h16l1-10-5 4-4-7-4 7-5-4 1 10Z',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
