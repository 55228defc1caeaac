// The drawing of a session's life: lanes for its state, its people, what they did, and what happened.
import type { ReactNode } from 'react';
import { dashboard } from '../ui/texts/dashboard';
import { atDayAndClock, atSecond, shortId, span } from './format';
import { wordOf } from './parts';
import type { Timeline } from './timeline';

const t = dashboard.timeline;
const DAY_MS = 86_400_000;

export function TimelineView({ timeline }: { timeline: Timeline }) {
  const { from, to, now, spans, people, marks, operations, ticks } = timeline;
  const at = (time: number) => `${((time - from) / (to - from)) * 100}%`;
  const place = (start: number, end: number) => ({
    left: at(start),
    width: `${((Math.min(end, to) - start) / (to - from)) * 100}%`,
  });
  const tickText = (tick: number) =>
    to - from > 2 * DAY_MS ? atDayAndClock(tick).replace(/,.*/, '') : atDayAndClock(tick).slice(-5);
  return (
    <div className="timeline" data-testid="timeline">
      <Lane label={t.state}>
        {spans.map((each) => (
          <i
            key={`${each.kind} ${each.from}`}
            className={`life life-${each.kind}`}
            style={place(each.from, each.to)}
            role="img"
            aria-label={t.during(t.kinds[each.kind], atSecond(each.from), span((each.to - each.from) / 1000))}
            title={t.during(t.kinds[each.kind], atSecond(each.from), span((each.to - each.from) / 1000))}
            data-testid={`span-${each.kind}`}
          />
        ))}
        {now < to && <i className="now" style={{ left: at(now) }} title={t.now} />}
      </Lane>
      {people.map(({ id, role, presence, spans: bars }) => (
        <Lane key={id} label={shortId(id)} note={t.roles[role]}>
          {bars.map((bar) => (
            <i
              key={bar.from}
              className={`here${bar.now ? ` here-${presence}` : ''}`}
              style={place(bar.from, bar.to)}
              role="img"
              aria-label={t.here(atSecond(bar.from), span((bar.to - bar.from) / 1000))}
              title={t.here(atSecond(bar.from), span((bar.to - bar.from) / 1000))}
              data-testid="presence-bar"
            />
          ))}
        </Lane>
      ))}
      {operations.length > 0 && (
        <Lane label={t.operations} note={`${operations.length}`}>
          {operations.map((time, index) => (
            <i key={index} className="tick" style={{ left: at(time) }} />
          ))}
        </Lane>
      )}
      <Lane label={t.happened}>
        {marks.map(({ at: time, type }, index) => (
          <i
            key={index}
            className={`mark mark-${type}`}
            style={{ left: at(time) }}
            title={`${wordOf(type)}, ${atSecond(time)}`}
          />
        ))}
      </Lane>
      <div className="lane lane-axis" aria-hidden="true">
        <span />
        <div>
          {ticks.map((tick) => (
            <span key={tick} style={{ left: at(tick) }}>
              {tickText(tick)}
            </span>
          ))}
        </div>
      </div>
      <ul className="timeline-key" aria-hidden="true">
        {(['open', 'warned', 'expired', 'completed'] as const).map((kind) => (
          <li key={kind}>
            <i className={`life life-${kind}`} /> {t.kinds[kind]}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Lane(props: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="lane">
      <span>
        <b>{props.label}</b> {props.note && <small className="muted">{props.note}</small>}
      </span>
      <div>{props.children}</div>
    </div>
  );
}
