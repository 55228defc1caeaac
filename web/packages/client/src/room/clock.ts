// The server's time, kept on this browser's steady clock. A wrong or jumping wall clock here
// changes nothing. Each sample from the server replaces the last one.

export class ServerClock {
  private serverMs: number | null = null;
  private steadyMs = 0;
  private readonly steady: () => number;

  constructor(steady: () => number = () => performance.now()) {
    this.steady = steady;
  }

  /** `roundTripMs`: how long the answer took; half of it has passed since the server spoke. */
  sample(serverTime: string, roundTripMs = 0): void {
    const at = Date.parse(serverTime);
    if (Number.isNaN(at)) return;
    this.serverMs = at + roundTripMs / 2;
    this.steadyMs = this.steady();
  }

  /** Milliseconds since 1970 on the server; the local wall clock until the first sample. */
  now(): number {
    if (this.serverMs === null) return Date.now();
    return this.serverMs + (this.steady() - this.steadyMs);
  }
}
