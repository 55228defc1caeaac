// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, expect, test } from 'vitest';
import { useFocusHeir } from './focus';

afterEach(cleanup);

function Passing() {
  const element = useRef<HTMLDivElement>(null);
  useFocusHeir(element, '.nobody', '.heir');
  return (
    <div ref={element}>
      <button type="button">Passing</button>
    </div>
  );
}

const Room = ({ passes }: { passes: boolean }) => (
  <>
    {!passes && <Passing />}
    <button type="button" className="heir">
      Heir
    </button>
    <button type="button">Other</button>
  </>
);

test.each([
  ['Passing', 'Heir'],
  ['Other', 'Other'],
])('UI36 when a part of the room goes and %s had the focus, %s has it next', async (had, has) => {
  const { rerender } = render(<Room passes={false} />);
  screen.getByText(had).focus();
  await act(async () => rerender(<Room passes />));
  expect(document.activeElement?.textContent).toBe(has);
});
