// The same work on Socket.IO: rooms, heartbeats with an acknowledgement and a broadcast, over its
// websocket transport alone. Its own pings stay on. It prints its port when it listens. SIGUSR2
// collects garbage, so that only live memory is counted.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const OK = { status: 'ok', response: {} };

const http = createServer();
const server = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
  // Twice its default, so that none of its own pings fall into what is measured.
  pingInterval: 50_000,
});
// Its documentation's advice for many idle connections: let go of the upgrade request.
server.engine.on('connection', (raw) => (raw.request = null));
server.on('connection', (socket) => {
  socket.on('join', (room, done) => {
    socket.join(room);
    socket.data.id = randomUUID();
    done(OK);
  });
  socket.on('heartbeat', (_payload, done) => done(OK));
  socket.on('cursor', (room, payload) => {
    if (!socket.rooms.has(room)) return;
    payload.by = socket.data.id;
    socket.to(room).emit('cursor', room, payload);
  });
});
http.listen(0, '127.0.0.1', () => console.log(http.address().port));
process.on('SIGUSR2', () => globalThis.gc());
