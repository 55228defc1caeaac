// The reading once more: the table after each step, and in words what was done.
import { keySteps, replay } from '@tarotforge/client';
import { useEffect, useMemo, useState } from 'react';
import { whatHappened } from '../room/what_happened';
import { Button, IconButton } from '../ui/button';
import { atTime } from '../ui/format';
import { texts } from '../ui/texts';
import { StillTable } from './still_table';
import type { Reading } from './use_reading';

const t = texts.replay;
// Time to see a card turn and read what it is.
const STEP_MS = 1_800;

export function ReplayView({ reading, onClose }: { reading: Reading; onClose: () => void }) {
  const { session, operations, people } = reading;
  const steps = useMemo(() => keySteps(replay(session, operations)), [session, operations]);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(true);
  const last = steps.length - 1;
  useEffect(() => {
    if (!playing) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => setAt(at + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, at, last]);
  const step = steps[at];
  if (!step) return null;
  const go = (to: number) => {
    setPlaying(false);
    setAt(Math.max(0, Math.min(last, to)));
  };
  return (
    <section className="replay" aria-label={t.title} data-testid="replay">
      <StillTable session={step.session} testId="replay-table" />
      <p className="replay-words" role="status" data-testid="replay-words">
        <span className="muted">{atTime(step.operation.at)}</span>{' '}
        {whatHappened(step.operation, people)}
      </p>
      <div className="replay-controls">
        <IconButton
          icon="back"
          label={t.back}
          disabled={at === 0}
          data-testid="replay-back"
          onClick={() => go(at - 1)}
        />
        <Button
          kind="primary"
          icon={playing ? 'pause' : 'play'}
          autoFocus
          data-testid="replay-play"
          onClick={() => {
            if (!playing && at >= last) setAt(0);
            setPlaying(!playing);
          }}
        >
          {playing ? t.pause : t.play}
        </Button>
        <IconButton
          icon="forward"
          label={t.forward}
          disabled={at === last}
          data-testid="replay-forward"
          onClick={() => go(at + 1)}
        />
        <input
          type="range"
          className="replay-way"
          aria-label={t.way}
          aria-valuetext={t.stepOf(at + 1, steps.length)}
          min={0}
          max={last}
          value={at}
          data-testid="replay-way"
          onChange={(event) => go(Number(event.target.value))}
        />
        <span className="muted small replay-count">{t.stepOf(at + 1, steps.length)}</span>
        <Button kind="quiet" onClick={onClose}>
          {t.close}
        </Button>
      </div>
    </section>
  );
}
