// The operator's token for a cookie that scripts cannot read.
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { sentenceOf } from '../ui/problem_text';
import { SiteHead } from '../ui/site_head';
import { texts } from '../ui/texts';
import { dashboard } from '../ui/texts/dashboard';
import { login } from './admin_api';
import { signedIn } from './operator';

const t = dashboard.signIn;

export function SignInPage() {
  const [token, setToken] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = `${t.title} · ${texts.appName}`;
    field.current?.focus();
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setAsking(true);
    const answer = await login(token.trim());
    setAsking(false);
    if (answer.ok) return signedIn();
    setRefusal(answer.problem.status === 401 ? t.wrong : sentenceOf(answer.problem));
    field.current?.focus();
  }

  return (
    <div className="page">
      <SiteHead />
      <main className="middle" id="content">
        <div className="notice-card">
          <h1>{t.title}</h1>
          <p className="muted">{t.hint}</p>
          <form onSubmit={(event) => void submit(event)} data-testid="sign-in">
            <label className="field">
              <span>{t.token}</span>
              <input
                ref={field}
                className="input"
                type="password"
                autoComplete="current-password"
                required
                value={token}
                aria-invalid={refusal !== null}
                aria-describedby={refusal === null ? undefined : 'sign-in-refusal'}
                data-testid="admin-token"
                onChange={(event) => setToken(event.target.value)}
              />
            </label>
            {refusal && (
              <p id="sign-in-refusal" className="refusal" role="alert" data-testid="refusal">
                {refusal}
              </p>
            )}
            <Button type="submit" kind="primary" disabled={asking} data-testid="sign-in-button">
              {asking ? t.asking : t.signIn}
            </Button>
          </form>
        </div>
      </main>
    </div>
  );
}
