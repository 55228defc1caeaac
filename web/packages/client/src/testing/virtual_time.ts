// A clock and timers that only move when told.
export class VirtualTime {
  now = 0;
  private timers: { at: number; run: () => void }[] = [];

  setTimer = (run: () => void, ms: number): unknown => {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return timer;
  };

  clearTimer = (timer: unknown): void => {
    this.timers = this.timers.filter((known) => known !== timer);
  };

  advance(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.clearTimer(due);
      this.now = due.at;
      due.run();
    }
    this.now = end;
  }
}
