// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { CrashGuard } from './crash_guard';
import { texts } from './texts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Broken(): never {
  throw new Error('cannot be drawn');
}

test('UI43 a page that cannot be drawn says so, and offers to load it again', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  render(
    <CrashGuard>
      <Broken />
    </CrashGuard>,
  );
  expect(screen.getByTestId('problem-message').textContent).toBe(texts.crash.sentence);
  expect(screen.getByText(texts.crash.reload)).toBeTruthy();
  expect(screen.getByTestId('home-link')).toBeTruthy();
});
