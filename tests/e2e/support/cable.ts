// A cable between browsers and a server that can be pulled: nothing comes through, and neither end
// is told, as when a laptop sleeps or a train enters a tunnel.
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export class Cable {
  readonly url: string;
  private readonly listener: Server;
  private readonly sockets = new Set<Socket>();
  private readonly dead = new Set<Socket>();
  private pulled = false;

  private constructor(listener: Server, port: number, serverPort: number) {
    this.listener = listener;
    this.url = `http://127.0.0.1:${port}`;
    listener.on('connection', (near) => {
      const far = connect(serverPort, '127.0.0.1');
      for (const [from, to] of [[near, far], [far, near]] as const) {
        this.sockets.add(from);
        from.on('data', (data) => to.write(data));
        from.on('error', () => {}); // followed by close
        from.on('close', () => {
          this.sockets.delete(from);
          if (!this.dead.has(from)) to.destroy();
        });
        if (this.pulled) this.cut(from);
      }
    });
  }

  static async to(serverPort: number): Promise<Cable> {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    return new Cable(listener, address.port, serverPort);
  }

  pull(): void {
    this.pulled = true;
    for (const socket of this.sockets) this.cut(socket);
  }

  // What was under way before stays dead without a word; what is new goes through.
  plugIn(): void {
    this.pulled = false;
  }

  private cut(socket: Socket): void {
    this.dead.add(socket);
    socket.pause();
  }

  async remove(): Promise<void> {
    this.listener.close();
    for (const socket of [...this.sockets, ...this.dead]) socket.destroy();
    await once(this.listener, 'close');
  }
}
