// One room's realtime connection: the phoenix socket, the room's topic and the waiting topic.
// It turns frames into typed events and pushes into answers. It keeps no state of the room and
// decides nothing about it. Invariant: after `closed` or `refused` it never comes back by itself.
import { Socket, type Channel } from 'phoenix';
import type { WireEvent } from './events.ts';
import { closeReason, mayReturn, reconnectDelay } from './reconnect.ts';
import { passes, toProblem } from './problem.ts';
import type {
  Cursor,
  JoinReply,
  Operation,
  PresenceDiff,
  PresenceMap,
  Problem,
} from './types.ts';

export type PushAnswer =
  | { status: 'ok'; response: Record<string, unknown> }
  | { status: 'error'; problem: Problem }
  | { status: 'unsent' };

// A healthy server answers a heartbeat at once; a phone waking its radio needs a second or two.
const PROBE_TIMEOUT_MS = 4_000;
const PUSH_TIMEOUT_MS = 10_000;
// A connection that died without a word is noticed within two of these, about as soon as the server
// notices it (35 s).
const HEARTBEAT_MS = 18_000;

// A connection that is not made by then is begun anew: one that went out while there was no network
// is never answered, and a browser would wait for it for minutes.
const CONNECT_TIMEOUT_MS = 8_000;

/** The stock socket gives up reconnecting while the page is hidden; a room must not. */
class RoomSocket extends Socket {
  get pageHidden(): boolean {
    return false;
  }
}

export class RoomConnection {
  private readonly socket: Socket;
  private readonly listener: (event: WireEvent) => void;
  private room: Channel | null = null;
  private waiting: Channel | null = null;
  private readonly unanswered = new Set<(answer: PushAnswer) => void>();
  private assignedDelayMs: number | null = null;
  private attempt: ReturnType<typeof setTimeout> | undefined;
  private up = false;
  private over = false;

  /** `base` as Http has it: '' for the page's own server. */
  constructor(base: string, listener: (event: WireEvent) => void) {
    this.listener = listener;
    this.socket = new RoomSocket(`${base.replace(/^http/, 'ws')}/socket`, {
      vsn: '2.0.0',
      timeout: PUSH_TIMEOUT_MS,
      heartbeatIntervalMs: HEARTBEAT_MS,
      reconnectAfterMs: (tries) => this.nextDelay(tries),
      rejoinAfterMs: (tries) => reconnectDelay(tries, Math.random()),
    });
    this.socket.onOpen(() => {
      this.up = true;
      clearTimeout(this.attempt);
      this.listener({ type: 'socket_up' });
    });
    this.socket.onClose((event) => this.socketClosed(event.code));
  }

  /** Opens the socket and joins the room; joins again by itself whenever the socket returns. */
  enter(sessionId: string, token: string, sinceVersion: () => number): void {
    this.over = false;
    this.leaveChannel('room');
    this.leaveChannel('waiting');
    this.connect();
    const channel = this.socket.channel(`session:${sessionId}`, () => ({
      token,
      sinceVersion: sinceVersion(),
    }));
    this.room = channel;
    this.bindRoom(channel);
    channel
      .join()
      .receive('ok', (reply: JoinReply) => this.emit(channel, { type: 'joined', reply }))
      .receive('error', (body: unknown) => this.joinRefused(channel, body));
  }

  /** Waits, without a token, for the host to bring an ended reading back. */
  wait(sessionId: string, onJoined: () => void): void {
    this.over = false;
    this.leaveChannel('room');
    this.leaveChannel('waiting');
    this.connect();
    const channel = this.socket.channel(`waiting:${sessionId}`, {});
    this.waiting = channel;
    channel.on('session_restored', () => this.listener({ type: 'restored' }));
    // Each (re)join may have missed a restore in between, so the owner asks once over HTTP.
    channel.join().receive('ok', onJoined);
  }

  push(event: string, payload: object): Promise<PushAnswer> {
    const channel = this.room;
    if (!channel || !this.socket.isConnected() || channel.state !== 'joined') {
      return Promise.resolve({ status: 'unsent' });
    }
    return new Promise((resolve) => {
      const settle = (answer: PushAnswer) => {
        this.unanswered.delete(settle);
        resolve(answer);
      };
      this.unanswered.add(settle);
      channel
        .push(event, payload)
        .receive('ok', (response) => settle({ status: 'ok', response: response ?? {} }))
        .receive('error', (body) => settle({ status: 'error', problem: toProblem(0, body) }))
        .receive('timeout', () => {
          settle({ status: 'unsent' });
          this.probe();
        });
    });
  }

  /** Sends without waiting for an answer; lost when the socket is down. */
  tell(event: string, payload: object): boolean {
    const channel = this.room;
    if (!channel || !this.socket.isConnected() || channel.state !== 'joined') return false;
    const { topic } = channel;
    // A channel's own push would keep a timer for each, and cursors go out many times a second.
    this.socket.push({
      topic,
      event,
      payload,
      ref: this.socket.makeRef(),
      join_ref: null,
    } as never);
    return true;
  }

  /** After sleep a socket may look open and be dead: ask, and start over when nothing answers. */
  probe(onAlive: () => void = () => {}): void {
    if (this.over || !this.up) return;
    let alive = false;
    const asked = this.socket.ping(() => {
      alive = true;
      if (this.room?.state === 'joined') onAlive();
    });
    if (!asked) return;
    setTimeout(() => {
      if (!alive && !this.over && this.up) this.startOver();
    }, PROBE_TIMEOUT_MS);
  }

  /** The network is back, or somebody looks at the page: do not sit out the delay. */
  hurry(): void {
    if (this.over || this.up) return;
    this.socket.disconnect();
    this.connect();
  }

  close(): void {
    this.over = true;
    clearTimeout(this.attempt);
    this.room = null;
    this.waiting = null;
    this.socket.disconnect();
  }

  private lost(): void {
    if (!this.up || this.over) return;
    this.up = false;
    this.listener({ type: 'socket_down' });
  }

  private startOver(): void {
    this.lost();
    this.socket.disconnect();
    this.connect();
  }

  private connect(): void {
    this.socket.connect();
    this.watchAttempt(0);
  }

  private watchAttempt(beginsInMs: number): void {
    clearTimeout(this.attempt);
    this.attempt = setTimeout(() => this.hurry(), beginsInMs + CONNECT_TIMEOUT_MS);
  }

  /** Asked whenever the socket is about to try again. */
  private nextDelay(tries: number): number {
    const delay = this.assignedDelayMs ?? reconnectDelay(tries, Math.random());
    this.assignedDelayMs = null;
    this.watchAttempt(delay);
    return delay;
  }

  private emit(channel: Channel, event: WireEvent): void {
    if (this.room === channel) this.listener(event);
  }

  private bindRoom(channel: Channel): void {
    const on = <T>(name: string, toEvent: (payload: T) => WireEvent) =>
      channel.on(name, (payload: T) => this.emit(channel, toEvent(payload)));
    on<Operation>('operation', (operation) => ({ type: 'operation', operation }));
    on<PresenceMap>('presence_state', (presences) => ({ type: 'presence_state', presences }));
    on<PresenceDiff>('presence_diff', (diff) => ({ type: 'presence_diff', diff }));
    on<{ generation: number; expiresAt: string; secondsLeft: number }>(
      'session_expiring',
      ({ generation, expiresAt, secondsLeft }) => ({
        type: 'expiring',
        generation,
        expiresAt,
        secondsLeft,
      }),
    );
    on<{ expiresAt: string }>('session_extended', ({ expiresAt }) => ({
      type: 'extended',
      expiresAt,
    }));
    on<{ generation?: number; restorableUntil?: string }>('session_expired', (payload) => ({
      type: 'expired',
      generation: payload.generation ?? null,
      restorableUntil: payload.restorableUntil ?? null,
    }));
    on<{ restorableUntil?: string }>('session_completed', (payload) => ({
      type: 'completed',
      restorableUntil: payload.restorableUntil ?? null,
    }));
    on<{ reconnectAfterMs?: number }>('server_draining', ({ reconnectAfterMs }) => {
      this.assignedDelayMs = reconnectAfterMs ?? null;
      return { type: 'draining', reconnectAfterMs: reconnectAfterMs ?? 0 };
    });
    on<Cursor & { by: string }>('cursor', ({ by, ...cursor }) => ({
      type: 'cursor',
      by,
      cursor,
    }));
    channel.onError(() => {
      this.dropUnanswered();
      // A dead socket may take minutes to close; its channels are told at once.
      if (!this.socket.isConnected()) this.lost();
    });
    channel.onClose((payload: { reason?: string } | string | undefined) =>
      this.channelClosed(channel, typeof payload === 'object' ? payload.reason : undefined),
    );
  }

  private joinRefused(channel: Channel, body: unknown): void {
    if (this.room !== channel) return;
    const problem = toProblem(0, body);
    // Refusals that pass by themselves are left to the channel's own rejoin.
    if (passes(problem)) return;
    this.leaveChannel('room');
    this.listener({ type: 'refused', problem });
  }

  private channelClosed(channel: Channel, reason: string | undefined): void {
    this.dropUnanswered();
    if (this.room !== channel) return;
    this.room = null;
    this.listener({ type: 'closed', reason: closeReason(reason) });
  }

  private socketClosed(code: number): void {
    if (this.over) return;
    if (mayReturn(code)) return this.lost();
    this.up = false;
    this.close();
    this.listener({ type: 'closed', reason: closeReason(code) });
  }

  private dropUnanswered(): void {
    for (const settle of [...this.unanswered]) settle({ status: 'unsent' });
  }

  private leaveChannel(which: 'room' | 'waiting'): void {
    const channel = this[which];
    this[which] = null;
    channel?.leave();
  }
}
