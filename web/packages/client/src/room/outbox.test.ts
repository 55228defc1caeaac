import { expect, test } from 'vitest';
import type { PushAnswer } from '../wire/connection.ts';
import { card, operation, session } from '../testing/samples.ts';
import { VirtualTime } from '../testing/virtual_time.ts';
import { OperationOutbox } from './outbox.ts';

function setUp() {
  const time = new VirtualTime();
  const sent: Record<string, unknown>[] = [];
  const answers: ((answer: PushAnswer) => void)[] = [];
  const told: string[] = [];
  const refused: string[] = [];
  const outbox = new OperationOutbox({
    send: (payload) => {
      sent.push(payload as Record<string, unknown>);
      return new Promise((resolve) => answers.push(resolve));
    },
    changed: (queue, paused) => told.push(`${queue.length}${paused ? ' paused' : ''}`),
    refused: ({ kind }, { code }) => refused.push(`${kind} ${code}`),
    setTimer: time.setTimer,
    now: () => time.now,
  });
  const answer = async (value: PushAnswer) => {
    answers.shift()?.(value);
    await new Promise<void>((resolve) => setTimeout(resolve));
  };
  return { time, sent, told, refused, outbox, answer };
}

const ok = (version: number): PushAnswer => ({ status: 'ok', response: { version } });

test('UI8 operations made offline are sent in order after the reconnect', async () => {
  const { sent, outbox, answer } = setUp();
  const first = outbox.add({ kind: 'draw', position: 'past' });
  const second = outbox.add({ kind: 'flip', card: 0 });
  expect(sent).toEqual([]);
  outbox.setLive(true);
  await answer(ok(1));
  await answer(ok(2));
  expect(sent.map(({ kind }) => kind)).toEqual(['draw', 'flip']);
  expect(await first).toEqual({ status: 'done', version: 1 });
  expect(await second).toEqual({ status: 'done', version: 2 });
});

test('UI8 an operation whose answer was lost is repeated by the same key', async () => {
  const { sent, outbox, answer } = setUp();
  outbox.setLive(true);
  const outcome = outbox.add({ kind: 'shuffle' });
  outbox.setLive(false);
  await answer({ status: 'unsent' });
  outbox.setLive(true);
  await answer(ok(1));
  expect(sent).toHaveLength(2);
  expect(sent[0]?.key).toBe(sent[1]?.key);
  expect(await outcome).toEqual({ status: 'done', version: 1 });
});

test('UI8 each operation has its own key', async () => {
  const { sent, outbox, answer } = setUp();
  outbox.setLive(true);
  void outbox.add({ kind: 'shuffle' });
  void outbox.add({ kind: 'shuffle' });
  await answer(ok(1));
  await answer(ok(2));
  expect(sent[0]?.key).not.toBe(sent[1]?.key);
});

test('UI8 while saving is paused an operation is kept, shown and repeated', async () => {
  const { time, sent, told, outbox, answer } = setUp();
  outbox.setLive(true);
  const outcome = outbox.add({ kind: 'shuffle' });
  const paused = { status: 503, code: 'saving_paused', retryAfterSeconds: 5 };
  await answer({ status: 'error', problem: paused });
  expect(told.at(-1)).toBe('1 paused');
  time.advance(4_999);
  expect(sent).toHaveLength(1);
  time.advance(1);
  await answer(ok(1));
  expect(told.at(-1)).toBe('0');
  expect(await outcome).toEqual({ status: 'done', version: 1 });
});

test('UI8 saving is paused only where the server says so, and until something is saved', async () => {
  const { time, sent, told, outbox, answer } = setUp();
  outbox.setLive(true);
  void outbox.add({ kind: 'shuffle' });
  const refusal = (status: number, code: string): PushAnswer => ({
    status: 'error',
    problem: { status, code },
  });
  await answer(refusal(429, 'rate_limited'));
  expect(told.at(-1)).toBe('1');
  time.advance(2_000);
  await answer(refusal(503, 'saving_paused'));
  expect(told.at(-1)).toBe('1 paused');
  time.advance(2_000);
  outbox.confirmed(operation(3, 'shuffle', { key: String(sent[0]?.key) }));
  expect(told.at(-1)).toBe('0');
});

test('UI8 a refused operation is over, and the next one goes', async () => {
  const { sent, outbox, answer } = setUp();
  outbox.setLive(true);
  const refused = outbox.add({ kind: 'reset' });
  void outbox.add({ kind: 'shuffle' });
  await answer({ status: 'error', problem: { status: 403, code: 'not_allowed' } });
  expect(await refused).toMatchObject({ status: 'refused', problem: { code: 'not_allowed' } });
  expect(sent.map(({ kind }) => kind)).toEqual(['reset', 'shuffle']);
});

test('UI2 of the moves of one drag only the newest waits for its turn', async () => {
  const { sent, outbox, answer } = setUp();
  outbox.setLive(true);
  void outbox.add({ kind: 'move', card: 0, x: 0.1, y: 0 });
  const skipped = outbox.add({ kind: 'move', card: 0, x: 0.2, y: 0 });
  void outbox.add({ kind: 'move', card: 0, x: 0.3, y: 0 });
  expect(await skipped).toEqual({ status: 'replaced' });
  await answer(ok(1));
  await answer(ok(2));
  expect(sent.map(({ x }) => x)).toEqual([0.1, 0.3]);
});

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

test('CK3 what is done with a card drawn here waits for its name, and goes under it', async () => {
  const { sent, outbox, answer } = setUp();
  outbox.setLive(true);
  void outbox.add({ kind: 'draw', position: 'future' });
  void outbox.add({ kind: 'move', card: -1, x: 0.2, y: 0.2 });
  await answer(ok(7));
  expect(sent.map(({ kind }) => kind)).toEqual(['draw']);
  outbox.sawSession(session({ version: 6 }));
  expect(sent).toHaveLength(1);
  outbox.sawSession(session({ version: 7, cards: [card({ index: 4, position: 'future' })] }));
  await settled();
  expect(sent[1]).toMatchObject({ kind: 'move', card: 4 });
});

test('CK3 with a refused draw goes what was to be done with its card, and nothing else', async () => {
  const { sent, refused, outbox, answer } = setUp();
  outbox.setLive(true);
  void outbox.add({ kind: 'draw', position: 'past' });
  const flip = outbox.add({ kind: 'flip', card: -1 });
  void outbox.add({ kind: 'shuffle' });
  await answer({ status: 'error', problem: { status: 409, code: 'position_taken' } });
  expect((await flip).status).toBe('refused');
  expect(refused).toEqual(['draw position_taken']);
  expect(sent.map(({ kind }) => kind)).toEqual(['draw', 'shuffle']);
});

test('CK4 what an earlier life of the page had not sent goes out with its key, unless too old', async () => {
  const { time, sent, told, outbox } = setUp();
  time.now = 24 * 3_600_000;
  outbox.resume([
    { key: 'old', request: { kind: 'shuffle' }, madeAt: 0 },
    { key: 'fresh', request: { kind: 'flip', card: 0 }, madeAt: time.now - 60_000 },
  ]);
  expect(told.at(-1)).toBe('1');
  outbox.setLive(true);
  expect(sent).toEqual([{ key: 'fresh', kind: 'flip', card: 0 }]);
});

test('CK4 what is to be done with a card whose draw is not kept holds nothing up', () => {
  const { sent, told, outbox } = setUp();
  const madeAt = 0;
  outbox.resume([
    { key: 'a', request: { kind: 'flip', card: -3 }, madeAt },
    { key: 'b', request: { kind: 'draw', position: 'past' }, drawn: -4, madeAt },
    { key: 'c', request: { kind: 'flip', card: -4 }, madeAt },
  ]);
  expect(told.at(-1)).toBe('2');
  outbox.setLive(true);
  expect(sent).toEqual([{ key: 'b', kind: 'draw', position: 'past' }]);
});

test('CK4 an operation seen among the others is done, whatever became of its answer', async () => {
  const { sent, told, outbox } = setUp();
  outbox.setLive(true);
  const outcome = outbox.add({ kind: 'shuffle' });
  outbox.confirmed(operation(3, 'shuffle', { key: String(sent[0]?.key) }));
  expect(await outcome).toEqual({ status: 'done', version: 3 });
  expect(told.at(-1)).toBe('0');
});
