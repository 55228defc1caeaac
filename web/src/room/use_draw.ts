// Drawing a card to a place. The host who draws before the drawing has begun begins it.
import { useCallback } from 'react';
import { useOperate, useRights, useSession } from './context';
import type { Place } from './layouts';

export function useDraw() {
  const { readingStep, deckRemaining } = useSession();
  const operate = useOperate();
  const { isHost, mayTouch } = useRights();
  const begun = readingStep === 'drawing' || readingStep === 'interpretation';
  const mayDraw = mayTouch && deckRemaining > 0 && (begun || isHost);
  const draw = useCallback(
    async ({ position, x, y }: Place) => {
      if (!begun) {
        const outcome = await operate({ kind: 'set_step', step: 'drawing' });
        if (outcome.status !== 'done') return;
      }
      await operate({ kind: 'draw', position, x, y });
    },
    [begun, operate],
  );
  return { draw, mayDraw };
}
