// How the house was used over a range of days: counts, shares and habits, with the same as CSV.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer } from '@tarotforge/client';
import { Icon } from '../ui/icons';
import { Loading } from '../ui/spinner';
import { dashboard } from '../ui/texts/dashboard';
import * as admin from './admin_api';
import { daysIn, lastDays, type Slice } from './analytics_figures';
import {
  CohortsPanel,
  DaysPanel,
  FunnelPanel,
  HoursPanel,
  ListPanel,
  OutcomePanel,
} from './analytics_panels';
import { count, span } from './format';
import { Frame } from './frame';
import { Failed } from './parts';
import { Choices } from './series_charts';
import { texts } from '../ui/texts';
import type { Analytics } from './types';

const t = dashboard.analytics;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const RANGES = [7, 30, 90, 365].map((days) => [days, t.days(days)] as const);

export function AnalyticsPage() {
  const [range, setRange] = useState<admin.Range>(() => lastDays(30, Date.now()));
  const days = daysIn(range.from, range.to);
  const [answer, look] = useAnalytics(range, days !== null);
  const shown = useLastGood(answer);
  const chosen = RANGES.find(([each]) => {
    const last = lastDays(each, Date.now());
    return last.from === range.from && last.to === range.to;
  })?.[0];
  return (
    <Frame title={t.title}>
      <header className="table-head">
        <h1>{t.title}</h1>
        <div className="row range">
          <Choices
            label={t.range}
            options={RANGES}
            value={chosen ?? 0}
            onChange={(each) => setRange(lastDays(each, Date.now()))}
          />
          <Day label={t.from} value={range.from} onChange={(from) => setRange({ ...range, from })} />
          <Day label={t.to} value={range.to} onChange={(to) => setRange({ ...range, to })} />
          <a
            className="button button-plain"
            href={`/v1/admin/${admin.analyticsPath(range, zone, 'csv')}`}
            download={`analytics-${range.from}-${range.to}.csv`}
            data-testid="csv"
          >
            <Icon name="download" />
            <span>{t.csv}</span>
          </a>
        </div>
      </header>
      {days === null && <p className="refusal">{t.noRange}</p>}
      {answer === null && shown === null && days !== null && <Loading text={t.loading} />}
      {answer?.ok === false && <Failed problem={answer.problem} onRetry={look} />}
      {shown && days !== null && <Figures figures={shown} days={days} />}
    </Frame>
  );
}

function useAnalytics(range: admin.Range, asks: boolean): [Answer<Analytics> | null, () => void] {
  const [answer, setAnswer] = useState<Answer<Analytics> | null>(null);
  const newest = useRef(0);
  const look = useCallback(() => {
    const mine = ++newest.current;
    setAnswer(null);
    if (asks) {
      void admin.analytics(range, zone).then((told) => mine === newest.current && setAnswer(told));
    }
  }, [range, asks]);
  useEffect(look, [look]);
  return [answer, look];
}

/** The figures before stay until the next are there: nothing jumps. */
function useLastGood(answer: Answer<Analytics> | null): Analytics | null {
  const last = useRef<Analytics | null>(null);
  if (answer?.ok) last.current = answer.value;
  return last.current;
}

interface DayProps {
  label: string;
  value: string;
  onChange: (day: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <label className="day">
      <span>{label}</span>
      <input
        className="input"
        type="date"
        value={value}
        required
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function Figures({ figures, days }: { figures: Analytics; days: number }) {
  const layouts: Partial<Record<string, string>> = texts.layouts;
  const lists = useMemo(
    (): Record<'durations' | 'sizes' | 'decks' | 'layouts', Slice[]> => ({
      durations: figures.durations.map(({ le, count: own }, index) => ({
        label: le === null ? t.longer(span(figures.durations[index - 1]?.le)) : t.upTo(span(le)),
        count: own,
      })),
      sizes: figures.participantsPerSession.map(({ participants, count: own }) => ({
        label: t.peopleCount(participants),
        count: own,
      })),
      decks: figures.decks.map(({ deckId, count: own }) => ({
        label: deckId ?? t.purged,
        count: own,
      })),
      layouts: figures.layouts.map(({ layout, count: own }) => ({
        label: layout === null ? t.purged : (layouts[layout] ?? layout),
        count: own,
      })),
    }),
    [figures, layouts],
  );
  const created = figures.sessionsPerDay.reduce((sum, day) => sum + day.created, 0);
  return (
    <>
      <p className="lead" data-testid="analytics-lead">
        {t.lead(count(created), days)}
      </p>
      <DaysPanel figures={figures} />
      <div className="panels panels-two">
        <FunnelPanel funnel={figures.funnel} />
        <OutcomePanel figures={figures} />
        <ListPanel title={t.durations} slices={lists.durations} tint="a" />
        <ListPanel title={t.sizes} slices={lists.sizes} tint="a" most={12} />
      </div>
      <HoursPanel hours={figures.hours} zone={zone} />
      <div className="panels panels-two">
        <ListPanel title={t.decks} slices={lists.decks} tint="b" most={10} />
        <ListPanel title={t.layouts} slices={lists.layouts} tint="b" most={10} />
      </div>
      <CohortsPanel cohorts={figures.cohorts} />
    </>
  );
}
