// Quiet and always there: how long the room stays open, how long it can be restored, and what
// still waits to be saved.
import { useEffect, useState } from 'react';
import { inWords } from '../ui/format';
import { Icon } from '../ui/icons';
import { texts } from '../ui/texts';
import { useRoom } from './context';
import { recoverySeconds, timeoutSeconds } from '@tarotforge/client';

const t = texts.room;
// A healthy server has answered long before.
const PENDING_SAID_AFTER_MS = 4_000;

export function RoomFoot() {
  const timeout = useRoom(timeoutSeconds);
  const recovery = useRoom(recoverySeconds);
  const pending = useRoom((state) => state.queue.length);
  const late = useLate();
  const link = useRoom((state) => state.link);
  const savingPaused = useRoom((state) => state.savingPaused);
  return (
    <footer className="foot">
      {timeout !== null && (
        <span className="foot-time" data-testid="stays-open">
          <Icon name="clock" size={15} />
          {t.staysOpen(inWords(timeout))}
          {recovery !== null && `, ${t.restorable(inWords(recovery))}`}.
        </span>
      )}
      {pending > 0 && (link !== 'live' || savingPaused || late) && (
        <span data-testid="pending-operations">{t.pending(pending)}</span>
      )}
    </footer>
  );
}

/** The same operation has been the next to be sent for a while, whatever keeps it. */
function useLate(): boolean {
  const next = useRoom((state) => state.queue[0]?.key ?? null);
  const [late, setLate] = useState<string | null>(null);
  useEffect(() => {
    if (next === null) return;
    const timer = setTimeout(() => setLate(next), PENDING_SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, [next]);
  return next !== null && late === next;
}
