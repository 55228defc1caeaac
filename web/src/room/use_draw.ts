// Drawing a card to a place. The host who draws before the drawing has begun begins it.
import { useCallback } from 'react';
import { useOperate, useRights, useSession } from './context';
import type { Place } from '@tarotforge/client';

export function useDraw() {
  const { layout, readingStep, deckRemaining } = useSession();
  const operate = useOperate();
  const { isHost, mayTouch } = useRights();
  const begun = readingStep === 'drawing' || readingStep === 'interpretation';
  const mayDraw = mayTouch && deckRemaining > 0 && (begun || isHost);
  const draw = useCallback(
    ({ position, x, y }: Place) => {
      if (!begun) void operate({ kind: 'set_step', step: 'drawing' });
      // A layout's places are the server's to know; only freestyle has none.
      const where = layout === 'freestyle' ? { x, y } : {};
      void operate({ kind: 'draw', position, ...where });
    },
    [begun, layout, operate],
  );
  return { draw, mayDraw };
}
