// Controls that take themselves away hand the focus on: otherwise it drops to the page, and whoever
// uses a keyboard or a screen reader begins at its top again.
import { useLayoutEffect, type RefObject } from 'react';
import { flushSync } from 'react-dom';

function focusFirst(selectors: string[]): void {
  for (const selector of selectors) {
    if (document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(selector)?.focus();
  }
}

/** Makes the change; if the focus is lost by it, the first of these that can have it is next. */
export function handFocusOn<R>(change: () => R, ...selectors: string[]): R {
  const result = flushSync(change);
  focusFirst(selectors);
  return result;
}

/** The same for what others take away, or an answer that comes later: it goes, and has the focus. */
export function useFocusHeir(element: RefObject<HTMLElement | null>, ...selectors: string[]): void {
  const heirs = selectors.join('\n');
  useLayoutEffect(() => {
    const node = element.current;
    return () => {
      if (!node?.contains(document.activeElement)) return;
      queueMicrotask(() => focusFirst(heirs.split('\n')));
    };
  }, [element, heirs]);
}
