// Every session there is: searched, ordered, and as many rows in the page as are in sight.
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { SessionStatus } from '@tarotforge/client';
import { IconButton } from '../ui/button';
import { dashboard } from '../ui/texts/dashboard';
import { count } from './format';
import { Frame } from './frame';
import { Failed } from './parts';
import { followSessions, goOn, reload, useSessionList } from './session_list';
import { carriedOver, found, sorted, type Order, type SessionRow } from './session_rows';
import { SessionTable } from './session_table';

const t = dashboard.sessions;
type Status = SessionStatus | 'all';
const STATES: Status[] = ['all', 'active', 'expired', 'completed', 'purged'];

export function SessionsPage() {
  useEffect(followSessions, []);
  const { rows, loading, problem } = useSessionList();
  const [text, setText] = useState('');
  const [status, setStatus] = useState<Status>('all');
  const [order, setOrder] = useState<Order>({ column: 'createdAt', descending: true });
  // Typing goes on while a hundred thousand rows are searched.
  const wanted = useDeferredValue(text);
  const ordered = useOrdered(rows, order);
  const shown = useMemo(
    () => found(ordered, { text: wanted, status }),
    [ordered, wanted, status],
  );
  return (
    <Frame title={t.title} fills>
      <header className="table-head">
        <h1>{t.title}</h1>
        <p className="muted" role="status" data-testid="session-count">
          {loading === 'running' && rows.length === 0
            ? t.loading
            : t.shown(count(shown.length), count(rows.length), loading === 'running')}
        </p>
        <div className="row table-tools">
          <input
            className="input"
            type="search"
            aria-label={t.search}
            placeholder={t.search}
            data-testid="session-search"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <select
            className="input"
            aria-label={t.state}
            data-testid="session-state"
            value={status}
            onChange={(event) => setStatus(event.target.value as Status)}
          >
            {STATES.map((each) => (
              <option key={each} value={each}>
                {each === 'all' ? t.allStates : dashboard.states[each]}
              </option>
            ))}
          </select>
          <IconButton icon="restore" label={t.reload} data-testid="reload" onClick={reload} />
        </div>
      </header>
      {problem && <Failed problem={problem} onRetry={goOn} />}
      <SessionTable
        rows={shown}
        order={order}
        onOrder={setOrder}
        empty={loading === 'done' ? (rows.length === 0 ? t.none : t.noMatch) : ''}
      />
    </Frame>
  );
}

/** What is in order already is not sorted again: only what came, and what changed, finds its place. */
function useOrdered(rows: SessionRow[], order: Order): SessionRow[] {
  const last = useRef<{ rows: SessionRow[]; order: Order; ordered: SessionRow[] } | null>(null);
  return useMemo(() => {
    const before = last.current;
    const known =
      before?.order === order ? carriedOver(before.ordered, before.rows, rows) : rows;
    const ordered = sorted(known, order);
    last.current = { rows, order, ordered };
    return ordered;
  }, [rows, order]);
}
