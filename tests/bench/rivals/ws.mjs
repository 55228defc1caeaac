// The same work on `ws`: rooms, heartbeats and a broadcast in Phoenix's frames, compression off. It
// prints its port when it listens. SIGUSR2 collects garbage, so that only live memory is counted.
import { randomUUID } from 'node:crypto';
import { WebSocketServer } from 'ws';

const OK = { status: 'ok', response: {} };
const rooms = new Map();

function join(socket, topic) {
  leave(socket);
  let room = rooms.get(topic);
  if (!room) rooms.set(topic, (room = new Set()));
  room.add(socket);
  socket.topic = topic;
  socket.id = randomUUID();
}

function leave(socket) {
  const room = rooms.get(socket.topic);
  if (!room) return;
  room.delete(socket);
  if (room.size === 0) rooms.delete(socket.topic);
}

function receive(socket, data) {
  const [joinRef, ref, topic, event, payload] = JSON.parse(data);
  if (event === 'heartbeat') {
    socket.send(JSON.stringify([null, ref, 'phoenix', 'phx_reply', OK]));
  } else if (event === 'phx_join') {
    join(socket, topic);
    socket.send(JSON.stringify([joinRef, ref, topic, 'phx_reply', OK]));
  } else if (rooms.get(topic)?.has(socket)) {
    payload.by = socket.id;
    const text = JSON.stringify([null, null, topic, event, payload]);
    for (const other of rooms.get(topic)) if (other !== socket) other.send(text);
  }
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('message', (data) => receive(socket, data));
  socket.on('close', () => leave(socket));
  socket.on('error', () => socket.terminate());
});
server.on('listening', () => console.log(server.address().port));
process.on('SIGUSR2', () => globalThis.gc());
