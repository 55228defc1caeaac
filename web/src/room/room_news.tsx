// For those who hear the room and do not see it: what the others do, and who comes and goes.
import { useEffect, useState } from 'react';
import { useRoomClient } from './context';
import { cameAndWent, News } from './news';

// What happens together is said together; a polite region that changes faster loses sentences.
const GATHERED_MS = 400;

export function RoomNews() {
  const client = useRoomClient();
  const [said, setSaid] = useState({ number: 0, text: '' });
  useEffect(() => {
    const news = new News();
    let gathered: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (...sentences: string[]) => {
      if (sentences.length === 0) return;
      gathered.push(...sentences);
      timer ??= setTimeout(() => {
        const text = gathered.join(' ');
        gathered = [];
        timer = undefined;
        setSaid(({ number }) => ({ number: number + 1, text }));
      }, GATHERED_MS);
    };
    const listening = [
      client.on('operation', (operation) => {
        const sentence = news.ofOperation(operation, client.store.getState(), Date.now());
        if (sentence) say(sentence);
      }),
      client.store.subscribe((after, before) => say(...cameAndWent(before, after))),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of listening) stop();
    };
  }, [client]);
  return (
    <div className="hidden-text" role="status" data-testid="room-news">
      {/* Another element each time: the same sentence twice is said twice. */}
      {said.text && <p key={said.number}>{said.text}</p>}
    </div>
  );
}
