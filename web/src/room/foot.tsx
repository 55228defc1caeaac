// Quiet and always there: how long the room stays open, how long it can be restored, and what
// still waits to be saved.
import { inWords } from '../ui/format';
import { Icon } from '../ui/icons';
import { texts } from '../ui/texts';
import { useRoom } from './context';
import { recoverySeconds, timeoutSeconds } from '@tarotforge/client';

const t = texts.room;

export function RoomFoot() {
  const timeout = useRoom(timeoutSeconds);
  const recovery = useRoom(recoverySeconds);
  const pending = useRoom((state) => state.queue.length);
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
      {pending > 0 && (link !== 'live' || savingPaused) && (
        <span data-testid="pending-operations">{t.pending(pending)}</span>
      )}
    </footer>
  );
}
