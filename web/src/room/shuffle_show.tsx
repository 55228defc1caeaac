// The shuffle, seen by everybody: some backs part and meet above the table, and whose hand it was.
import { useEffect, useState } from 'react';
import type { Touch } from '@tarotforge/client';
import { CardBack } from '../ui/card_face';
import { texts } from '../ui/texts';
import { useRoom } from './context';
import { nameOf } from './names';

// As long as the animation in table.css.
const SHOWN_MS = 1_700;
const CARDS = [0, 1, 2, 3, 4, 5];

export function ShuffleShow() {
  const shuffle = useRoom((state) => state.lastShuffle);
  const people = useRoom((state) => state.people);
  const you = useRoom((state) => state.you);
  const [shown, setShown] = useState<Touch | null>(null);
  useEffect(() => {
    setShown(shuffle);
    if (!shuffle) return;
    const timer = setTimeout(() => setShown(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shuffle]);
  const who =
    shown &&
    (shown.by === you ? texts.room.youShuffled : texts.room.shuffledBy(nameOf(people[shown.by])));
  return (
    <div className="shuffle-show" role="status" data-testid="shuffle-show">
      {shown && (
        <>
          <div className="shuffle-cards" key={shown.version} aria-hidden="true">
            {CARDS.map((card) => (
              <CardBack key={card} />
            ))}
          </div>
          <p>{who}</p>
        </>
      )}
    </div>
  );
}
