// Whether the host has been away long enough for somebody to take the role over. Pure.
import type { Person } from './state.ts';

/** As the server has it (HO2); it decides, this only shows the button in time. */
export const HOST_AWAY_MS = 120_000;

export function hostAway(host: Person | null, nowMs: number): boolean {
  if (!host || host.presence !== 'offline') return false;
  if (host.since === null) return true;
  return nowMs - Date.parse(host.since) >= HOST_AWAY_MS;
}
