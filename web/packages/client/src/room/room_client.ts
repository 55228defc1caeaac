// One open room: holds the state, feeds the reducer, and carries what people do to the server. The
// pieces it joins (connection, outbox, activity, expiry check) know nothing of each other, and none
// of them of a browser. Invariant: after `close()` nothing of it runs any more.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api, Seat } from '../wire/api.ts';
import { RoomConnection } from '../wire/connection.ts';
import type { Answer } from '../wire/http.ts';
import type { CloseReason, WireEvent } from '../wire/events.ts';
import { networkProblem } from '../wire/problem.ts';
import type { Cursor, Operation, Problem } from '../wire/types.ts';
import { ActivityReporter, type ActivityReport } from './activity.ts';
import { ServerClock } from './clock.ts';
import { copyOf, noKeeper, type RoomKeeper } from './copy.ts';
import { CursorSender } from './cursor_sender.ts';
import { Emitter, type Listener } from './emitter.ts';
import { endingByStanding, endingOf, isForGood } from './ending.ts';
import { ExpiryCheck } from './expiry_check.ts';
import type { OperationRequest } from './optimistic.ts';
import { OperationOutbox, type Outcome } from './outbox.ts';
import { reduce, type RoomEvent } from './reducer.ts';
import { initialRoom, type Ending, type Link, type RoomState, type Warning } from './state.ts';

// The server's own default, until the join reply names the interval in force.
const PRESENCE_SECONDS = 30;
// As long as the server's grace: then others see this person as offline too.
const OFFLINE_AFTER_MS = 15_000;
// So many that no two tabs, nor two lives of one, begin at the same.
const MAX_DRAWN_BEFORE = 2 ** 40;
// Writing a copy costs a few milliseconds; a lost half second of it is fetched again anyway.
const SAVE_EVERY_MS = 500;

/** What a room tells besides its state. */
export interface RoomEvents {
  /** Somebody did something, here or elsewhere; after it was applied. */
  operation: Operation;
  /** What was done here was not accepted, and has been undone. */
  refused: { request: OperationRequest; problem: Problem };
  cursor: { by: string; cursor: Cursor };
  warning: Warning;
  extended: { expiresAt: string | null };
  link: Link;
  ended: Ending;
}

export interface RoomOptions {
  /** Whether somebody can see the room now; `visibilityChanged` says so later. */
  visible?: boolean;
  keeper?: RoomKeeper;
}

export class RoomClient {
  readonly store: StoreApi<RoomState>;
  readonly clock = new ServerClock();
  readonly api: Api;
  readonly seat: Seat;
  private readonly events = new Emitter<RoomEvents>();
  private readonly keeper: RoomKeeper;
  private readonly connection: RoomConnection;
  private readonly outbox: OperationOutbox;
  private readonly reporter: ActivityReporter;
  private readonly expiry: ExpiryCheck;
  private readonly cursors: CursorSender;
  private offlineTimer: ReturnType<typeof setTimeout> | undefined;
  private saveTimer: ReturnType<typeof setTimeout> | undefined;
  private catchingUp = false;
  private deleting = false;
  private closed = false;

  constructor(api: Api, seat: Seat, options: RoomOptions = {}) {
    this.api = api;
    this.seat = seat;
    this.keeper = options.keeper ?? noKeeper;
    this.store = createStore<RoomState>(() => initialRoom);
    const timers = {
      now: () => performance.now(),
      setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
      clearTimer: (timer: unknown) => clearTimeout(timer as ReturnType<typeof setTimeout>),
    };
    this.connection = new RoomConnection(api.http.base, (event) => this.heard(event));
    this.outbox = new OperationOutbox({
      ...timers,
      now: () => Date.now(),
      drawnBefore: options.keeper ? Math.floor(Math.random() * MAX_DRAWN_BEFORE) : 0,
      send: (payload) => this.connection.push('operation', payload),
      changed: (queue, savingPaused) => this.dispatch({ type: 'queue', queue, savingPaused }),
      refused: (request, problem) => {
        if (this.state.ending === null) this.events.emit('refused', { request, problem });
      },
    });
    this.reporter = new ActivityReporter(
      {
        ...timers,
        send: (report) => this.reportActivity(report),
        keepAlive: () => this.keepAlive(),
      },
      { intervalSeconds: PRESENCE_SECONDS, visible: options.visible ?? true },
    );
    this.expiry = new ExpiryCheck(() => api.getExpiry(seat), {
      clock: this.clock,
      answered: (expiry) => this.dispatch({ type: 'expiry_answered', expiry }),
    });
    this.cursors = new CursorSender({
      ...timers,
      send: (cursor) => void this.connection.tell('cursor', cursor),
    });
  }

  on<K extends keyof RoomEvents>(name: K, listener: Listener<RoomEvents[K]>): () => void {
    return this.events.on(name, listener);
  }

  open(): void {
    const copy = this.keeper.load(this.seat.sessionId);
    if (copy) {
      this.dispatch({ type: 'copy', copy });
      this.outbox.resume(copy.queue);
    }
    this.offlineAfterAWhile();
    this.expiry.setSocketDown(true);
    this.enter();
  }

  close(): void {
    this.pageHidden();
    this.closed = true;
    clearTimeout(this.offlineTimer);
    clearTimeout(this.saveTimer);
    this.expiry.stop();
    this.reporter.stop();
    this.cursors.stop();
    this.connection.close();
    this.events.clear();
  }

  operate(request: OperationRequest): Promise<Outcome> {
    this.reporter.activityReported();
    return this.outbox.add(request);
  }

  /** Where this hand is, for the others; dropped while the socket is down. */
  point(cursor: Cursor): void {
    if (this.state.link === 'live') this.cursors.move(cursor);
  }

  input(deliberate: boolean): void {
    if (this.state.ending === null) this.reporter.input(deliberate);
  }

  visibilityChanged(visible: boolean): void {
    this.reporter.visibilityChanged(visible);
    if (visible) this.woke();
    else this.save();
  }

  /** Timers of a hidden, frozen or sleeping page cannot be trusted, nor its clock, nor its socket. */
  woke(): void {
    this.connection.probe();
    this.connection.hurry();
    if (this.state.ending === null) void this.expiry.askNow();
  }

  networkChanged(online: boolean): void {
    if (!online) this.dispatch({ type: 'link', link: 'offline' });
    // The browser may be wrong: a server on this machine is reachable without a network.
    this.connection.probe(() => this.dispatch({ type: 'link', link: 'live' }));
    if (online) this.connection.hurry();
  }

  keepAlive(): void {
    this.reporter.activityReported();
    if (this.connection.tell('keep_alive', {})) return;
    void this.api.keepAlive(this.seat).then(() => this.expiry.askNow());
  }

  warningShown(generation: number): void {
    this.connection.tell('warning_shown', { generation });
  }

  /** The page goes away: a beacon, because nothing else survives it. */
  pageHidden(): void {
    if (this.state.ending !== null || this.closed) return;
    this.save();
    this.api.sendClosedTab(this.seat, this.state.connection);
  }

  checkExpiry(): Promise<void> {
    return this.expiry.askNow();
  }

  async leave(): Promise<void> {
    const left = this.api.leaveSession(this.seat);
    this.end({ kind: 'left' });
    await left;
  }

  /** The room's topic closes before the answer comes; that close is not somebody else's doing. */
  async delete(): Promise<Answer<void>> {
    this.deleting = true;
    const answer = await this.api.deleteSession(this.seat);
    this.deleting = false;
    if (answer.ok) this.end({ kind: 'deleted' });
    return answer;
  }

  /** After a restore, or where another tab took this seat: come in again. */
  reenter(): void {
    this.dispatch({ type: 'reentering' });
    this.offlineAfterAWhile();
    this.enter();
  }

  dispatch(event: RoomEvent): void {
    if (this.closed) return;
    const before = this.store.getState();
    const after = reduce(before, event);
    if (after === before) return;
    this.store.setState(after, true);
    this.follow(before, after);
  }

  private get state(): RoomState {
    return this.store.getState();
  }

  private enter(): void {
    const { sessionId, token } = this.seat;
    this.connection.enter(sessionId, token, () => this.state.session?.version ?? 0);
  }

  private heard(event: WireEvent): void {
    switch (event.type) {
      case 'joined':
        this.clock.sample(event.reply.serverTime);
        this.reporter.setInterval(event.reply.timing.presenceSeconds);
        this.expiry.setInterval(event.reply.timing.expiryCheckSeconds);
        this.reporter.joined();
        this.dispatch(event);
        return event.reply.operations.forEach((operation) => this.outbox.confirmed(operation));
      case 'operation':
        this.dispatch(event);
        this.outbox.confirmed(event.operation);
        return this.events.emit('operation', event.operation);
      case 'cursor':
        if (event.by === this.state.you) return;
        return this.events.emit('cursor', { by: event.by, cursor: event.cursor });
      case 'expiring':
        this.sampleFromWarning(event.expiresAt, event.secondsLeft);
        return this.dispatch(event);
      case 'presence_diff':
        return this.dispatch({ ...event, at: new Date(this.clock.now()).toISOString() });
      case 'restored':
        return this.state.ending?.kind === 'expired' ? this.reenter() : undefined;
      case 'refused':
        return this.refused(event.problem);
      case 'closed':
        return void this.closedBy(event.reason);
      default:
        return this.dispatch(event);
    }
  }

  /** The warning says both its end and what is left: that is a reading of the server's clock. */
  private sampleFromWarning(expiresAt: string, secondsLeft: number): void {
    if (typeof secondsLeft !== 'number') return;
    this.clock.sample(new Date(Date.parse(expiresAt) - secondsLeft * 1000).toISOString());
  }

  /** What a change of state asks to be done. */
  private follow(before: RoomState, after: RoomState): void {
    if (before.link !== after.link) this.linkChanged(after.link);
    if ((before.warning === null) !== (after.warning === null)) {
      this.reporter.setWarned(after.warning !== null);
    }
    this.tellWarning(before, after);
    this.expiry.expect(after.ending ? null : (after.session?.expiresAt ?? null));
    if (after.session && before.session !== after.session) this.outbox.sawSession(after.session);
    if (after.missingAfter !== null && !this.catchingUp) void this.catchUp();
    if (before.ending === null && after.ending !== null) this.hasEnded(after.ending);
    if (before.session !== after.session || before.queue !== after.queue) this.saveSoon();
  }

  private tellWarning(before: RoomState, { warning, session }: RoomState): void {
    if (before.warning === warning) return;
    if (warning) this.events.emit('warning', warning);
    else this.events.emit('extended', { expiresAt: session?.expiresAt ?? null });
  }

  private linkChanged(link: Link): void {
    const live = link === 'live';
    this.outbox.setLive(live);
    this.expiry.setSocketDown(!live);
    clearTimeout(this.offlineTimer);
    if (link === 'reconnecting' || link === 'restarting') this.offlineAfterAWhile();
    this.events.emit('link', link);
  }

  private offlineAfterAWhile(): void {
    clearTimeout(this.offlineTimer);
    this.offlineTimer = setTimeout(() => {
      if (this.state.link !== 'live') this.dispatch({ type: 'link', link: 'offline' });
    }, OFFLINE_AFTER_MS);
  }

  private saveSoon(): void {
    this.saveTimer ??= setTimeout(() => this.save(), SAVE_EVERY_MS);
  }

  /** Keeps the copy now: a page that is hidden or frozen may be discarded without a further word. */
  save(): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = undefined;
    if (this.closed) return;
    const copy = copyOf(this.state, new Date(this.clock.now()).toISOString());
    if (copy) this.keeper.save(copy);
  }

  private reportActivity(report: ActivityReport): void {
    if (this.state.ending !== null) return;
    console.debug(`Updating participant presence for session: ${this.seat.sessionId}`);
    if (this.connection.tell('activity', { ...report })) return;
    if (report.active) void this.api.reportActivity(this.seat, report);
  }

  private async catchUp(): Promise<void> {
    this.catchingUp = true;
    while (this.state.missingAfter !== null && !this.closed) {
      const after = this.state.missingAfter;
      const answer = await this.api.operationsAfter(this.seat, after);
      if (!answer.ok) break;
      this.dispatch({ type: 'caught_up', ...answer.value });
      if (this.state.missingAfter === after) break;
    }
    this.catchingUp = false;
    // Paging did not close the gap: the join reply brings the whole session.
    if (this.state.missingAfter !== null && !this.closed) this.enter();
  }

  private refused(problem: Problem): void {
    const wasIn = this.state.session !== null;
    this.end(wasIn && problem.status === 401 ? { kind: 'removed' } : endingOf(problem));
  }

  private async closedBy(reason: CloseReason): Promise<void> {
    if (this.state.ending !== null) return;
    if (reason === 'kicked') return this.end({ kind: 'removed' });
    if (reason === 'replaced' || reason === 'left') return this.end({ kind: reason });
    if (reason === 'protocol_error') {
      return this.end({ kind: 'problem', problem: { status: 0, code: 'protocol_error' } });
    }
    // The topic was closed without a word: ask how the room stands.
    const answer = await this.api.getSession(this.seat);
    if (this.closed || this.deleting || this.state.ending !== null) return;
    const ending = endingByStanding(answer);
    if (ending) this.end(ending);
    else this.enter();
  }

  private end(ending: Ending): void {
    this.dispatch({ type: 'ended', ending });
  }

  private hasEnded(ending: Ending): void {
    clearTimeout(this.offlineTimer);
    this.reporter.stop();
    this.expiry.stop();
    this.cursors.stop();
    this.outbox.setLive(false);
    if (isForGood(ending)) this.outbox.refuseAll(networkProblem);
    if (ending.kind === 'removed' || ending.kind === 'deleted') {
      this.keeper.forget(this.seat.sessionId);
    } else {
      this.save();
    }
    this.events.emit('ended', ending);
    if (ending.kind !== 'expired') return this.connection.close();
    console.log('Session expired, redirecting to home');
    this.connection.wait(this.seat.sessionId, () => void this.restoredMeanwhile());
  }

  /** A restore between the ending and the waiting would otherwise go unheard. */
  private async restoredMeanwhile(): Promise<void> {
    const answer = await this.api.getSession(this.seat);
    const open = answer.ok && answer.value.isActive;
    if (open && !this.closed && this.state.ending?.kind === 'expired') this.reenter();
  }
}
