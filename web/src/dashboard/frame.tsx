// What stands around every page of the dashboard: the way between them, and whether it is live.
import { useEffect, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { Banner } from '../ui/banner';
import { IconButton } from '../ui/button';
import { PreferencesMenu } from '../ui/preferences_menu';
import { Brand } from '../ui/site_head';
import { texts } from '../ui/texts';
import { dashboard } from '../ui/texts/dashboard';
import { toastProblem } from '../ui/toasts';
import { logout } from './admin_api';
import { useLive } from './live';
import { signedOut } from './operator';

const t = dashboard.frame;
const WAYS = [
  ['/dashboard', t.overview],
  ['/dashboard/sessions', t.sessions],
  ['/dashboard/webhooks', t.webhooks],
  ['/dashboard/analytics', t.analytics],
] as const;

interface FrameProps {
  title: string;
  children: ReactNode;
  /** The page is as high as the window, and something in it scrolls. */
  fills?: boolean;
}

export function Frame({ title, children, fills }: FrameProps) {
  const lost = useLive(({ link }) => link === 'lost');
  useEffect(() => {
    document.title = `${title} · ${dashboard.name} · ${texts.appName}`;
  }, [title]);
  return (
    <div className={fills ? 'page dashboard dashboard-fills' : 'page dashboard'}>
      <a className="skip" href="#content">
        {texts.nav.skip}
      </a>
      <header className="dashboard-head">
        <Brand />
        <Ways />
        <div className="dashboard-tools">
          <LiveMark />
          <IconButton
            icon="leave"
            label={t.signOut}
            data-testid="sign-out"
            onClick={() => void signOut()}
          />
          <PreferencesMenu />
        </div>
      </header>
      {lost && <Banner icon="offline" text={t.lost} testId="lost-banner" />}
      <main className="dashboard-content" id="content">
        {children}
      </main>
    </div>
  );
}

function Ways() {
  const [path] = useLocation();
  const current = WAYS.findLast(([way]) => path === way || path.startsWith(`${way}/`))?.[0];
  return (
    <nav className="dashboard-ways" aria-label={dashboard.name}>
      {WAYS.map(([way, text]) => (
        <Link key={way} href={way} aria-current={way === current ? 'page' : undefined}>
          {text}
        </Link>
      ))}
    </nav>
  );
}

function LiveMark() {
  const link = useLive((live) => live.link);
  return (
    <span className="live-mark" data-link={link} data-testid="live-mark" role="status">
      {t.links[link]}
    </span>
  );
}

async function signOut(): Promise<void> {
  const answer = await logout();
  if (answer.ok) signedOut();
  else if (answer.problem.status !== 401) toastProblem(answer.problem);
}
