// One open room in this browser: holds the state, feeds the reducer, and carries what people do to
// the server. The pieces it joins (connection, outbox, activity, expiry check) know nothing of each
// other. Invariant: after `close()` nothing of it runs any more.
import { createStore, type StoreApi } from 'zustand/vanilla';
import * as api from '../protocol/api';
import { RoomConnection } from '../protocol/connection';
import type { Answer } from '../protocol/http';
import type { CloseReason, WireEvent } from '../protocol/events';
import { networkProblem } from '../protocol/problem';
import type { Problem } from '../protocol/types';
import { ActivityReporter, type ActivityReport } from './activity';
import { ServerClock } from './clock';
import { ExpiryCheck } from './expiry_check';
import { OperationOutbox, type OperationRequest, type Outcome } from './outbox';
import { reduce, type RoomEvent } from './reducer';
import { initialRoom, type Ending, type Link, type RoomState } from './state';

// The server's own default, until the join reply names the interval in force.
const PRESENCE_SECONDS = 30;
// As long as the server's grace: then others see this person as offline too.
const OFFLINE_AFTER_MS = 15_000;

export class RoomClient {
  readonly store: StoreApi<RoomState>;
  readonly clock = new ServerClock();
  readonly seat: api.Seat;
  private readonly connection: RoomConnection;
  private readonly outbox: OperationOutbox;
  private readonly reporter: ActivityReporter;
  private readonly expiry: ExpiryCheck;
  private offlineTimer: ReturnType<typeof setTimeout> | undefined;
  private catchingUp = false;
  private deleting = false;
  private closed = false;

  constructor(seat: api.Seat) {
    this.seat = seat;
    this.store = createStore<RoomState>(() => initialRoom);
    this.connection = new RoomConnection((event) => this.heard(event));
    this.outbox = new OperationOutbox({
      send: (payload) => this.connection.push('operation', payload),
      changed: (pending, savingPaused) =>
        this.dispatch({ type: 'pending', pending, savingPaused }),
      setTimer: (run, ms) => setTimeout(run, ms),
    });
    this.reporter = new ActivityReporter(
      {
        send: (report) => this.reportActivity(report),
        keepAlive: () => this.keepAlive(),
        now: () => performance.now(),
        setTimer: (run, ms) => setTimeout(run, ms),
        clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      },
      { intervalSeconds: PRESENCE_SECONDS, visible: !document.hidden },
    );
    this.expiry = new ExpiryCheck(seat, {
      clock: this.clock,
      answered: (expiry) => this.dispatch({ type: 'expiry_answered', expiry }),
    });
  }

  open(): void {
    this.offlineAfterAWhile();
    this.expiry.setSocketDown(true);
    this.enter();
  }

  close(): void {
    this.pageHidden();
    this.closed = true;
    clearTimeout(this.offlineTimer);
    this.expiry.stop();
    this.reporter.stop();
    this.connection.close();
  }

  operate(request: OperationRequest): Promise<Outcome> {
    this.reporter.activityReported();
    return this.outbox.add(request);
  }

  input(deliberate: boolean): void {
    if (this.state.ending === null) this.reporter.input(deliberate);
  }

  visibilityChanged(visible: boolean): void {
    this.reporter.visibilityChanged(visible);
    if (!visible) return;
    this.connection.probe();
    // Timers of a hidden page cannot be trusted, nor its clock after sleep.
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
    void api.keepAlive(this.seat).then(() => this.expiry.askNow());
  }

  warningShown(generation: number): void {
    this.connection.tell('warning_shown', { generation });
  }

  /** The page goes away: a beacon, because nothing else survives it. */
  pageHidden(): void {
    if (this.state.ending === null) api.sendClosedTab(this.seat, this.state.connection);
  }

  async leave(): Promise<void> {
    const left = api.leaveSession(this.seat);
    this.end({ kind: 'left' });
    await left;
  }

  /** The room's topic closes before the answer comes; that close is not somebody else's doing. */
  async delete(): Promise<Answer<void>> {
    this.deleting = true;
    const answer = await api.deleteSession(this.seat);
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
        this.reporter.activityReported();
        return this.dispatch(event);
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
    this.expiry.expect(after.ending ? null : (after.session?.expiresAt ?? null));
    if (after.missingAfter !== null && !this.catchingUp) void this.catchUp();
    if (before.ending === null && after.ending !== null) this.hasEnded(after.ending);
  }

  private linkChanged(link: Link): void {
    const live = link === 'live';
    this.outbox.setLive(live);
    this.expiry.setSocketDown(!live);
    clearTimeout(this.offlineTimer);
    if (link === 'reconnecting' || link === 'restarting') this.offlineAfterAWhile();
  }

  private offlineAfterAWhile(): void {
    clearTimeout(this.offlineTimer);
    this.offlineTimer = setTimeout(() => {
      if (this.state.link !== 'live') this.dispatch({ type: 'link', link: 'offline' });
    }, OFFLINE_AFTER_MS);
  }

  private reportActivity(report: ActivityReport): void {
    if (this.state.ending !== null) return;
    console.debug(`Updating participant presence for session: ${this.seat.sessionId}`);
    if (this.connection.tell('activity', { ...report })) return;
    if (report.active) void api.reportActivity(this.seat, report);
  }

  private async catchUp(): Promise<void> {
    this.catchingUp = true;
    while (this.state.missingAfter !== null && !this.closed) {
      const after = this.state.missingAfter;
      const answer = await api.operationsAfter(this.seat, after);
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
    const answer = await api.getSession(this.seat);
    if (this.closed || this.deleting || this.state.ending !== null) return;
    if (!answer.ok) {
      if (answer.problem.status === 401) return this.end({ kind: 'removed' });
      return answer.problem.status === 0 ? this.enter() : this.end(endingOf(answer.problem));
    }
    const { status, restorableUntil } = answer.value;
    if (status === 'expired') return this.end({ kind: 'expired', restorableUntil });
    if (status === 'completed') return this.end({ kind: 'completed' });
    this.enter();
  }

  private end(ending: Ending): void {
    this.dispatch({ type: 'ended', ending });
  }

  private hasEnded(ending: Ending): void {
    clearTimeout(this.offlineTimer);
    this.reporter.stop();
    this.expiry.stop();
    this.outbox.setLive(false);
    this.outbox.refuseAll(networkProblem);
    if (ending.kind !== 'expired') return this.connection.close();
    console.log('Session expired, redirecting to home');
    this.connection.wait(this.seat.sessionId, () => void this.restoredMeanwhile());
  }

  /** A restore between the ending and the waiting would otherwise go unheard. */
  private async restoredMeanwhile(): Promise<void> {
    const answer = await api.getSession(this.seat);
    const open = answer.ok && answer.value.isActive;
    if (open && !this.closed && this.state.ending?.kind === 'expired') this.reenter();
  }
}

function endingOf(problem: Problem): Ending {
  switch (problem.code) {
    case 'session_expired':
      return { kind: 'expired', restorableUntil: problem.restorableUntil ?? null, problem };
    case 'session_completed':
      return { kind: 'completed' };
    default:
      return { kind: 'problem', problem };
  }
}
