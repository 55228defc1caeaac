// The way of the reading, where it is now, and for the host the next step.
import type { ReadingStep } from '@tarotforge/client';
import { Button } from '../ui/button';
import { handFocusOn } from '../ui/focus';
import { texts } from '../ui/texts';
import { useOperate, useRights, useSession } from './context';

const t = texts.steps;
const ORDER: ReadingStep[] = ['setup', 'ask-question', 'drawing', 'interpretation'];

export function Steps() {
  const { readingStep, cards } = useSession();
  const { isHost } = useRights();
  const operate = useOperate();
  const now = ORDER.indexOf(readingStep);
  const go = (step: ReadingStep) => void operate({ kind: 'set_step', step });
  // Before the first card the table itself asks for what comes next.
  const next = cards.length > 0 || now >= 2 ? ORDER[now + 1] : undefined;
  return (
    <div className="steps-row">
      <ol className="steps" aria-label={texts.room.step} data-testid="steps">
        {ORDER.map((step, index) => (
          <li key={step} data-done={index < now || undefined}>
            <button
              type="button"
              className="step"
              aria-current={step === readingStep ? 'step' : undefined}
              disabled={!isHost}
              data-testid={`step-${step}`}
              onClick={() => go(step)}
            >
              <span className="step-mark" aria-hidden="true">
                {index + 1}
              </span>
              <span className="step-name">{t.names[step]}</span>
            </button>
          </li>
        ))}
      </ol>
      <p className="steps-hint muted small" data-testid="step-hint">
        {isHost ? t.hostHints[readingStep] : t.hints[readingStep]}
      </p>
      {isHost && next && (
        <Button kind="plain" data-testid="next-step" onClick={() => handFocusOn(() => go(next), '.step[aria-current]')}>
          <span className="next-long">{t.next[next]}</span>
          <span className="next-short">{t.nextShort}</span>
        </Button>
      )}
    </div>
  );
}
