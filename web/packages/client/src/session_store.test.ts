import { expect, test } from 'vitest';
import { HOST, joinReply } from './testing/samples.ts';
import { createReadingSessionStore } from './session_store.ts';

test('CK1 what is known of a seat stands until the room itself says more', async () => {
  const store = createReadingSessionStore('http://127.0.0.1:1');
  const seat = { sessionId: 's-1', token: 't', participantId: 'p-1', restoreKey: null, inviteUrl: null };
  await store.joinSession('s-1', { accessMethod: 'seat', seat });
  const { room } = store.getState();
  room?.dispatch({ type: 'link', link: 'offline' });
  expect(store.getState().participantId).toBe('p-1');
  room?.dispatch({ type: 'joined', reply: joinReply() });
  expect(store.getState()).toMatchObject({ participantId: HOST, isHost: true });
  room?.close();
});
