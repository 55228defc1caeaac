// Asks the server over HTTP whether the room still lives: each interval while the socket is down,
// and soon after a deadline that nobody reported. The answer goes to the reducer; the clock learns
// from it too.
import type { Answer } from '../wire/http.ts';
import type { Expiry } from '../wire/types.ts';
import type { ServerClock } from './clock.ts';

// The server expires within 1 s of the deadline (EX3); then the news should have come.
const AFTER_DEADLINE_MS = 1_500;
// SESSION_EXPIRY_CHECK_MINUTES' default, until the join reply names the one in force.
const DEFAULT_INTERVAL_SECONDS = 300;
// setTimeout counts in 32 bits; a longer wait would fire at once.
const MAX_TIMER_MS = 2 ** 31 - 1;

export class ExpiryCheck {
  private readonly ask: () => Promise<Answer<Expiry>>;
  private readonly clock: ServerClock;
  private readonly answered: (expiry: Expiry) => void;
  private intervalMs = DEFAULT_INTERVAL_SECONDS * 1000;
  private socketDown = false;
  private expected: string | null = null;
  private poll: ReturnType<typeof setInterval> | undefined;
  private deadlineTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    ask: () => Promise<Answer<Expiry>>,
    wires: { clock: ServerClock; answered: (expiry: Expiry) => void },
  ) {
    this.ask = ask;
    this.clock = wires.clock;
    this.answered = wires.answered;
  }

  setInterval(seconds: number): void {
    this.intervalMs = seconds * 1000;
  }

  setSocketDown(down: boolean): void {
    if (down === this.socketDown) return;
    this.socketDown = down;
    clearInterval(this.poll);
    if (down) this.poll = setInterval(() => void this.askNow(), this.intervalMs);
  }

  /** When the room is due to expire; null when it is not. */
  expect(deadline: string | null): void {
    if (deadline === this.expected) return;
    this.expected = deadline;
    this.armDeadline();
  }

  async askNow(): Promise<void> {
    const started = performance.now();
    const answer = await this.ask();
    if (!answer.ok) return;
    this.clock.sample(answer.value.serverTime, performance.now() - started);
    console.debug(`Session expiry check: ${answer.value.expired}`);
    this.answered(answer.value);
    if (!answer.value.expired) this.armDeadline();
  }

  stop(): void {
    clearInterval(this.poll);
    clearTimeout(this.deadlineTimer);
    this.socketDown = false;
    this.expected = null;
  }

  private armDeadline(): void {
    clearTimeout(this.deadlineTimer);
    if (this.expected === null) return;
    const left = Math.max(0, Date.parse(this.expected) - this.clock.now());
    const delay = Math.min(left + AFTER_DEADLINE_MS, MAX_TIMER_MS);
    this.deadlineTimer = setTimeout(() => void this.askNow(), delay);
  }
}
