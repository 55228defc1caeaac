// @vitest-environment happy-dom
// Parts of the room drawn from a state, without a server.
import {
  initialRoom,
  ServerClock,
  type Operation,
  type Outcome,
  type RoomClient,
  type RoomState,
} from '@tarotforge/client';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import {
  card,
  drawn,
  GUEST,
  HOST,
  joinedRoom,
  operation,
  play,
  session,
  T0,
} from '../../packages/client/src/testing/samples';
import { texts } from '../ui/texts';
import { RoomBanners } from './banners';
import { RoomProvider } from './context';
import { RoomFoot } from './foot';
import { cameAndWent, News } from './news';
import { People } from './people';
import { Notes } from './reading_panel';
import { Steps } from './steps';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function show(part: ReactNode, change: Partial<RoomState>, more: Partial<RoomClient> = {}) {
  const state = { ...initialRoom, ...joinedRoom(), ...change };
  const operate = vi.fn();
  const client = { store: createStore(() => state), operate, ...more } as unknown as RoomClient;
  render(<RoomProvider client={client}>{part}</RoomProvider>);
  return { operate };
}

test.each(['reconnecting', 'offline', 'restarting'] as const)(
  'UI8 a banner says that the room is %s, and what that means',
  (link) => {
    show(<RoomBanners />, { link });
    expect(screen.getByTestId('offline-banner').textContent).toBe(texts.banner[link]);
  },
);

test('UI8 a room that is live and saves has no banner, one that cannot save has its own', () => {
  show(<RoomBanners />, { link: 'live' });
  expect(screen.queryByRole('status')).toBeNull();
  cleanup();
  show(<RoomBanners />, { link: 'live', savingPaused: true });
  expect(screen.getByTestId('saving-banner').textContent).toBe(texts.banner.savingPaused);
});

test('UI11 UI8 the foot says how long the room stays open, and what waits while it cannot be sent', () => {
  const waiting = { key: 'k', request: { kind: 'shuffle' as const }, madeAt: 0 };
  show(<RoomFoot />, { link: 'offline', queue: [waiting, { ...waiting, key: 'l' }] });
  expect(screen.getByTestId('stays-open').textContent).toContain('1 hour');
  expect(screen.getByTestId('pending-operations').textContent).toBe(texts.room.pending(2));
});

test('UI8 what waits is said on a good connection too, once it waits for long', () => {
  vi.useFakeTimers();
  const queue = [{ key: 'k', request: { kind: 'shuffle' as const }, madeAt: 0 }];
  show(<RoomFoot />, { link: 'live', queue });
  expect(screen.queryByTestId('pending-operations')).toBeNull();
  act(() => void vi.advanceTimersByTime(5_000));
  expect(screen.getByTestId('pending-operations').textContent).toBe(texts.room.pending(1));
});

test('HO6 in a room without a host everybody is offered the role', () => {
  const clock = new ServerClock();
  const { [HOST]: _host, ...people } = joinedRoom().people;
  show(<People />, { you: GUEST, people }, { clock });
  expect(screen.getByTestId('take-over-host')).toBeTruthy();
  expect(screen.getByText(texts.people.noHost)).toBeTruthy();
  cleanup();
  show(<People />, { you: GUEST }, { clock });
  expect(screen.queryByTestId('take-over-host')).toBeNull();
});

test('UI26 the host goes from step to step, and others only see where the reading is', () => {
  const shown = session({ readingStep: 'drawing' });
  const { operate } = show(<Steps />, { shown });
  screen.getByTestId('next-step').click();
  expect(operate).toHaveBeenCalledWith({ kind: 'set_step', step: 'interpretation' });
  cleanup();
  show(<Steps />, { shown, you: GUEST });
  expect(screen.queryByTestId('next-step')).toBeNull();
  expect(screen.getByTestId('step-drawing').getAttribute('aria-current')).toBe('step');
  expect(screen.getByTestId('step-setup').hasAttribute('disabled')).toBe(true);
});

test('UI44 what is typed while the notes are being saved stays', async () => {
  const { operate } = show(<Notes />, {});
  let settle = (_: Outcome) => {};
  operate.mockReturnValueOnce(new Promise<Outcome>((resolve) => (settle = resolve)));
  const notes = () => screen.getByTestId<HTMLTextAreaElement>('interpretation-input');
  fireEvent.change(notes(), { target: { value: 'The shore' } });
  screen.getByTestId('interpretation-save').click();
  fireEvent.change(notes(), { target: { value: 'The shore is behind us.' } });
  await act(async () => settle({ status: 'done', version: 1 }));
  expect(notes().value).toBe('The shore is behind us.');
  expect(operate).toHaveBeenCalledWith({ kind: 'interpret', text: 'The shore' });
});

test('UI45 what others do is told, one\'s own doings and each step of a moving hand are not', () => {
  const [news, room] = [new News(), joinedRoom()];
  const told = (by: string, kind: Operation['kind'], fields: Partial<Operation>, at = 0) =>
    news.ofOperation({ ...operation(1, kind, fields), by }, room, at);
  const moon = card({ faceUp: true, name: 'The Moon', isReversed: true });
  expect(told(GUEST, 'flip', { card: moon })).toBe('Ben turned The Moon, reversed.');
  expect(told(HOST, 'flip', { card: moon })).toBeNull();
  expect(told(GUEST, 'lock_table', { tableLocked: false })).toBe('Ben unlocked the table.');
  expect(told(GUEST, 'move', { card: moon }, 1_000)).not.toBeNull();
  expect(told(GUEST, 'rotate', { card: moon }, 5_000)).toBeNull();
  expect(told(GUEST, 'move', { card: moon }, 9_000)).not.toBeNull();
});

test('UI45 who comes and who goes is told', () => {
  const before = joinedRoom();
  const left = { joins: {}, leaves: { [GUEST]: { metas: [] } } };
  const gone = play([{ type: 'presence_diff', diff: left, at: T0 }], before);
  expect(cameAndWent(before, gone)).toEqual(['Ben is away.']);
  expect(cameAndWent(gone, before)).toEqual(['Ben is here.']);
  expect(cameAndWent(before, play([{ type: 'operation', operation: drawn(1, 0, 'past') }], before)))
    .toEqual([]);
});
