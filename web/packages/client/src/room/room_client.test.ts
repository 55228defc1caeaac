import { afterEach, expect, test } from 'vitest';
import { joinReply } from '../testing/samples.ts';
import { Api } from '../wire/api.ts';
import type { RoomCopy, RoomKeeper } from './copy.ts';
import { RoomClient } from './room_client.ts';
import type { Ending } from './state.ts';

let client: RoomClient;
afterEach(() => client.close());

// A room without a server: what is done in it waits.
function offlineRoom() {
  const kept: { copy: RoomCopy | null } = { copy: null };
  const keeper: RoomKeeper = {
    load: () => kept.copy,
    save: (copy) => void (kept.copy = copy),
    forget: () => void (kept.copy = null),
  };
  client = new RoomClient(new Api('http://127.0.0.1:1'), { sessionId: 's-1', token: 't' }, { keeper });
  client.dispatch({ type: 'joined', reply: joinReply() });
  client.dispatch({ type: 'link', link: 'offline' });
  return kept;
}

const kinds = (queue: { request: { kind: string } }[] = []) =>
  queue.map(({ request }) => request.kind);

test('CK4 what was not sent when the room expired, or was left, is kept for the return', () => {
  const endings: Ending[] = [{ kind: 'expired', restorableUntil: null }, { kind: 'left' }];
  for (const ending of endings) {
    const kept = offlineRoom();
    void client.operate({ kind: 'set_question', question: 'Where to?' });
    client.dispatch({ type: 'ended', ending });
    expect(kinds(kept.copy?.queue)).toEqual(['set_question']);
    client.dispatch({ type: 'reentering' });
    client.dispatch({ type: 'joined', reply: joinReply() });
    expect(client.store.getState().shown?.question).toBe('Where to?');
    client.close();
  }
});

test('CK4 a room that is over for good says how much was not saved, and keeps none of it', async () => {
  const kept = offlineRoom();
  const outcome = client.operate({ kind: 'shuffle' });
  client.dispatch({ type: 'ended', ending: { kind: 'completed' } });
  expect((await outcome).status).toBe('refused');
  expect(client.store.getState()).toMatchObject({ unsaved: 1, queue: [] });
  expect(kept.copy?.queue).toEqual([]);
});
