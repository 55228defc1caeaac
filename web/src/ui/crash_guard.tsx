// The last net: a page that fails to draw says so instead of going blank.
import { Component, type ReactNode } from 'react';
import { Button } from './button';
import { Notice } from './notice';
import { texts } from './texts';

export class CrashGuard extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <Notice title={texts.crash.title} message={texts.crash.sentence} testId="crash-screen">
        <Button kind="primary" onClick={() => window.location.reload()}>
          {texts.crash.reload}
        </Button>
      </Notice>
    );
  }
}
