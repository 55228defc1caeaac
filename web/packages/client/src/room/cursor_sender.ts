// Tells where this hand is, at most 20 times a second, the last place never lost. It knows neither
// the DOM nor the wire.
import type { Cursor } from '../wire/types.ts';

export interface CursorWires {
  send(cursor: Cursor): void;
  now(): number;
  setTimer(run: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
}

// The server drops more than 20 a second (PH13); timers are a little early now and then.
export const CURSOR_EVERY_MS = 55;

export class CursorSender {
  private readonly wires: CursorWires;
  private waiting: Cursor | null = null;
  private timer: unknown = null;
  private sentAt = -Infinity;

  constructor(wires: CursorWires) {
    this.wires = wires;
  }

  move(cursor: Cursor): void {
    this.waiting = cursor;
    if (this.timer !== null) return;
    const wait = this.sentAt + CURSOR_EVERY_MS - this.wires.now();
    if (wait <= 0) this.send();
    else this.timer = this.wires.setTimer(() => this.send(), wait);
  }

  stop(): void {
    if (this.timer !== null) this.wires.clearTimer(this.timer);
    this.timer = null;
    this.waiting = null;
  }

  private send(): void {
    this.timer = null;
    if (!this.waiting) return;
    this.sentAt = this.wires.now();
    const cursor = this.waiting;
    this.waiting = null;
    this.wires.send(cursor);
  }
}
