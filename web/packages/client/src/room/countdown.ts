// Arithmetic of the countdown. Pure; the time comes in.

/** Whole seconds until the deadline, rounded up so that 0 means reached, and never negative. */
export function secondsUntil(deadline: string, nowMs: number): number {
  return Math.max(0, Math.ceil((Date.parse(deadline) - nowMs) / 1000));
}

/** How long until the shown number changes: ticks land on the server's seconds. */
export function millisecondsToNextTick(deadline: string, nowMs: number): number {
  const left = Date.parse(deadline) - nowMs;
  if (left <= 0) return 0;
  const part = left % 1000;
  return part === 0 ? 1000 : part;
}

export function clockFace(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  if (hours === 0) return `${minutes}:${rest}`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}
