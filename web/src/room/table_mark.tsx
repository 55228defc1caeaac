/** The cloth's own ornament, so that an empty table is not a blank one. */
export function TableMark() {
  return (
    <svg className="table-mark" viewBox="-100 -100 200 200" aria-hidden="true" focusable="false">
      <circle r="96" />
      <circle r="90" />
      <circle r="34" />
      <path d="M0-90 11-26 64-64 26-11 90 0 26 11 64 64 11 26 0 90-11 26-64 64-26 11-90 0-26-11-64-64-11-26Z" />
    </svg>
  );
}
