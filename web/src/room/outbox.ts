// Operations on their way to the server: one at a time, in order, each with its own key, so that
// sending one again after a lost answer changes nothing. A bounded queue; nothing is dropped in
// silence: every operation ends as done, refused, or replaced by a newer move of the same card.
import { newKey } from '../protocol/http';
import { isRetryable } from '../protocol/problem';
import type { PushAnswer } from '../protocol/connection';
import type { OperationKind, Problem } from '../protocol/types';

export interface OperationRequest {
  kind: OperationKind;
  [field: string]: unknown;
}

export type Outcome =
  | { status: 'done'; version: number | null }
  | { status: 'refused'; problem: Problem }
  | { status: 'replaced' };

interface Entry {
  key: string;
  request: OperationRequest;
  settle(outcome: Outcome): void;
}

export interface OutboxWires {
  send(payload: object): Promise<PushAnswer>;
  changed(pending: number, savingPaused: boolean): void;
  setTimer(run: () => void, ms: number): unknown;
}

// A person offline makes a few dozen moves; more means that something is wrong.
const MAX_QUEUED = 200;
// Between tries while the server says that it cannot save; it may also name its own delay.
const RETRY_MS = 2_000;

export class OperationOutbox {
  private readonly wires: OutboxWires;
  private readonly queue: Entry[] = [];
  private live = false;
  private sending = false;
  private savingPaused = false;

  constructor(wires: OutboxWires) {
    this.wires = wires;
  }

  add(request: OperationRequest): Promise<Outcome> {
    if (this.queue.length >= MAX_QUEUED) {
      return Promise.resolve({ status: 'refused', problem: { status: 0, code: 'queue_full' } });
    }
    this.replaceWaitingMove(request);
    return new Promise((settle) => {
      this.queue.push({ key: newKey(), request, settle });
      this.tell();
      void this.pump();
    });
  }

  /** Live: the room's topic is joined. Otherwise operations wait. */
  setLive(live: boolean): void {
    this.live = live;
    if (live) void this.pump();
  }

  /** The room is over: what still waits will never be sent. */
  refuseAll(problem: Problem): void {
    for (const entry of this.queue.splice(0)) entry.settle({ status: 'refused', problem });
    this.savingPaused = false;
    this.tell();
  }

  /** A drag makes many moves; only the newest of one card needs to arrive. */
  private replaceWaitingMove(request: OperationRequest): void {
    const last = this.queue.at(-1);
    const inFlight = this.sending && this.queue.length === 1;
    if (!last || inFlight || request.kind !== 'move' || last.request.kind !== 'move') return;
    if (last.request.card !== request.card) return;
    this.queue.pop();
    last.settle({ status: 'replaced' });
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let pauseMs: number | null = null;
    while (this.live && pauseMs === null) {
      const entry = this.queue[0];
      if (!entry) break;
      const answer = await this.wires.send({ key: entry.key, ...entry.request });
      pauseMs = this.answered(entry, answer);
    }
    this.sending = false;
    if (pauseMs !== null) this.wires.setTimer(() => void this.pump(), pauseMs);
  }

  /** How long to pause before the next try of the same entry; null where it is settled. */
  private answered(entry: Entry, answer: PushAnswer): number | null {
    if (answer.status === 'unsent') return RETRY_MS;
    const waits = answer.status === 'error' && isRetryable(answer.problem);
    this.savingPaused = waits;
    if (waits) {
      this.tell();
      return (answer.problem.retryAfterSeconds ?? 0) * 1000 || RETRY_MS;
    }
    if (this.queue[0] === entry) this.queue.shift();
    this.tell();
    if (answer.status === 'error') entry.settle({ status: 'refused', problem: answer.problem });
    else entry.settle({ status: 'done', version: versionOf(answer.response) });
    return null;
  }

  private tell(): void {
    this.wires.changed(this.queue.length, this.savingPaused);
  }
}

const versionOf = (response: Record<string, unknown>): number | null =>
  typeof response.version === 'number' ? response.version : null;
