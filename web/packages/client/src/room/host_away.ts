// Whether the host's role may be taken over: there is no host, or the host has been away for long
// enough. Pure.
import type { Person } from './state.ts';

/** As the server has it (HO2, HO6); it decides, this only shows the button in time. */
export const HOST_AWAY_MS = 120_000;

export function hostAway(host: Person | null, nowMs: number): boolean {
  if (!host) return true;
  if (host.presence !== 'offline') return false;
  if (host.since === null) return true;
  return nowMs - Date.parse(host.since) >= HOST_AWAY_MS;
}
