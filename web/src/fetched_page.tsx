// A page whose code is fetched when it is first gone to. What has been fetched already is drawn at
// once: React shows what it had to wait for no sooner than 300 ms after it has drawn nothing.
import { lazy, useState, type ComponentType } from 'react';
import { CodeNotFetched } from './ui/crash_guard';

export interface FetchedPage<P> {
  Page: ComponentType<P>;
  fetch: () => Promise<unknown>;
}

export function fetchedPage<P extends object>(
  load: () => Promise<ComponentType<P>>,
): FetchedPage<P> {
  let here: ComponentType<P> | null = null;
  const fetch = async () => {
    try {
      return (here = await load());
    } catch (cause) {
      throw new CodeNotFetched('the code of a page', { cause });
    }
  };
  const Waiting = lazy(async () => ({ default: await fetch() }));
  function Page(props: P) {
    const [Drawn] = useState(() => here ?? Waiting);
    return <Drawn {...props} />;
  }
  return { Page, fetch };
}
