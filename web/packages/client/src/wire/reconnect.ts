// What close codes mean, and how long to wait before trying again. Pure.
import type { CloseReason } from './events.ts';

/** 40xx and everything that is no word of this server (1006, 1001 …): come back. 45xx: do not. */
export const mayReturn = (closeCode: number): boolean => closeCode < 4500 || closeCode > 4599;

const BY_CODE: Record<number, CloseReason> = {
  4500: 'kicked',
  4501: 'replaced',
  4502: 'protocol_error',
};

const WORDS: CloseReason[] = ['kicked', 'replaced', 'left', 'protocol_error'];

export function closeReason(said: number | string | undefined): CloseReason {
  if (typeof said === 'number') return BY_CODE[said] ?? 'unknown';
  return WORDS.find((word) => word === said) ?? 'unknown';
}

// Quick at first, for a blink of the network; then slow enough for a server that restarts.
const BACKOFF_MS = [250, 500, 1_000, 2_000, 4_000];
const BACKOFF_MAX_MS = 5_000;

/** Half of the step is chance, so that a room of people does not return in one instant. */
export function reconnectDelay(tries: number, chance: number): number {
  const step = BACKOFF_MS[tries - 1] ?? BACKOFF_MAX_MS;
  return Math.round(step / 2 + (step / 2) * chance);
}
