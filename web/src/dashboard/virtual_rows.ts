// Which rows of a long list stand in the page: those in sight and some around them. Pure.
export interface Window {
  first: number;
  /** Not shown any more. */
  end: number;
}

const AROUND = 12; // rows; a turn of the wheel is about three

export function rowsInSight(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): Window {
  const top = Math.min(scrollTop, Math.max(0, count * rowHeight - height));
  const first = Math.max(0, Math.floor(top / rowHeight) - AROUND);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + AROUND);
  return { first, end };
}

/** The row that a key goes to; null where it is no key of a list. */
export function rowAfterKey(key: string, row: number, page: number, count: number): number | null {
  const last = count - 1;
  const to: Record<string, number> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + page,
    PageUp: row - page,
    Home: 0,
    End: last,
  };
  const target = to[key];
  return target === undefined || count === 0 ? null : Math.max(0, Math.min(last, target));
}

/** Where to scroll so that the row is in sight; as it is where it is already. */
export function scrollToRow(
  row: number,
  scrollTop: number,
  height: number,
  rowHeight: number,
): number {
  const top = row * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
