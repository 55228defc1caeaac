// The tab's picture while the room is about to close.
const WARNING_HREF = '/favicon-warning.svg';

/** Answers how to put the usual one back. */
export function showWarningFavicon(): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return () => {};
  const usual = link.href;
  link.href = WARNING_HREF;
  return () => {
    link.href = usual;
  };
}
