// Controls that take themselves away hand the focus on: otherwise it drops to the page, and whoever
// uses a keyboard or a screen reader begins at its top again.
import { flushSync } from 'react-dom';

/** Makes the change; if the focus is lost by it, the first of these that is there has it next. */
export function handFocusOn<R>(change: () => R, ...selectors: string[]): R {
  const result = flushSync(change);
  if (document.activeElement === document.body) {
    const found = selectors.map((selector) => document.querySelector<HTMLElement>(selector));
    found.find((element) => element !== null)?.focus();
  }
  return result;
}
