// The pages and their addresses; each is fetched when it is first gone to.
import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { fetchedPage } from './fetched_page';
import { CrashGuard } from './ui/crash_guard';
import { TipProvider } from './ui/tip';
import { ToastProvider } from './ui/toasts';

const dashboard = fetchedPage(async () => (await import('./pages/dashboard')).DashboardPage);
const home = fetchedPage(async () => (await import('./pages/home')).HomePage);
const invite = fetchedPage(async () => (await import('./pages/invite')).InvitePage);
const marketplace = fetchedPage(async () => (await import('./pages/marketplace')).MarketplacePage);
const notFound = fetchedPage(async () => (await import('./pages/not_found')).NotFoundPage);
const summary = fetchedPage(async () => (await import('./pages/summary')).SummaryPage);
const room = fetchedPage(async () => (await import('./pages/room')).RoomPage);

/** Fetches what is drawn first, where most people begin; the others wait until they are drawn. */
export async function fetchFirst(path: string): Promise<void> {
  if (/^\/room\/[^/]+$/.test(path)) return void (await room.fetch());
  // A guest's way leads from the invitation to the room, and a host's from home.
  window.addEventListener('load', () => void room.fetch().catch(() => {}), { once: true });
  if (path === '/') await home.fetch();
  if (path.startsWith('/invite/')) await invite.fetch();
}

export function App() {
  return (
    <CrashGuard>
      <TipProvider>
        <ToastProvider>
          <Suspense fallback={null}>
            <Switch>
              <Route path="/" component={home.Page} />
              <Route path="/marketplace" component={marketplace.Page} />
              <Route path="/dashboard/*?" component={dashboard.Page} />
              <Route path="/invite/:code">
                {({ code }) => <invite.Page key={code} code={code} />}
              </Route>
              <Route path="/room/:id/summary">
                {({ id }) => <summary.Page key={id} sessionId={id} />}
              </Route>
              <Route path="/room/:id">{({ id }) => <room.Page key={id} sessionId={id} />}</Route>
              <Route component={notFound.Page} />
            </Switch>
          </Suspense>
        </ToastProvider>
      </TipProvider>
    </CrashGuard>
  );
}
