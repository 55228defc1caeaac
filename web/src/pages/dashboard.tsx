// The operators' part of the site: signs in, keeps the live topic open, and goes to its pages.
import { useEffect } from 'react';
import { Route, Switch } from 'wouter';
import { AnalyticsPage } from '../dashboard/analytics';
import { stats } from '../dashboard/admin_api';
import { watchDashboard } from '../dashboard/live';
import { signedIn, useOperator } from '../dashboard/operator';
import { OverviewPage } from '../dashboard/overview';
import { SessionPage } from '../dashboard/session';
import { SessionsPage } from '../dashboard/sessions';
import { SignInPage } from '../dashboard/sign_in';
import { WebhooksPage } from '../dashboard/webhooks';
import { NotFoundPage } from './not_found';
import '../ui/styles/dashboard.css';
import '../ui/styles/dashboard_parts.css';
import '../ui/styles/dashboard_session.css';
import '../ui/styles/dashboard_webhooks.css';

export function DashboardPage() {
  const signIn = useOperator((operator) => operator.signIn);
  useEffect(() => {
    // An answer of 401 signs out by itself; any other trouble is for the page to tell.
    if (signIn !== 'unknown') return;
    void stats().then(() => {
      if (useOperator.getState().signIn === 'unknown') signedIn();
    });
  }, [signIn]);
  if (signIn === 'unknown') return null;
  return signIn === 'in' ? <Pages /> : <SignInPage />;
}

function Pages() {
  useEffect(watchDashboard, []);
  return (
    <Switch>
      <Route path="/dashboard" component={OverviewPage} />
      <Route path="/dashboard/sessions" component={SessionsPage} />
      <Route path="/dashboard/sessions/:id">{({ id }) => <SessionPage key={id} id={id} />}</Route>
      <Route path="/dashboard/webhooks" component={WebhooksPage} />
      <Route path="/dashboard/analytics" component={AnalyticsPage} />
      <Route component={NotFoundPage} />
    </Switch>
  );
}
