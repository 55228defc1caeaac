// A screen with one message: why there is nothing else here, and where to go from it.
import { useEffect, useRef, type ReactNode } from 'react';
import { ButtonLink } from './button';
import { Icon, type IconName } from './icons';
import { SiteHead } from './site_head';
import { texts } from './texts';

interface NoticeProps {
  title: string;
  message: string;
  testId: string;
  icon?: IconName;
  /** Further sentences, and actions beyond Home and Marketplace. */
  details?: ReactNode;
  children?: ReactNode;
}

export function Notice({ title, message, testId, icon, details, children }: NoticeProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${texts.appName}`;
    heading.current?.focus();
  }, [title]);
  return (
    <div className="page" data-testid={testId}>
      <SiteHead />
      <main className="middle" id="content">
        <div className="notice-card" role="alert">
          <span className="notice-mark">
            <Icon name={icon ?? 'warning'} size={24} />
          </span>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p className="notice-text" data-testid="problem-message">
            {message}
          </p>
          {details}
          <div className="row">
            {children}
            <ButtonLink href="/" icon="home" data-testid="home-link">
              {texts.actions.home}
            </ButtonLink>
            <ButtonLink href="/marketplace" icon="cards" data-testid="marketplace-link">
              {texts.actions.marketplace}
            </ButtonLink>
          </div>
        </div>
      </main>
    </div>
  );
}
