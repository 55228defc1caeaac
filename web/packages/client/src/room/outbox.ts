// Operations on their way to the server: one at a time, in order, each with its own key, so that
// sending one again after a lost answer changes nothing. A bounded queue; nothing is dropped in
// silence: every operation ends as done, refused, or replaced by a newer move of the same card.
// A card drawn here has a negative index until the server names its own; operations on it wait.
import { newKey } from '../wire/http.ts';
import { isRetryable } from '../wire/problem.ts';
import type { PushAnswer } from '../wire/connection.ts';
import type { Operation, Problem, Session } from '../wire/types.ts';
import type { OperationRequest, QueuedOperation } from './optimistic.ts';

export type Outcome =
  | { status: 'done'; version: number | null }
  | { status: 'refused'; problem: Problem }
  | { status: 'replaced' };

interface Entry extends QueuedOperation {
  settle(outcome: Outcome): void;
}

export interface OutboxWires {
  send(payload: object): Promise<PushAnswer>;
  changed(queue: QueuedOperation[], savingPaused: boolean): void;
  refused(request: OperationRequest, problem: Problem): void;
  setTimer(run: () => void, ms: number): unknown;
  now(): number;
  /** Cards drawn here count down from below its negative, as two tabs share a copy and no index. */
  drawnBefore?: number;
}

// A person offline makes a few dozen moves; more means that something is wrong.
const MAX_QUEUED = 200;
// Between tries while the server says that it cannot save; it may also name its own delay.
const RETRY_MS = 2_000;
// The server keeps keys for 24 h; one repeated later would act twice.
const KEY_LIFETIME_MS = 23 * 3_600_000;

export class OperationOutbox {
  private readonly wires: OutboxWires;
  private readonly queue: Entry[] = [];
  private live = false;
  private sending: string | null = null;
  private savingPaused = false;
  private drawnHere: number;
  private session: Session | null = null;
  private unnamed: { drawn: number; position: unknown; version: number }[] = [];

  constructor(wires: OutboxWires) {
    this.wires = wires;
    this.drawnHere = wires.drawnBefore ?? 0;
  }

  /** Goes on with what an earlier life of this page had not sent, as far as it still can be. */
  resume(kept: QueuedOperation[]): void {
    const oldest = this.wires.now() - KEY_LIFETIME_MS;
    const drawn = new Set<unknown>();
    for (const queued of kept.slice(0, MAX_QUEUED)) {
      const { card } = queued.request;
      // A card whose draw is not kept would never be named, and all that follows would wait for it.
      const nameless = isUnnamed(card) && !drawn.has(card);
      if (queued.madeAt < oldest || nameless) continue;
      drawn.add(queued.drawn);
      this.queue.push({ ...queued, settle: () => {} });
    }
    this.tell();
  }

  add(request: OperationRequest): Promise<Outcome> {
    if (this.queue.length >= MAX_QUEUED) {
      const problem = { status: 0, code: 'queue_full' };
      this.wires.refused(request, problem);
      return Promise.resolve({ status: 'refused', problem });
    }
    this.replaceWaitingMove(request);
    return new Promise((settle) => {
      const drawn = request.kind === 'draw' ? { drawn: -(this.drawnHere += 1) } : {};
      this.queue.push({ key: newKey(), request, madeAt: this.wires.now(), ...drawn, settle });
      this.tell();
      void this.pump();
    });
  }

  /** Live: the room's topic is joined. Otherwise operations wait. */
  setLive(live: boolean): void {
    this.live = live;
    if (live) void this.pump();
  }

  /** The server's word that it was done came another way than as an answer. */
  confirmed({ key, version }: Operation): void {
    const entry = this.queue.find((each) => each.key === key);
    if (entry) this.done(entry, version);
  }

  /** The confirmed session as it is now: it names the cards that were drawn here. */
  sawSession(session: Session): void {
    this.session = session;
    const known = this.unnamed.filter(({ version }) => version <= session.version);
    if (known.length === 0) return;
    this.unnamed = this.unnamed.filter(({ version }) => version > session.version);
    for (const { drawn, position } of known) {
      const card = session.cards.find((each) => each.position === position);
      this.named(drawn, card?.index ?? null);
    }
    this.tell();
    void this.pump();
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
    if (!last || last.key === this.sending) return;
    if (request.kind !== last.request.kind || last.request.card !== request.card) return;
    if (request.kind !== 'move' && request.kind !== 'rotate') return;
    this.queue.pop();
    last.settle({ status: 'replaced' });
  }

  private async pump(): Promise<void> {
    if (this.sending !== null) return;
    let pauseMs: number | null = null;
    while (this.live && pauseMs === null) {
      const entry = this.queue[0];
      if (!entry || isUnnamed(entry.request.card)) break;
      this.sending = entry.key;
      const answer = await this.wires.send({ key: entry.key, ...entry.request });
      this.sending = null;
      pauseMs = this.answered(entry, answer);
    }
    if (pauseMs !== null) this.wires.setTimer(() => void this.pump(), pauseMs);
  }

  /** How long to pause before the next try of the same entry; null where it is settled. */
  private answered(entry: Entry, answer: PushAnswer): number | null {
    const waits = answer.status === 'error' && isRetryable(answer.problem);
    if (answer.status === 'error') this.savingPaused = answer.problem.code === 'saving_paused';
    if (!this.queue.includes(entry)) {
      this.tell();
      return null;
    }
    if (answer.status === 'unsent') return RETRY_MS;
    if (waits) {
      this.tell();
      return (answer.problem.retryAfterSeconds ?? 0) * 1000 || RETRY_MS;
    }
    if (answer.status === 'error') {
      this.drop(entry, answer.problem);
      this.wires.refused(entry.request, answer.problem);
    } else {
      this.done(entry, versionOf(answer.response));
    }
    return null;
  }

  private done(entry: Entry, version: number | null): void {
    this.savingPaused = false;
    this.take(entry);
    entry.settle({ status: 'done', version });
    if (entry.drawn === undefined || version === null) return;
    this.unnamed.push({ drawn: entry.drawn, position: entry.request.position, version });
    if (this.session) this.sawSession(this.session);
  }

  private named(drawn: number, index: number | null): void {
    for (const entry of [...this.queue]) {
      if (entry.request.card !== drawn) continue;
      if (index !== null) entry.request = { ...entry.request, card: index };
      else this.drop(entry, { status: 409, code: 'card_not_drawn' });
    }
  }

  /** With a refused draw goes everything that was to be done with its card. */
  private drop(entry: Entry, problem: Problem): void {
    this.take(entry);
    entry.settle({ status: 'refused', problem });
    if (entry.drawn === undefined) return;
    for (const other of [...this.queue]) {
      if (other.request.card === entry.drawn) this.drop(other, problem);
    }
  }

  private take(entry: Entry): void {
    const at = this.queue.indexOf(entry);
    if (at >= 0) this.queue.splice(at, 1);
    this.tell();
  }

  private tell(): void {
    const queue = this.queue.map(({ settle: _settle, ...queued }) => queued);
    this.wires.changed(queue, this.savingPaused);
  }
}

/** Of a card drawn here that the server has not named yet. */
const isUnnamed = (card: unknown): boolean => typeof card === 'number' && card < 0;

const versionOf = (response: Record<string, unknown>): number | null =>
  typeof response.version === 'number' ? response.version : null;
