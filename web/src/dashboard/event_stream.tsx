// What happens, as it happens: the newest on top, by type and session, and still while it is read.
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../ui/button';
import { dashboard } from '../ui/texts/dashboard';
import { countAfter, detailOf, shownEvents, typesOf } from './event_filter';
import { atClock, shortId } from './format';
import { useLive } from './live';
import { Panel, Tag, wordOf } from './parts';
import type { LiveEvent } from './types';

const t = dashboard.stream;
const MOST = 200; // rows; further back a filter leads

export function EventStream() {
  const live = useLive(({ events }) => events);
  const [held, setHeld] = useState<LiveEvent[] | null>(null);
  const [type, setType] = useState<string | null>(null);
  const [session, setSession] = useState('');
  const events = held ?? live;
  const shown = shownEvents(events, { type, session }, MOST);
  return (
    <Panel
      title={t.title}
      wide
      testId="event-stream"
      aside={
        <div className="row stream-tools">
          <select
            className="input"
            aria-label={t.type}
            data-testid="event-type"
            value={type ?? ''}
            onChange={(event) => setType(event.target.value || null)}
          >
            <option value="">{t.allTypes}</option>
            {typesOf(live).map((each) => (
              <option key={each} value={each}>
                {wordOf(each)}
              </option>
            ))}
          </select>
          <input
            className="input mono"
            aria-label={t.session}
            placeholder={t.session}
            data-testid="event-session"
            value={session}
            onChange={(event) => setSession(event.target.value)}
          />
          <Button
            icon={held ? 'play' : 'pause'}
            aria-pressed={held !== null}
            data-testid="pause-events"
            onClick={() => setHeld(held ? null : live)}
          >
            {held ? t.goOn(countAfter(live, held)) : t.pause}
          </Button>
        </div>
      }
    >
      <div className="stream" tabIndex={0} role="region" aria-label={t.newest}>
        {shown.length === 0 && <p className="muted">{events.length === 0 ? t.none : t.noMatch}</p>}
        <ol>
          {shown.map((event) => (
            <EventRow key={event.key} event={event} />
          ))}
        </ol>
      </div>
    </Panel>
  );
}

function EventRow({ event }: { event: LiveEvent }) {
  const { at, type, sessionId, participantId, data } = event;
  return (
    <li data-testid="event" data-type={type}>
      <time dateTime={at}>{atClock(at)}</time>
      <Tag word={type} />
      <Link href={`/dashboard/sessions/${sessionId}`} className="mono" title={sessionId}>
        {shortId(sessionId)}
      </Link>
      <span className="muted">
        {[...(participantId ? [t.by(shortId(participantId))] : []), detailOf(data)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </li>
  );
}
