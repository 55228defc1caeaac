// The client package as other programs use it: built, in Node, against a real server.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { ReadingSessionStore } from '../../web/packages/client/src/session_store.ts';
import { until } from './support/api.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

const { createReadingSessionStore, verify } = (await import(
  new URL('../../web/packages/client/dist/index.js', import.meta.url).href
)) as typeof import('../../web/packages/client/src/index.ts');

let server: Server;
let host: ReadingSessionStore;
let guest: ReadingSessionStore;

before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});
afterEach(() => {
  for (const store of [host, guest]) store?.getState().room?.close();
});

const isLive = (store: ReadingSessionStore) =>
  until('the room is live', async () =>
    store.getState().room?.store.getState().link === 'live');

const cardsOf = (store: ReadingSessionStore) =>
  JSON.stringify(store.getState().room?.store.getState().session?.cards);

const pendingOf = (store: ReadingSessionStore) =>
  store.getState().room?.store.getState().queue.length;

async function seated(): Promise<void> {
  host = createReadingSessionStore(server.url);
  guest = createReadingSessionStore(server.url);
  await host.createSession({ deckId: 'classic', layout: 'three-card', name: 'Ada' });
  await isLive(host);
  const code = host.getState().seat?.inviteUrl?.split('/').at(-1) ?? '';
  await guest.joinSession(code, { accessMethod: 'invite', name: 'Robin' });
  await isLive(guest);
}

test('CK1 CK2 two programs hold a reading, and leave', async () => {
  await seated();
  assert.equal(host.getState().isHost, true);
  assert.equal(guest.getState().isHost, false);
  const seen: string[] = [];
  guest.getState().room?.on('operation', ({ kind }) => seen.push(kind));
  const room = host.getState().room;
  assert.ok(room);
  void room.operate({ kind: 'set_step', step: 'drawing' });
  const draw = room.operate({ kind: 'draw', position: 'past' });
  const turn = room.operate({ kind: 'flip', card: -1 });
  assert.equal(host.getState().session?.cards.length, 1, 'shown before the server has answered');
  assert.equal((await draw).status, 'done');
  assert.equal((await turn).status, 'done');
  await until('the guest saw it', async () => seen.join(' ') === 'set_step draw flip');
  await until('the tables are equal', async () => cardsOf(host) === cardsOf(guest));
  assert.equal(guest.getState().participants.length, 2);
  guest.updatePresence();
  assert.equal(await guest.checkSessionExpiry(), false);
  await guest.leaveSession();
  assert.equal(guest.getState().session, null);
  await until('the host sees it', async () =>
    host.getState().participants.some(({ name, presence }) =>
      name === 'Robin' && presence === 'offline'));
});

test('CK2 CK3 what is refused is undone, with what was to be done with its card', async () => {
  await seated();
  const room = guest.getState().room;
  assert.ok(room);
  const refused: string[] = [];
  room.on('refused', ({ problem }) => refused.push(problem.code));
  const draw = room.operate({ kind: 'draw', position: 'past' });
  const turn = room.operate({ kind: 'flip', card: -1 });
  assert.equal(guest.getState().session?.cards.length, 1);
  assert.equal((await draw).status, 'refused');
  assert.equal((await turn).status, 'refused');
  assert.deepEqual(refused, ['wrong_step']);
  assert.equal(guest.getState().session?.cards.length, 0);
});

test('CK4 UI8 what is done while the server is away is done once when it is back', async () => {
  await seated();
  await server.kill();
  await until('both have noticed', async () =>
    [host, guest].every((store) =>
      store.getState().room?.store.getState().link === 'reconnecting'));
  const [hosts, guests] = [host.getState().room, guest.getState().room];
  void hosts?.operate({ kind: 'set_step', step: 'drawing' });
  void hosts?.operate({ kind: 'draw', position: 'past' });
  void hosts?.operate({ kind: 'flip', card: -1 });
  void guests?.operate({ kind: 'focus', card: null });
  assert.equal(pendingOf(host), 3);
  await server.run();
  await until('nothing waits', async () => pendingOf(host) === 0 && pendingOf(guest) === 0, 20_000);
  await until('the tables are equal', async () => cardsOf(host) === cardsOf(guest));
  const card = guest.getState().session?.cards[0];
  assert.equal(card?.faceUp, true);
  assert.equal(guest.getState().session?.version, 4);
});

test('CK1 refusals are sentences, and operators clean up', async () => {
  const store = createReadingSessionStore(server.url);
  assert.equal(await store.joinSession('nobody-made-this-one'), null);
  assert.equal(store.getState().error, 'This invitation link is not valid.');
  assert.equal(await store.checkSessionExpiry(), true);
  assert.equal(await store.cleanupInactiveSessions('not the token'), 0);
  assert.equal(store.getState().problem?.status, 401);
  assert.equal(await store.cleanupInactiveSessions(ADMIN_TOKEN), 0);
});

test('CK7 RD6 the shuffles of a reading that has ended verify', async () => {
  await seated();
  const room = host.getState().room;
  assert.ok(room);
  await room.operate({ kind: 'shuffle' });
  const closed = await room.api.listShuffles(room.seat);
  assert.ok(closed.ok && closed.value.length === 2);
  assert.deepEqual(await Promise.all(closed.value.map(verify)), ['closed', 'closed']);
  await room.api.completeSession(room.seat);
  const opened = await room.api.listShuffles(room.seat);
  assert.ok(opened.ok);
  assert.deepEqual(await Promise.all(opened.value.map(verify)), ['kept', 'kept']);
});
