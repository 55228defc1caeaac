// The name of the house and the way around it, on every page but the room.
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { PreferencesMenu } from './preferences_menu';
import { texts } from './texts';

export function Brand() {
  return (
    <Link href="/" className="brand">
      <svg width="18" height="24" viewBox="0 0 18 24" aria-hidden="true" focusable="false">
        <rect x="1" y="1" width="16" height="22" rx="2.5" fill="none" stroke="currentColor" />
        <path
          d="M9 6l1.5 4.500L15 12l-4.5 1.500L9 18l-1.5-4.500L3 12l4.5-1.500Z"
          fill="currentColor"
        />
      </svg>
      <span className="brand-name">{texts.appName}</span>
    </Link>
  );
}

export function SiteHead() {
  return (
    <>
      <a className="skip" href="#content">
        {texts.nav.skip}
      </a>
      <header className="site-head">
        <Brand />
        <nav className="site-nav">
          <Link href="/" className="button button-quiet">
            {texts.nav.home}
          </Link>
          <Link href="/marketplace" className="button button-quiet">
            {texts.nav.marketplace}
          </Link>
          <PreferencesMenu />
        </nav>
      </header>
    </>
  );
}

/** `tall`: the first part takes the height that the others leave. */
export function Page({ children, tall }: { children: ReactNode; tall?: boolean }) {
  return (
    <div className="page">
      <SiteHead />
      <main className={tall ? 'content content-tall' : 'content'} id="content">
        {children}
      </main>
    </div>
  );
}
