import { expect, test } from 'vitest';
import { inWords } from './format';

test('UI11 durations in words', () => {
  expect(inWords(3600)).toBe('1 hour');
  expect(inWords(86_400)).toBe('24 hours');
  expect(inWords(5400)).toBe('1 hour 30 minutes');
  expect(inWords(60)).toBe('1 minute');
  expect(inWords(8)).toBe('8 seconds');
  expect(inWords(600)).toBe('10 minutes');
});
