// Something is under way, and what.
export function Loading({ text, testId }: { text: string; testId?: string }) {
  return (
    <p className="loading" role="status" data-testid={testId}>
      <span className="loading-mark" aria-hidden="true" />
      {text}
    </p>
  );
}
