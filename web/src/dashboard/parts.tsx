// The small parts that every page of the dashboard is made of.
import { useId, type ReactNode } from 'react';
import { Banner } from '../ui/banner';
import { Button } from '../ui/button';
import { sentenceOf } from '../ui/problem_text';
import { texts } from '../ui/texts';
import { dashboard } from '../ui/texts/dashboard';
import { count, share } from './format';
import type { Problem } from '@tarotforge/client';

interface PanelProps {
  title: string;
  children: ReactNode;
  /** Right of the title. */
  aside?: ReactNode;
  wide?: boolean;
  testId?: string;
}

export function Panel({ title, children, aside, wide, testId }: PanelProps) {
  const id = useId();
  return (
    <section
      className={wide ? 'panel panel-wide' : 'panel'}
      aria-labelledby={id}
      data-testid={testId}
    >
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

export interface Fact {
  label: string;
  value: string;
  note?: string;
  trouble?: boolean;
  testId?: string;
}

export function Facts({ facts, large }: { facts: Fact[]; large?: boolean }) {
  return (
    <dl className={large ? 'facts facts-large' : 'facts'}>
      {facts.map(({ label, value, note, trouble, testId }) => (
        <div key={label} data-trouble={trouble || undefined}>
          <dt>{label}</dt>
          <dd>
            <span data-testid={testId}>{value}</span>
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export interface ListedBar {
  label: string;
  count: number;
  /** Instead of the count alone. */
  text?: string;
  tint?: 'a' | 'b' | 'c' | 'd' | 'n';
}

/** Each as long as its count, the greatest over the whole width. */
export function BarList({ bars, of, empty }: { bars: ListedBar[]; of?: number; empty: string }) {
  const most = of ?? Math.max(...bars.map((bar) => bar.count), 0);
  if (bars.length === 0 || most === 0) return <p className="muted">{empty}</p>;
  return (
    <ul className="bar-list">
      {bars.map((bar) => (
        <li key={bar.label}>
          <span className="bar-label">{bar.label}</span>
          <span className="bar-way" aria-hidden="true">
            <i
              className={`tint tint-${bar.tint ?? 'a'}`}
              style={{ width: `${(bar.count / most) * 100}%` }}
            />
          </span>
          <span className="bar-count">{bar.text ?? count(bar.count)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Parts of a whole in one bar, with what they are beneath. */
export function Parts({ parts }: { parts: (ListedBar & { testId?: string })[] }) {
  const all = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <div className="parts">
      <div className="parts-bar" aria-hidden="true">
        {parts.map(({ label, count: own, tint = 'a' }) => (
          <i key={label} className={`tint tint-${tint}`} style={{ flexGrow: own }} />
        ))}
      </div>
      <ul className="parts-key">
        {parts.map(({ label, count: own, tint = 'a', testId }) => (
          <li key={label}>
            <i className={`tint tint-${tint}`} aria-hidden="true" />
            <span>{label}</span>
            <b data-testid={testId}>{count(own)}</b>
            <small className="muted">{all > 0 ? share(own, all) : ''}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

const TONES: Partial<Record<string, string>> = {
  active: ' tag-good',
  restored: ' tag-good',
  created: ' tag-good',
  warned: ' tag-gold',
  expired: ' tag-gold',
};

const WORDS: Partial<Record<string, string>> = { ...dashboard.states, ...dashboard.events };
export const wordOf = (word: string): string => WORDS[word] ?? word.replaceAll('_', ' ');

/** A state of a session, or what happened to it. */
export const Tag = ({ word }: { word: string }) => (
  <span className={`tag${TONES[word] ?? ''}`}>{wordOf(word)}</span>
);

export function Failed({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  return (
    <div className="stack" data-testid="problem-message">
      <Banner tone="trouble" text={sentenceOf(problem)} />
      <Button onClick={onRetry}>{texts.actions.retry}</Button>
    </div>
  );
}
