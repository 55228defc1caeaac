// The warning before expiry: a modal with the server's countdown. Any click or key anywhere keeps
// the room; the button says so. Acknowledged to the server once it is really on the screen.
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';
import { Alert } from '../ui/dialog';
import { showWarningFavicon } from '../ui/favicon';
import { inWords } from '../ui/format';
import { usePreferences } from '../ui/preferences';
import { chime } from '../ui/sound';
import { texts } from '../ui/texts';
import { useRoom, useRoomClient } from './context';
import {
  clockFace,
  millisecondsToNextTick,
  secondsUntil,
  type Warning,
} from '@tarotforge/client';

const t = texts.warning;
// Screen readers hear the time left at these moments, not every second.
const ANNOUNCED_SECONDS = [240, 180, 120, 60, 30, 10];

export function WarningDialog() {
  const warning = useRoom((state) => state.warning);
  if (!warning) return null;
  return <Shown warning={warning} />;
}

function Shown({ warning }: { warning: Warning }) {
  const client = useRoomClient();
  const left = useSecondsLeft(warning.expiresAt);
  const button = useRef<HTMLButtonElement>(null);
  useAcknowledge(warning);
  useCountdownTitle(left);
  useEffect(() => showWarningFavicon(), []);
  useChime(warning.number);
  return (
    <Alert title={t.title} text={t.text} firstFocus={button} testId="warning-dialog">
      <div className="warning-body">
        <p className="muted small">{t.left}</p>
        <p className="countdown" role="timer" data-testid="countdown" data-seconds={left}>
          {clockFace(left)}
        </p>
        <Button
          ref={button}
          kind="primary"
          className="button-large"
          data-testid="still-here"
          onClick={() => client.input(true)}
        >
          {t.here}
        </Button>
        <p className="muted small">{left === 0 ? t.reached : t.anyInput}</p>
      </div>
      <Announcement left={left} />
    </Alert>
  );
}

function Announcement({ left }: { left: number }) {
  const [said, setSaid] = useState(() => t.announce(inWords(left)));
  useEffect(() => {
    if (ANNOUNCED_SECONDS.includes(left)) setSaid(t.announce(inWords(left)));
  }, [left]);
  return (
    <p className="hidden-text" role="status" aria-live="assertive">
      {said}
    </p>
  );
}

function useSecondsLeft(expiresAt: string): number {
  const { clock } = useRoomClient();
  const [left, setLeft] = useState(() => secondsUntil(expiresAt, clock.now()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = () => {
      const now = clock.now();
      const seconds = secondsUntil(expiresAt, now);
      setLeft(seconds);
      if (seconds > 0) timer = setTimeout(tick, millisecondsToNextTick(expiresAt, now));
    };
    tick();
    return () => clearTimeout(timer);
  }, [expiresAt, clock]);
  return left;
}

/** A hidden page paints nothing, so two frames later it has been seen as well as can be known. */
function useAcknowledge(warning: Warning): void {
  const client = useRoomClient();
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => client.warningShown(warning.generation));
    });
    return () => cancelAnimationFrame(frame);
  }, [client, warning.generation, warning.number]);
}

/** Once for each warning, where somebody asked for it. */
function useChime(number: number): void {
  useEffect(() => {
    if (usePreferences.getState().sound) chime();
  }, [number]);
}

function useCountdownTitle(left: number): void {
  useEffect(() => {
    const before = document.title;
    return () => {
      document.title = before;
    };
  }, []);
  useEffect(() => {
    document.title = `${t.pageTitle(clockFace(left))} · ${texts.appName}`;
  }, [left]);
}
