// A deck to choose from: its back and some of its faces, fetched when the fan comes into sight.
import { useEffect, useRef, useState, type RefObject } from 'react';
import { CardBack, CardFront, DeckScope, PlainBack } from './card_face';

/** Of two packs, so that a look at a deck does not fetch it whole. */
const SAMPLES = ['The Star', 'Queen of Cups', 'The Sun', 'Ace of Cups', 'The Moon'];

export function DeckFan({ deckId }: { deckId: string }) {
  const fan = useRef<HTMLDivElement>(null);
  const seen = useSeen(fan);
  return (
    <div
      className="deck-fan"
      data-deck={deckId}
      data-testid={`fan-${deckId}`}
      aria-hidden="true"
      ref={fan}
    >
      {seen ? (
        <DeckScope deckId={deckId}>
          <CardBack />
          {SAMPLES.map((name) => (
            <CardFront key={name} name={name} reversed={false} />
          ))}
        </DeckScope>
      ) : (
        <PlainBack />
      )}
    </div>
  );
}

/** Whether the element has been in sight, or nearly. */
function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!element.current || seen) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: '200px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}
