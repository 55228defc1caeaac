// The rows in sight of a table as long as it likes. Arrows, pages, Home and End go through it; Enter
// opens a session, as its link does.
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Link } from 'wouter';
import { dashboard } from '../ui/texts/dashboard';
import { atDayAndClock, count } from './format';
import { Tag } from './parts';
import { COLUMNS, type Column, type Order, type SessionRow } from './session_rows';
import { rowAfterKey, rowsInSight, scrollToRow } from './virtual_rows';

const t = dashboard.sessions;
const ROW_HEIGHT = 40; // as in dashboard_parts.css

interface TableProps {
  rows: SessionRow[];
  order: Order;
  onOrder: (order: Order) => void;
  empty: string;
}

export function SessionTable({ rows, order, onOrder, empty }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 600 });
  const [current, setCurrent] = useState(0);
  const focusWanted = useRef(false);
  const { first, end } = rowsInSight(place.top, place.height, ROW_HEIGHT, rows.length);

  useLayoutEffect(() => {
    const { current: element } = scroller;
    if (!element) return undefined;
    const look = () => setPlace({ top: element.scrollTop, height: element.clientHeight });
    const sized = new ResizeObserver(look);
    sized.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sized.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  useLayoutEffect(() => {
    if (!focusWanted.current) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${current}"] a`);
    if (!link) return;
    focusWanted.current = false;
    link.focus({ preventScroll: true });
  });

  function go(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor(place.height / ROW_HEIGHT) - 1);
    const row = rowAfterKey(event.key, current, page, rows.length);
    if (row === null || !scroller.current) return;
    event.preventDefault();
    focusWanted.current = true;
    setCurrent(row);
    const { scrollTop, clientHeight } = scroller.current;
    scroller.current.scrollTop = scrollToRow(row, scrollTop, clientHeight, ROW_HEIGHT);
  }

  const roving = Math.min(current, rows.length - 1);
  return (
    <div
      className="sessions"
      role="table"
      aria-label={t.title}
      aria-rowcount={rows.length + 1}
      data-testid="sessions"
    >
      <div role="rowgroup">
        <div className="session-row session-row-head" role="row" aria-rowindex={1}>
          {COLUMNS.map((column) => (
            <Head key={column} column={column} order={order} onOrder={onOrder} />
          ))}
        </div>
      </div>
      <div className="session-rows" role="rowgroup" ref={scroller} onKeyDown={go} tabIndex={-1}>
        <div role="presentation" style={{ height: rows.length * ROW_HEIGHT }}>
          {rows.slice(first, end).map((row, offset) => (
            <Row
              key={row.id}
              row={row}
              index={first + offset}
              inTabOrder={first + offset === roving || (offset === 0 && roving < first)}
              onFocus={() => setCurrent(first + offset)}
            />
          ))}
        </div>
        {rows.length === 0 && <p className="muted session-none">{empty}</p>}
      </div>
    </div>
  );
}

interface HeadProps {
  column: Column;
  order: Order;
  onOrder: (order: Order) => void;
}

function Head({ column, order, onOrder }: HeadProps) {
  const isOrder = order.column === column;
  const direction = order.descending ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={isOrder ? direction : 'none'} data-column={column}>
      <button
        type="button"
        data-testid={`sort-${column}`}
        onClick={() => onOrder({ column, descending: isOrder ? !order.descending : true })}
      >
        {t.columns[column]}
        <span aria-hidden="true">{isOrder ? (order.descending ? '↓' : '↑') : ''}</span>
      </button>
    </div>
  );
}

interface RowProps {
  row: SessionRow;
  index: number;
  inTabOrder: boolean;
  onFocus: () => void;
}

function Row({ row, index, inTabOrder, onFocus }: RowProps) {
  return (
    <div
      className="session-row"
      role="row"
      aria-rowindex={index + 2}
      data-row={index}
      data-testid="session-row"
      style={{ top: index * ROW_HEIGHT }}
    >
      <div role="cell" data-column="id">
        <Link
          href={`/dashboard/sessions/${row.id}`}
          className="mono"
          tabIndex={inTabOrder ? 0 : -1}
          onFocus={onFocus}
        >
          {row.id}
        </Link>
      </div>
      <div role="cell" data-column="status">
        <Tag word={row.status} />
      </div>
      <div role="cell" data-column="deckId">
        {row.deckId}
      </div>
      <div role="cell" data-column="participants">
        {count(row.participants)}
      </div>
      <div role="cell" data-column="createdAt">
        {atDayAndClock(row.createdAt)}
      </div>
      <div role="cell" data-column="lastActivityAt">
        {atDayAndClock(row.lastActivityAt)}
      </div>
      <div role="cell" data-column="endedAt">
        {row.endedAt === null ? '' : atDayAndClock(row.endedAt)}
      </div>
    </div>
  );
}
