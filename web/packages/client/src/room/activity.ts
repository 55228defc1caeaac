// Decides when this browser reports that a person did something. It hears of input and of the
// page's visibility and calls `send`; it knows neither the DOM nor the wire.
// Invariants: at most one active report per interval, none without input, and while the room is
// warned the first deliberate input goes out at once as a keep-alive.

export interface ActivityReport {
  visible: boolean;
  active: boolean;
}

export interface ActivityWires {
  send(report: ActivityReport): void;
  keepAlive(): void;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  setTimer(run: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
}

// An unanswered keep-alive may be repeated by the next input, but not by each key of a burst.
const KEEP_ALIVE_REPEAT_MS = 1_000;

export class ActivityReporter {
  private readonly wires: ActivityWires;
  private intervalMs: number;
  private visible: boolean;
  private warned = false;
  private lastReportMs = -Infinity;
  private lastKeepAliveMs = -Infinity;
  private timer: unknown = null;

  constructor(wires: ActivityWires, options: { intervalSeconds: number; visible: boolean }) {
    this.wires = wires;
    this.intervalMs = options.intervalSeconds * 1000;
    this.visible = options.visible;
  }

  setInterval(seconds: number): void {
    this.intervalMs = seconds * 1000;
  }

  setWarned(warned: boolean): void {
    this.warned = warned;
    if (warned) this.lastKeepAliveMs = -Infinity;
  }

  /** `deliberate`: a click, a key or a touch; a pointer that merely moves is not. */
  input(deliberate: boolean): void {
    const now = this.wires.now();
    if (this.warned) {
      if (!deliberate || now - this.lastKeepAliveMs < KEEP_ALIVE_REPEAT_MS) return;
      this.lastKeepAliveMs = now;
      this.activityReported();
      this.wires.keepAlive();
      return;
    }
    if (now - this.lastReportMs >= this.intervalMs) this.report();
    else this.timer ??= this.wires.setTimer(() => this.report(), this.dueInMs(now));
  }

  /** Something else just counted as activity: an operation, a keep-alive, a join. */
  activityReported(): void {
    this.lastReportMs = this.wires.now();
    this.cancelTimer();
  }

  /** A server takes whoever joins for somebody who looks, also where a hidden page came back. */
  joined(): void {
    this.activityReported();
    if (!this.visible) this.wires.send({ visible: false, active: false });
  }

  /** Told at once; input that still waited for its turn goes with it. */
  visibilityChanged(visible: boolean): void {
    if (visible === this.visible) return;
    this.visible = visible;
    const active = this.timer !== null;
    if (active) this.activityReported();
    this.wires.send({ visible, active });
  }

  stop(): void {
    this.cancelTimer();
  }

  private report(): void {
    this.activityReported();
    this.wires.send({ visible: this.visible, active: true });
  }

  private dueInMs(now: number): number {
    return this.lastReportMs + this.intervalMs - now;
  }

  private cancelTimer(): void {
    if (this.timer !== null) this.wires.clearTimer(this.timer);
    this.timer = null;
  }
}
