// @vitest-environment happy-dom
import type { Answer, OperationPage } from '@tarotforge/client';
import { afterEach, expect, test, vi } from 'vitest';
import { drawn } from '../../packages/client/src/testing/samples';
import { api } from '../server';
import { operationsOf } from './use_reading';

afterEach(() => vi.restoreAllMocks());

const seat = { sessionId: 's-1', token: 't' };
const page = (nextAfter: number | null): Answer<OperationPage> => ({
  ok: true,
  value: { operations: [drawn(nextAfter ?? 2, 0, 'past')], nextAfter },
});

test('UI29 the operations of a reading are fetched to the last, or there is no replay', async () => {
  const asked = vi.spyOn(api, 'operationsAfter');
  asked.mockResolvedValueOnce(page(1)).mockResolvedValueOnce(page(null));
  expect(await operationsOf(seat)).toHaveLength(2);
  asked.mockResolvedValueOnce(page(1));
  asked.mockResolvedValueOnce({ ok: false, problem: { status: 503, code: 'overloaded' } });
  expect(await operationsOf(seat)).toBeNull();
});
