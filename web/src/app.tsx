// The pages and their addresses; each is fetched when it is first gone to.
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { CrashGuard } from './ui/crash_guard';
import { TipProvider } from './ui/tip';
import { ToastProvider } from './ui/toasts';

const DashboardPage = lazy(async () => ({
  default: (await import('./pages/dashboard')).DashboardPage,
}));
const HomePage = lazy(async () => ({ default: (await import('./pages/home')).HomePage }));
const InvitePage = lazy(async () => ({ default: (await import('./pages/invite')).InvitePage }));
const MarketplacePage = lazy(async () => ({
  default: (await import('./pages/marketplace')).MarketplacePage,
}));
const NotFoundPage = lazy(async () => ({
  default: (await import('./pages/not_found')).NotFoundPage,
}));
const SummaryPage = lazy(async () => ({
  default: (await import('./pages/summary')).SummaryPage,
}));
const room = () => import('./pages/room');
const RoomPage = lazy(async () => ({ default: (await room()).RoomPage }));

// A guest's way leads from the invitation to the room, and a host's from home: it is fetched ahead.
void (window.location.pathname.startsWith('/room/') ? room() : whenIdle().then(room));

function whenIdle(): Promise<void> {
  return new Promise((resolve) => window.addEventListener('load', () => resolve()));
}

export function App() {
  return (
    <CrashGuard>
      <TipProvider>
        <ToastProvider>
          <Suspense fallback={null}>
            <Switch>
              <Route path="/" component={HomePage} />
              <Route path="/marketplace" component={MarketplacePage} />
              <Route path="/dashboard/*?" component={DashboardPage} />
              <Route path="/invite/:code">
                {({ code }) => <InvitePage key={code} code={code} />}
              </Route>
              <Route path="/room/:id/summary">
                {({ id }) => <SummaryPage key={id} sessionId={id} />}
              </Route>
              <Route path="/room/:id">{({ id }) => <RoomPage key={id} sessionId={id} />}</Route>
              <Route component={NotFoundPage} />
            </Switch>
          </Suspense>
        </ToastProvider>
      </TipProvider>
    </CrashGuard>
  );
}
