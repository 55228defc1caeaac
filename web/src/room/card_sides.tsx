// Back and front of one card, turned about its middle.
import type { Card } from '@tarotforge/client';
import { useState } from 'react';
import { CardBack, CardFront } from '../ui/card_face';

/** A card that is turned down shows its face until it is out of sight. */
export function CardSides({ card }: { card: Card }) {
  const reversed = card.isReversed === true;
  const [face, setFace] = useState({ name: card.name, reversed });
  if (card.name && (card.name !== face.name || reversed !== face.reversed)) {
    setFace({ name: card.name, reversed });
  }
  return (
    <span className="table-card-lift">
      <span className="table-card-inner">
        <span className="table-card-side">
          <CardBack />
        </span>
        <span className="table-card-side table-card-side-front">
          {face.name && <CardFront name={face.name} reversed={face.reversed} />}
        </span>
      </span>
    </span>
  );
}
