// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { Suspense } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchedPage } from '../fetched_page';
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
  const assign = vi.spyOn(window.location, 'assign').mockImplementation(() => {});
  fireEvent.click(screen.getByTestId('home-link'));
  fireEvent.click(screen.getByTestId('marketplace-link'));
  expect(assign.mock.calls).toEqual([['/'], ['/marketplace']]);
});

test('UI43 a page whose code does not arrive says that, and nothing of a crash', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { Page } = fetchedPage(() => Promise.reject(new TypeError('offline')));
  render(
    <CrashGuard>
      <Suspense fallback={null}>
        <Page />
      </Suspense>
    </CrashGuard>,
  );
  const said = await screen.findByTestId('problem-message');
  expect(said.textContent).toBe(texts.notFetched.sentence);
});
