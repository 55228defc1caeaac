// One client's socket, spoken by hand: Phoenix frames over RFC 6455 on a plain TCP connection, so
// that a test sees every frame and close code, comes from an address of its choice, and may stop
// reading or answering.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Answer } from './api.ts';

export interface Reply<T = Record<string, unknown>> {
  status: string;
  response: T;
}
export interface Heard {
  topic: string;
  event: string;
  payload: Record<string, unknown>;
}
export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

const PATH = '/socket/websocket?vsn=2.0.0';
const NO_MASK = Buffer.alloc(4); // a mask of zeros is a mask, and leaves the payload as it is

// A client's frame, whole, or a piece of a message.
export function frame(opcode: number, payload: string | Buffer, last = true): Buffer {
  const body = Buffer.from(payload);
  const length = body.length < 126 ? Buffer.from([body.length | 0x80])
    : body.length < 65536 ? Buffer.from([126 | 0x80, body.length >> 8, body.length & 255])
    : Buffer.concat([Buffer.from([127 | 0x80, 0, 0, 0, 0]), Buffer.from([
        body.length >>> 24, body.length >>> 16, body.length >>> 8, body.length])]);
  return Buffer.concat([Buffer.from([(last ? 0x80 : 0) | opcode]), length, NO_MASK, body]);
}

export function upgradeText(extra = '', path = PATH): string {
  return `GET ${path} HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${extra}\r\n`;
}

export interface Place {
  port: number;
  from?: string; // one of this machine's addresses
}

// A TCP connection that never makes the test fail by its end.
export async function dial({ port, from = '127.0.0.1' }: Place): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from, noDelay: true });
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  if (socket.readyState !== 'open') throw new Error(`no connection to port ${port}`);
  return socket;
}

export class Line {
  readonly socket: Socket;
  readonly heard: Heard[] = [];
  readonly closed: Promise<void>;
  head = ''; // the answer to the upgrade
  code: number | null = null; // of the server's close frame
  isOver = false;
  answersPings = true;
  pings = 0;
  onHeard: (heard: Heard) => void = () => undefined;
  private unread = Buffer.alloc(0);
  private refs = 0;
  private readonly waiting = new Map<string, (reply: Reply | null) => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => {
      this.isOver = true;
      for (const answer of this.waiting.values()) answer(null);
      this.waiting.clear();
      resolve();
    }));
    socket.on('data', (bytes) => this.take(bytes));
    socket.on('end', () => socket.end());
  }

  static async open(place: Place, extra = ''): Promise<Line> {
    const line = new Line(await dial(place));
    line.socket.write(upgradeText(extra));
    while (!line.head && !line.isOver)
      await Promise.race([once(line.socket, 'data'), line.closed]);
    if (!line.head.startsWith('HTTP/1.1 101')) {
      line.socket.destroy();
      throw new Error(`no socket: ${line.head}`);
    }
    return line;
  }

  // Null: the connection ended before the answer came.
  push<T = Record<string, unknown>>(topic: string, event: string, payload: object,
                                    joinRef: string | null = null): Promise<Reply<T> | null> {
    if (this.isOver) return Promise.resolve(null);
    const ref = String(++this.refs);
    const join = event === 'phx_join' ? ref : joinRef;
    this.socket.write(frame(Opcode.text, JSON.stringify([join, ref, topic, event, payload])));
    return new Promise((resolve) => this.waiting.set(ref, resolve as (r: Reply | null) => void));
  }

  // Where no answer comes.
  say(topic: string, event: string, payload: object): void {
    this.socket.write(frame(Opcode.text, JSON.stringify([null, null, topic, event, payload])));
  }

  join<T = Record<string, unknown>>(topic: string, payload: object): Promise<Reply<T> | null> {
    return this.push<T>(topic, 'phx_join', payload);
  }

  of(event: string): Heard[] {
    return this.heard.filter((each) => each.event === event);
  }

  end(): void {
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.unread = this.unread.length ? Buffer.concat([this.unread, bytes]) : bytes;
    if (!this.head) {
      const end = this.unread.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.head = this.unread.subarray(0, end).toString();
      this.unread = this.unread.subarray(end + 4);
    }
    while (this.takeFrame());
  }

  private takeFrame(): boolean {
    const bytes = this.unread;
    if (bytes.length < 2) return false;
    const short = bytes[1]! & 127;
    const at = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < at) return false;
    const length = short === 126 ? bytes.readUInt16BE(2)
      : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < at + length) return false;
    this.unread = bytes.subarray(at + length);
    this.handle(bytes[0]! & 15, bytes.subarray(at, at + length));
    return true;
  }

  private handle(opcode: number, payload: Buffer): void {
    if (opcode === Opcode.ping) {
      ++this.pings;
      if (this.answersPings) this.socket.write(frame(Opcode.pong, payload));
    }
    if (opcode === Opcode.close) {
      this.code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.socket.write(frame(Opcode.close, payload));
    }
    if (opcode === Opcode.text) this.handleText(payload.toString());
  }

  private handleText(text: string): void {
    const [, ref, topic, event, body] = JSON.parse(text) as
      [string | null, string | null, string, string, Record<string, unknown>];
    if (event === 'phx_reply' && ref !== null) {
      this.waiting.get(ref)?.(body as unknown as Reply);
      this.waiting.delete(ref);
      return;
    }
    const heard = { topic, event, payload: body };
    this.heard.push(heard);
    this.onHeard(heard);
  }
}

// A reply as the same question over HTTP would have been answered.
export function answerOf(reply: Reply | null): Answer<never> | null {
  if (!reply) return null;
  const status = reply.status === 'ok' ? 200 : Number(reply.response.status ?? 400);
  return { status, body: reply.response as never };
}
