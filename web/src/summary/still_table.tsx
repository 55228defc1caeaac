// A table to look at: the spread as it lies, without a hand on it.
import type { Session } from '@tarotforge/client';
import type { CSSProperties } from 'react';
import { CardSides } from '../room/card_sides';
import { positionName } from '../room/names';
import { cardLabel } from '../room/table_card';
import { TableMark } from '../room/table_mark';
import { texts } from '../ui/texts';

export function StillTable({ session, testId }: { session: Session; testId?: string }) {
  const { layout, cards, deckId, activeCardIndex } = session;
  return (
    <div
      className="table still-table"
      data-layout={layout}
      data-deck={deckId}
      data-testid={testId}
      role="group"
      aria-label={texts.room.table}
    >
      <TableMark />
      {cards.map((card) => (
        <div
          key={card.position}
          className="table-card"
          style={
            {
              left: `${card.x * 100}%`,
              top: `${card.y * 100}%`,
              zIndex: Math.round(card.z) + 1,
              '--rotation': `${card.rotation}deg`,
            } as CSSProperties
          }
          role="img"
          aria-label={cardLabel(card)}
          data-position={card.position}
          data-face-up={card.faceUp}
          data-focused={activeCardIndex === card.index || undefined}
        >
          <CardSides card={card} />
          <span className="caption" aria-hidden="true">
            {positionName(card.position)}
          </span>
        </div>
      ))}
    </div>
  );
}
