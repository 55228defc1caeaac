import { describe, expect, test } from 'vitest';
import type { Operation } from '../wire/types.ts';
import {
  after,
  card,
  drawn,
  GUEST,
  HOST,
  joinedRoom,
  joinReply,
  operation,
  play,
  session,
  T0,
} from '../testing/samples.ts';
import { copyOf, readCopy } from './copy.ts';
import { reduce, type RoomEvent } from './reducer.ts';
import { initialRoom } from './state.ts';

const pushed = (operation: Operation): RoomEvent => ({ type: 'operation', operation });
const threeDraws = [drawn(1, 0, 'past'), drawn(2, 1, 'present'), drawn(3, 2, 'future')];

describe('operations', () => {
  test('UI9 operations in order build the table', () => {
    const flip = operation(4, 'flip', {
      card: card({ index: 0, faceUp: true, cardId: 'moon', name: 'The Moon', isReversed: true }),
    });
    const state = play([...threeDraws, flip].map(pushed), joinedRoom());
    expect(state.session?.version).toBe(4);
    expect(state.session?.deckRemaining).toBe(75);
    expect(state.session?.cards.map(({ position }) => position)).toEqual([
      'past',
      'present',
      'future',
    ]);
    expect(state.session?.cards[0]?.name).toBe('The Moon');
    expect(state.missingAfter).toBeNull();
  });

  test('UI9 a repeated or old operation changes nothing', () => {
    const state = play(threeDraws.map(pushed), joinedRoom());
    expect(play(threeDraws.map(pushed), state).session).toEqual(state.session);
  });

  test('UI9 the reducer leaves its input alone', () => {
    const before = joinedRoom();
    const copy = structuredClone(before);
    reduce(before, pushed(drawn(1, 0, 'past')));
    expect(before).toEqual(copy);
  });

  test('UI9 a gap in versions asks for what is missing and applies nothing beyond it', () => {
    const state = play(
      [pushed(drawn(1, 0, 'past')), pushed(drawn(3, 2, 'future'))],
      joinedRoom(),
    );
    expect(state.session?.version).toBe(1);
    expect(state.missingAfter).toBe(1);
  });

  test('UI9 the missing operation closes the gap, and what came early follows in order', () => {
    const state = play(
      [
        pushed(drawn(3, 2, 'future')),
        { type: 'caught_up', operations: threeDraws.slice(0, 2), nextAfter: null },
      ],
      joinedRoom(),
    );
    expect(state.session?.version).toBe(3);
    expect(state.session?.cards).toHaveLength(3);
    expect(state.missingAfter).toBeNull();
    expect(state.early).toEqual([]);
  });

  test('UI9 a page that is not the last asks for the next one', () => {
    const state = play(
      [
        pushed(drawn(3, 2, 'future')),
        { type: 'caught_up', operations: threeDraws.slice(0, 1), nextAfter: 1 },
      ],
      joinedRoom(),
    );
    expect(state.missingAfter).toBe(1);
  });

  test('UI23 UI25 whose hand it was and a shuffle are news once, not again after a return', () => {
    const shuffled = operation(2, 'shuffle', { by: GUEST, shuffleCommitment: 'bb' });
    const seen = play([pushed(drawn(1, 0, 'past')), pushed(shuffled)], joinedRoom());
    expect(seen.touches).toEqual({ 0: { by: HOST, version: 1 } });
    expect(seen.lastShuffle).toEqual({ by: GUEST, version: 2 });
    const nothing = { touches: {}, lastShuffle: null };
    expect(play([{ type: 'joined', reply: joinReply() }], seen)).toMatchObject(nothing);
    const ended: RoomEvent = { type: 'expired', generation: 1, restorableUntil: null };
    expect(play([ended, { type: 'reentering' }], seen)).toMatchObject(nothing);
  });

  test('UI9 a rejoin takes the session of the reply and applies only what lies beyond it', () => {
    const state = play([
      {
        type: 'joined',
        reply: joinReply({
          session: session({ version: 2, cards: [card()], deckRemaining: 77 }),
          operations: [drawn(1, 0, 'past'), drawn(2, 1, 'present'), drawn(3, 2, 'future')],
        }),
      },
    ]);
    expect(state.session?.version).toBe(3);
    expect(state.session?.cards.map(({ index }) => index)).toEqual([0, 2]);
  });

  test('UI2 a returned card leaves the table, and is not shown to everyone any more', () => {
    const state = play(
      [
        pushed(drawn(1, 0, 'past')),
        pushed(operation(2, 'focus', { activeCardIndex: 0 })),
        pushed(
          operation(3, 'return_card', { card: 0, deckRemaining: 78, shuffleCommitment: 'bb' }),
        ),
      ],
      joinedRoom(),
    );
    expect(state.session?.cards).toEqual([]);
    expect(state.session?.activeCardIndex).toBeNull();
    expect(state.session?.shuffleCommitment).toBe('bb');
  });

  test('UI2 a reset brings the whole session', () => {
    const fresh = session({ version: 2, cards: [], question: 'kept' });
    const state = play(
      [pushed(drawn(1, 0, 'past')), pushed(operation(2, 'reset', { session: fresh }))],
      joinedRoom(),
    );
    expect(state.session?.cards).toEqual([]);
    expect(state.session?.version).toBe(2);
  });

  test('UI3 a removed participant leaves the list', () => {
    const removal = operation(1, 'remove_participant', { participantId: GUEST });
    const state = play([pushed(removal)], joinedRoom());
    expect(Object.keys(state.people)).toEqual([HOST]);
  });
});

describe('presence', () => {
  const meta = (ref: string, presence: 'active' | 'visible' | 'connected' | 'reconnecting') => ({
    phx_ref: ref,
    name: 'Ben',
    role: 'participant' as const,
    presence,
    since: after(1),
  });
  const state = (metas: ReturnType<typeof meta>[]): RoomEvent => ({
    type: 'presence_state',
    presences: { [GUEST]: { metas } },
  });

  test('UI3 a lost connection is shown with its reason, then as away', () => {
    const lost = { ...meta('2', 'reconnecting'), reason: 'lost' };
    const grace = play(
      [
        state([meta('1', 'active')]),
        {
          type: 'presence_diff',
          at: after(5),
          diff: {
            joins: { [GUEST]: { metas: [lost] } },
            leaves: { [GUEST]: { metas: [meta('1', 'active')] } },
          },
        },
      ],
      joinedRoom(),
    );
    expect(grace.people[GUEST]).toMatchObject({ presence: 'reconnecting', reason: 'lost' });
    const gone = play(
      [
        {
          type: 'presence_diff',
          at: after(20),
          diff: { joins: {}, leaves: { [GUEST]: { metas: [lost] } } },
        },
      ],
      grace,
    );
    expect(gone.people[GUEST]).toMatchObject({
      presence: 'offline',
      reason: 'lost',
      since: after(20),
    });
  });

  test('UI3 a participant is as present as their most present connection', () => {
    const both = play([state([meta('1', 'connected'), meta('2', 'active')])], joinedRoom());
    expect(both.people[GUEST]?.presence).toBe('active');
  });

  test('UI3 closing one of two connections is no leave', () => {
    const one = play(
      [
        state([meta('1', 'connected'), meta('2', 'active')]),
        {
          type: 'presence_diff',
          at: after(5),
          diff: { joins: {}, leaves: { [GUEST]: { metas: [meta('2', 'active')] } } },
        },
      ],
      joinedRoom(),
    );
    expect(one.people[GUEST]?.presence).toBe('connected');
  });

  test('UI3 a hand-over makes one host, and the session names them', () => {
    const host = { ...meta('9', 'active'), role: 'host' as const };
    const handed = play(
      [
        {
          type: 'presence_diff',
          at: after(5),
          diff: { joins: { [GUEST]: { metas: [host] } }, leaves: {} },
        },
      ],
      joinedRoom(),
    );
    const hosts = Object.values(handed.people).filter(({ role }) => role === 'host');
    expect(hosts.map(({ id }) => id)).toEqual([GUEST]);
    expect(handed.session?.hostParticipantId).toBe(GUEST);
  });
});

describe('warning and endings', () => {
  const warn = (generation: number, seconds: number): RoomEvent => ({
    type: 'expiring',
    generation,
    expiresAt: after(seconds),
    secondsLeft: 300,
  });

  test('UI4 a warning stands until it is extended', () => {
    const warned = play([warn(1, 3600)], joinedRoom());
    expect(warned.warning).toMatchObject({ generation: 1, expiresAt: after(3600) });
    const kept = play([{ type: 'extended', expiresAt: after(7000) }], warned);
    expect(kept.warning).toBeNull();
    expect(kept.session?.expiresAt).toBe(after(7000));
  });

  test('UI4 a warning sent again counts as new, so that it is acknowledged again', () => {
    const twice = play([warn(1, 3600), warn(1, 3900)], joinedRoom());
    expect(twice.warning).toMatchObject({ number: 2, expiresAt: after(3900) });
  });

  test('UI4 a join into a warned session shows the warning', () => {
    expect(joinedRoom({ serverTime: after(3400) }).warning?.expiresAt).toBe(after(3600));
    expect(joinedRoom({ serverTime: after(3200) }).warning).toBeNull();
  });

  test('UI4 a warning of another generation is ignored', () => {
    expect(play([warn(2, 3600)], joinedRoom()).warning).toBeNull();
  });

  test('UI5 expiry ends the room, and a close that follows does not replace it', () => {
    const over = play(
      [
        warn(1, 3600),
        { type: 'expired', generation: 1, restorableUntil: after(90_000) },
        { type: 'ended', ending: { kind: 'removed' } },
        pushed(drawn(1, 0, 'past')),
      ],
      joinedRoom(),
    );
    expect(over.ending).toEqual({ kind: 'expired', restorableUntil: after(90_000) });
    expect(over.warning).toBeNull();
    expect(over.session?.version).toBe(0);
  });

  test('UI5 an expiry of an earlier generation ends nothing', () => {
    const room = joinedRoom({ session: session({ generation: 2 }) });
    const event: RoomEvent = { type: 'expired', generation: 1, restorableUntil: null };
    expect(play([event], room).ending).toBeNull();
  });

  test('UI10 the answer over HTTP ends the room as the event would', () => {
    const over = play(
      [
        { type: 'socket_down' },
        {
          type: 'expiry_answered',
          expiry: {
            expired: true,
            serverTime: after(3601),
            expiresAt: null,
            warnsAt: null,
            inactiveSeconds: 3601,
            restorableUntil: after(90_000),
          },
        },
      ],
      joinedRoom(),
    );
    expect(over.ending).toEqual({ kind: 'expired', restorableUntil: after(90_000) });
  });

  test('UI7 a rejoin after the restore shows the same cards', () => {
    const before = play(threeDraws.map(pushed), joinedRoom());
    const restored = play(
      [
        { type: 'expired', generation: 1, restorableUntil: after(90_000) },
        { type: 'reentering' },
        {
          type: 'joined',
          reply: joinReply({ session: { ...before.session!, generation: 2 } }),
        },
      ],
      before,
    );
    expect(restored.ending).toBeNull();
    expect(restored.link).toBe('live');
    expect(restored.session?.cards).toEqual(before.session?.cards);
  });

  test('UI8 a lost socket is shown, and a draining server as such', () => {
    expect(play([{ type: 'socket_down' }], joinedRoom()).link).toBe('reconnecting');
    const draining: RoomEvent[] = [
      { type: 'draining', reconnectAfterMs: 800 },
      { type: 'socket_down' },
    ];
    expect(play(draining, joinedRoom()).link).toBe('restarting');
    const noNetwork: RoomEvent[] = [{ type: 'link', link: 'offline' }, { type: 'socket_down' }];
    expect(play(noNetwork, joinedRoom()).link).toBe('offline');
    expect(initialRoom.link).toBe('connecting');
  });
});

describe('what this browser kept', () => {
  const copied = () => {
    const state = play([{ type: 'operation', operation: drawn(1, 0, 'past') }], joinedRoom());
    const copy = readCopy(JSON.parse(JSON.stringify(copyOf(state, T0))));
    if (!copy) throw new Error('no copy');
    return copy;
  };

  test('CK4 a copy is shown until the server answers, and nobody in it is said to be here', () => {
    const state = play([{ type: 'copy', copy: copied() }]);
    expect(state.copyFrom).toBe(T0);
    expect(state.shown?.cards).toHaveLength(1);
    expect(Object.values(state.people).map(({ presence }) => presence)).toEqual([
      'offline',
      'offline',
    ]);
    const live = play([{ type: 'joined', reply: joinReply() }], state);
    expect(live.copyFrom).toBeNull();
    expect(live.session?.cards).toHaveLength(0);
  });

  test('CK4 a copy that comes late, or is damaged, changes nothing', () => {
    const live = joinedRoom();
    expect(play([{ type: 'copy', copy: copied() }], live)).toBe(live);
    expect(readCopy({ format: 2 })).toBeNull();
    expect(readCopy('junk')).toBeNull();
  });

  test('CK2 a refused operation only has to leave the queue to be undone', () => {
    const queue = [
      { key: 'k', request: { kind: 'set_question' as const, question: 'No?' }, madeAt: 0 },
    ];
    const asked = play([{ type: 'queue', queue, savingPaused: false }], joinedRoom());
    expect(asked.shown?.question).toBe('No?');
    expect(asked.session?.question).toBe('');
    const undone = play([{ type: 'queue', queue: [], savingPaused: false }], asked);
    expect(undone.shown?.question).toBe('');
  });
});

test('UI23 it is remembered whose hand was last on a card', () => {
  const state = play(
    [
      { type: 'operation', operation: { ...drawn(1, 0, 'past'), by: GUEST } },
      { type: 'operation', operation: operation(2, 'move', { card: card({ x: 0.9 }) }) },
    ],
    joinedRoom(),
  );
  expect(state.touches[0]).toEqual({ by: HOST, version: 2 });
});
