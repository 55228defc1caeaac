// A page whose code is fetched when it is first gone to. What has been fetched already is drawn at
// once: React shows what it had to wait for no sooner than 300 ms after it has drawn nothing.
import { lazy, useState, type ComponentType } from 'react';

export interface FetchedPage<P> {
  Page: ComponentType<P>;
  fetch: () => Promise<unknown>;
}

export function fetchedPage<P extends object>(
  load: () => Promise<ComponentType<P>>,
): FetchedPage<P> {
  let here: ComponentType<P> | null = null;
  const fetch = async () => (here = await load());
  const Waiting = lazy(async () => ({ default: await fetch() }));
  function Page(props: P) {
    const [Drawn] = useState(() => here ?? Waiting);
    return <Drawn {...props} />;
  }
  return { Page, fetch };
}
