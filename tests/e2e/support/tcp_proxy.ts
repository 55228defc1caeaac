// A network in trouble: a TCP proxy that is slow, narrow, cuts, resets, swallows everything without
// a word, or holds back the end of a connection. What it does may change while it is used.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

const PIECE = 4096; // written at once, so that a narrow way is narrow evenly

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class TcpProxy {
  port = 0;
  latencyMs = 0; // each way
  bytesPerSecond = Infinity; // of each connection, each way
  closeMs = 0; // for how long an end is held back
  private isOpen = true;
  private wake: () => void = () => undefined;
  private opened: Promise<void> = Promise.resolve();
  private readonly target: number;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly swallowed = new Set<Socket>(); // by a silence that is over

  private constructor(target: number) {
    this.target = target;
    this.server = createServer({ allowHalfOpen: true }, (near) => this.take(near));
  }

  static async before(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    const address = proxy.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    proxy.port = address.port;
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  get connections(): number {
    return this.sockets.size / 2;
  }

  // From now on nothing comes through, and nobody is told.
  blackHole(): void {
    this.isOpen = false;
    this.opened = new Promise((resolve) => (this.wake = resolve));
  }

  // New connections come through again; those that were swallowed are gone for good, but the two
  // ends are not told, or only `by` a reset.
  heal(by: 'silence' | 'reset' = 'reset'): void {
    for (const socket of this.sockets) {
      if (by === 'reset') socket.resetAndDestroy();
      else this.swallowed.add(socket.pause());
    }
    if (by === 'silence') this.sockets.clear();
    this.isOpen = true;
    this.wake();
  }

  // Both ends are told that the other has finished.
  cut(): void {
    for (const socket of this.sockets) socket.destroySoon();
  }

  reset(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    this.server.close();
    this.reset();
    for (const socket of this.swallowed) socket.destroy();
    this.wake();
  }

  private take(near: Socket): void {
    const far = connect({ port: this.target, host: '127.0.0.1', noDelay: true,
                          allowHalfOpen: true });
    near.setNoDelay(true);
    for (const [socket, other] of [[near, far], [far, near]] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.resetAndDestroy());
      socket.on('close', () => this.sockets.delete(socket));
      void this.pump(socket, other);
    }
  }

  private async pump(from: Socket, to: Socket): Promise<void> {
    const queue: { due: number; bytes: Buffer | null }[] = [];
    let news: () => void = () => undefined;
    const put = (bytes: Buffer | null, ms: number) => {
      queue.push({ due: performance.now() + ms, bytes });
      news();
    };
    from.on('data', (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += PIECE)
        put(bytes.subarray(at, at + PIECE), this.latencyMs);
      if (queue.length > 64) from.pause();
    });
    from.on('end', () => put(null, this.latencyMs + this.closeMs));
    from.on('close', () => news());
    while (!to.destroyed) {
      const next = queue.shift();
      if (!next) {
        if (from.destroyed) return to.destroySoon();
        from.resume();
        await new Promise<void>((resolve) => (news = resolve));
        continue;
      }
      const early = next.due - performance.now();
      if (early > 0) await pause(early);
      if (!this.isOpen) await this.opened;
      if (this.swallowed.has(from)) return;
      if (!next.bytes) to.end();
      else if (!to.destroyed) to.write(next.bytes);
      if (next.bytes && this.bytesPerSecond < Infinity)
        await pause((next.bytes.length / this.bytesPerSecond) * 1000);
    }
  }
}
