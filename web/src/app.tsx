// The pages and their addresses.
import { Route, Switch } from 'wouter';
import { HomePage } from './pages/home';
import { InvitePage } from './pages/invite';
import { MarketplacePage } from './pages/marketplace';
import { NotFoundPage } from './pages/not_found';
import { RoomPage } from './pages/room';
import { CrashGuard } from './ui/crash_guard';
import { Toasts } from './ui/toasts';

export function App() {
  return (
    <CrashGuard>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/marketplace" component={MarketplacePage} />
        <Route path="/invite/:code">{({ code }) => <InvitePage key={code} code={code} />}</Route>
        <Route path="/room/:id">{({ id }) => <RoomPage key={id} sessionId={id} />}</Route>
        <Route component={NotFoundPage} />
      </Switch>
      <Toasts />
    </CrashGuard>
  );
}
