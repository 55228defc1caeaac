// The last net: a page that fails to draw says so instead of going blank, and so does one whose code
// could not be fetched. What drew it is broken: every way on loads a page anew.
import { Component, type ReactNode } from 'react';
import { Router } from 'wouter';
import { Button } from './button';
import { Notice } from './notice';
import { texts } from './texts';

/** The code of a page, or of a part of it, did not arrive. */
export class CodeNotFetched extends Error {}

const loadAnew = (): [string, (path: string) => void] => [
  window.location.pathname,
  (path) => window.location.assign(path),
];

export class CrashGuard extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? true };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const said = error instanceof CodeNotFetched ? texts.notFetched : texts.crash;
    return (
      <Router hook={loadAnew}>
        <Notice title={said.title} message={said.sentence} testId="crash-screen">
          <Button kind="primary" onClick={() => window.location.reload()}>
            {texts.crash.reload}
          </Button>
        </Notice>
      </Router>
    );
  }
}
