// What hostile clients do, as much of it as one Node process can. Each attack goes on until it is
// stopped, and begins again where the server ends it. Their addresses are this machine's.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Created } from './api.ts';
import { dial, frame, Line, Opcode, upgradeText } from './line.ts';
import { seatOf, type Seated } from './rooms.ts';

export interface Target {
  port: number;
  addresses: string[]; // that the attackers come from
}

// What an attack did: connections made, and what it was refused by.
export interface Account {
  opened: number;
  refused: Map<string, number>;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const SLOW_MS = 300; // from one byte to the next
const OF_64_KB = 65_000;

export class Attack {
  readonly target: Target;
  readonly account: Account = { opened: 0, refused: new Map() };
  isOver = false;
  private readonly sockets = new Set<Socket>();
  private made = 0;

  constructor(target: Target) {
    this.target = target;
  }

  place() {
    const { addresses, port } = this.target;
    return { port, from: addresses[this.made++ % addresses.length]! };
  }

  refused(by: string): void {
    this.account.refused.set(by, (this.account.refused.get(by) ?? 0) + 1);
  }

  // Over HTTP, from one of its addresses.
  async ask<T>(path: string, body: object, token?: string): Promise<T> {
    const { port, from } = this.place();
    const sent = request({ port, host: '127.0.0.1', localAddress: from, method: 'POST', path,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(),
                 ...(token ? { Authorization: `Bearer ${token}` } : {}) } });
    sent.end(JSON.stringify(body));
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return JSON.parse(await text(answer)) as T;
  }

  // A TCP connection whose end is noted.
  async dial(): Promise<Socket | null> {
    const socket = await dial(this.place()).catch(() => null);
    if (!socket) return null;
    ++this.account.opened;
    this.sockets.add(socket);
    let said = '';
    socket.on('data', (bytes: Buffer) => {
      if (said.length < 2000) said += bytes.toString('latin1');
    });
    socket.once('close', () => {
      this.sockets.delete(socket);
      this.refused(/^HTTP\/1\.1 (\d+)/.exec(said)?.[1] ?? 'closed');
    });
    if (this.isOver) socket.destroy();
    return socket;
  }

  async line(): Promise<Line | null> {
    const line = await Line.open(this.place()).catch((error: Error) => {
      this.refused(/\b(\d{3})\b/.exec(error.message)?.[1] ?? 'closed');
      return null;
    });
    if (!line) return null;
    ++this.account.opened;
    this.sockets.add(line.socket);
    line.onHeard = () => { line.heard.length = 0; };
    void line.closed.then(() => {
      this.sockets.delete(line.socket);
      this.refused(String(line.code ?? 'closed'));
    });
    if (this.isOver) line.end();
    return line;
  }

  // So many do this at once, again and again.
  async crowd(count: number, one: () => Promise<void>): Promise<void> {
    await Promise.all(Array.from({ length: count }, async () => {
      while (!this.isOver) {
        await one().catch(() => undefined);
        await pause(this.isOver ? 0 : 20);
      }
    }));
  }

  // Until the connection ends, or the attack.
  async lasts(socket: Socket, eachMs: number, act: () => void): Promise<void> {
    while (!this.isOver && !socket.destroyed) {
      act();
      await pause(eachMs);
    }
    socket.destroy();
  }

  stop(): void {
    this.isOver = true;
    for (const socket of this.sockets) socket.destroy();
  }
}

type Run = (attack: Attack) => Promise<void>;
const post = (headers: string, body = '') =>
  `POST /v1/sessions HTTP/1.1\r\nHost: x\r\n${headers}\r\n${body}`;

async function slowly(attack: Attack, count: number, first: string): Promise<void> {
  await attack.crowd(count, async () => {
    const socket = await attack.dial();
    if (!socket) return;
    socket.write(first);
    await attack.lasts(socket, SLOW_MS, () => socket.write('a'));
  });
}

// A room of the attackers' own, with a long text in it.
async function ownRoom(attack: Attack, operations = 1): Promise<Seated> {
  const seat = seatOf(await attack.ask<Created>('/v1/sessions', { deckId: 'classic' }));
  for (let i = 0; i < operations; ++i)
    await attack.ask(`/v1/sessions/${seat.sessionId}/operations`,
                     { kind: 'interpret', text: 'x'.repeat(9900) }, seat.token);
  return seat;
}

const enter = async (attack: Attack, seat: Seated): Promise<Line | null> => {
  const line = await attack.line();
  const joined = await line?.join(`session:${seat.sessionId}`, { token: seat.token });
  if (joined?.status === 'ok') return line;
  line?.end();
  return null;
};

// In each of these rooms some never read what the others say, and say themselves that they live.
async function deaf(attack: Attack): Promise<void> {
  const said = 'x'.repeat(3900);
  await Promise.all(Array.from({ length: 3 }, async () => {
    const seat = await ownRoom(attack);
    const topic = `session:${seat.sessionId}`;
    const listeners = attack.crowd(33, async () => {
      const line = await enter(attack, seat);
      if (!line) return;
      line.socket.pause();
      await attack.lasts(line.socket, 200, () => line.say('phoenix', 'heartbeat', {}));
    });
    const talkers = attack.crowd(6, async () => {
      const line = await enter(attack, seat);
      if (line) await attack.lasts(line.socket, 55, () => line.say(topic, 'cursor', { said }));
    });
    await Promise.all([listeners, talkers]);
  }));
}

// Answers to one's own questions, which nobody shares.
async function deafAskers(attack: Attack): Promise<void> {
  const seat = await ownRoom(attack, 12);
  await attack.crowd(100, async () => {
    const line = await attack.line();
    if (!line) return;
    line.socket.pause();
    await attack.lasts(line.socket, 500, () => {
      void line.push(`session:${seat.sessionId}`, 'phx_join',
                     { token: seat.token, sinceVersion: 0 });
    });
  });
}

async function floodFrames(attack: Attack, bytes: Buffer): Promise<void> {
  const seat = await ownRoom(attack);
  await attack.crowd(8, async () => {
    const line = await enter(attack, seat);
    if (line) await attack.lasts(line.socket, 5, () => line.socket.write(bytes));
  });
}

async function unfinished(attack: Attack): Promise<void> {
  const seat = await ownRoom(attack);
  await attack.crowd(300, async () => {
    const line = await enter(attack, seat);
    if (!line) return;
    line.socket.write(frame(Opcode.text, 'x'.repeat(OF_64_KB), false));
    await attack.lasts(line.socket, 2000, () => line.socket.write(frame(Opcode.ping, '')));
  });
}

async function bytewise(attack: Attack): Promise<void> {
  const seat = await ownRoom(attack);
  const beat = frame(Opcode.text, '[null,"9","phoenix","heartbeat",{}]');
  await attack.crowd(100, async () => {
    const line = await enter(attack, seat);
    let at = 0;
    if (line) await attack.lasts(line.socket, 10, () => {
      line.socket.write(beat.subarray(at, at + 1));
      at = (at + 1) % beat.length;
    });
  });
}

async function joinFlood(attack: Attack): Promise<void> {
  const seat = await ownRoom(attack);
  const topic = `session:${seat.sessionId}`;
  await attack.crowd(30, async () => {
    const line = await attack.line();
    if (!line) return;
    for (let i = 0; i < 50 && !attack.isOver && !line.isOver; ++i) {
      await line.join(topic, { token: seat.token });
      await line.join('session:00000000-0000-7000-8000-000000000000', { token: 'x' });
    }
    line.end();
  });
}

async function oversized(attack: Attack): Promise<void> {
  const announced = Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]); // 4 GB
  await attack.crowd(30, async () => {
    const line = await attack.line();
    line?.socket.write(Buffer.concat([announced, Buffer.alloc(1 << 20, 'x')]));
    if (line) await Promise.race([line.closed, pause(2000)]);
    const socket = await attack.dial();
    socket?.write(post('Content-Length: 4000000000\r\n', 'x'.repeat(1 << 20)));
    const chunked = await attack.dial();
    chunked?.write(post('Transfer-Encoding: chunked\r\n', '40000000\r\n' + 'x'.repeat(1 << 20)));
    await pause(200);
    for (const each of [line?.socket, socket, chunked]) each?.destroy();
  });
}

// What would be large if somebody decompressed it: 64 MB of nothing in 64 KB.
async function bombs(attack: Attack): Promise<void> {
  const { deflateRawSync, gzipSync } = await import('node:zlib');
  const nothing = Buffer.alloc(60 << 20);
  const [bomb, zipped] = [deflateRawSync(nothing), gzipSync(nothing)];
  const deflated = frame(Opcode.text, bomb.subarray(0, 60_000));
  deflated[0]! |= 0x40;
  await attack.crowd(20, async () => {
    const socket = await attack.dial();
    socket?.write(upgradeText('Sec-WebSocket-Extensions: permessage-deflate\r\n'));
    socket?.write(deflated);
    const request = await attack.dial();
    request?.write(post('Content-Type: application/json\r\nContent-Encoding: gzip\r\n' +
                        `Content-Length: ${zipped.length}\r\n`));
    request?.write(zipped);
    await pause(100);
    socket?.destroy();
    request?.destroy();
  });
}

export const ATTACKS: Record<string, Run> = {
  'slow heads': (attack) => slowly(attack, 500, 'GET / HTTP/1.1\r\nHost: x\r\nX-A: '),
  'slow bodies': (attack) => slowly(attack, 500, post(`Content-Length: ${OF_64_KB}\r\n`,
                                                     'x'.repeat(OF_64_KB - 1000))),
  'idle connections': (attack) => attack.crowd(3000, async () => {
    const socket = await attack.dial();
    if (socket) await attack.lasts(socket, 500, () => undefined);
  }),
  'sockets that never join': (attack) => attack.crowd(2000, async () => {
    const socket = await attack.dial();
    socket?.write(upgradeText());
    if (socket) await attack.lasts(socket, 500, () => undefined);
  }),
  'never reading': deaf,
  'never reading answers': deafAskers,
  'oversized': oversized,
  'unfinished messages': unfinished,
  'compressed bombs': bombs,
  'byte by byte': bytewise,
  'ping flood': (attack) => floodFrames(attack,
    Buffer.concat(Array.from({ length: 100 }, () => frame(Opcode.ping, 'x'.repeat(100))))),
  'event flood': (attack) => floodFrames(attack, Buffer.concat(Array.from({ length: 20 }, () =>
    frame(Opcode.text, '[null,"1","phoenix","heartbeat",{}]')))),
  'join flood': joinFlood,
};
