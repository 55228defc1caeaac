// The phoenix client from npm, as it is, in Node.
import { createRequire } from 'node:module';

interface Push {
  receive(status: string, callback: (response: never) => void): Push;
}
export interface Channel {
  join(): Push;
  leave(): Push;
  push(event: string, payload: object): Push;
  on(event: string, callback: (payload: never) => void): void;
  onClose(callback: () => void): void;
}
export interface Socket {
  connect(): void;
  disconnect(): void;
  channel(topic: string, params: object | (() => object)): Channel;
}

interface PhoenixPresence {
  list<T>(choose: (key: string, presence: { metas: { name: string }[] }) => T): T[];
}
const { Socket: PhoenixSocket, Presence } = createRequire(import.meta.url)('phoenix') as {
  Socket: new (url: string, options: object) => Socket;
  Presence: new (channel: Channel) => PhoenixPresence;
};

// Who is here, as the package's own Presence understands what it is told.
export function presenceOf(channel: Channel): { names(): string[] } {
  const presence = new Presence(channel);
  return {
    names: () => presence.list((_, { metas }) => metas[0]?.name ?? '').sort(),
  };
}

export function openSocket(base: string): Socket {
  const socket = new PhoenixSocket(`${base.replace('http', 'ws')}/socket`, {
    transport: globalThis.WebSocket,
  });
  socket.connect();
  return socket;
}

// The reply to a push: its status and its response.
export function reply<T>(push: Push): Promise<{ status: string; response: T }> {
  return new Promise((resolve, reject) => {
    for (const status of ['ok', 'error'])
      push.receive(status, (response) => resolve({ status, response: response as T }));
    push.receive('timeout', () => reject(new Error('no reply')));
  });
}
