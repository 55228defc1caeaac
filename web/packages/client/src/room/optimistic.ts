// What the table will look like when the operations that still wait are accepted. Pure: the
// confirmed session and the queue go in, the session to show comes out, and a refusal only has to
// drop its operation from the queue to undo it.
import type { Card, LayoutId, OperationKind, ReadingStep, Session } from '../wire/types.ts';
import { places } from './layouts.ts';

/** A card as it is shown: `pending` while its draw is unconfirmed, `turning` while its turn is. */
export interface ShownCard extends Card {
  pending?: boolean;
  turning?: boolean;
}

export interface ShownSession extends Session {
  cards: ShownCard[];
}

/** An operation on its way. `drawn` is the index its card has until the server gives one. */
export interface QueuedOperation {
  key: string;
  request: OperationRequest;
  /** Wall time of this browser: keys are kept for a day. */
  madeAt: number;
  drawn?: number;
}

export interface OperationRequest {
  kind: OperationKind;
  [field: string]: unknown;
}

export function shownSession(session: Session, queue: QueuedOperation[]): ShownSession {
  return queue.reduce<ShownSession>(predict, session);
}

function predict(session: ShownSession, queued: QueuedOperation): ShownSession {
  const { request } = queued;
  switch (request.kind) {
    case 'choose_layout':
      return { ...session, layout: request.layout as LayoutId };
    case 'choose_deck':
      return { ...session, deckId: request.deckId as string };
    case 'set_question':
      return { ...session, question: request.question as string };
    case 'set_step':
      return { ...session, readingStep: request.step as ReadingStep };
    case 'interpret':
      return { ...session, interpretation: request.text as string };
    case 'lock_table':
      return { ...session, tableLocked: request.locked as boolean };
    case 'focus':
      return { ...session, activeCardIndex: (request.card as number | null) ?? null };
    case 'draw':
      return drawn(session, queued);
    case 'return_card':
      return returned(session, request.card as number);
    case 'reset':
      return cleared(session);
    default:
      return withChange(session, request);
  }
}

const topOf = (cards: Card[]) => cards.reduce((top, { z }) => Math.max(top, z), 0);

function drawn(session: ShownSession, { request, drawn }: QueuedOperation): ShownSession {
  const position = request.position as string;
  const known = session.cards.some((card) => card.position === position);
  if (known || drawn === undefined || session.deckRemaining === 0) return session;
  const place = places[session.layout].find((each) => each.position === position);
  const card: ShownCard = {
    index: drawn,
    position,
    faceUp: false,
    cardId: null,
    name: null,
    isReversed: null,
    x: (request.x as number | undefined) ?? place?.x ?? 0.5,
    y: (request.y as number | undefined) ?? place?.y ?? 0.5,
    z: topOf(session.cards) + 1,
    rotation: place?.crossing ? 90 : 0,
    pending: true,
  };
  return {
    ...session,
    cards: [...session.cards, card],
    deckRemaining: session.deckRemaining - 1,
  };
}

function returned(session: ShownSession, index: number): ShownSession {
  if (!session.cards.some((card) => card.index === index)) return session;
  return {
    ...session,
    cards: session.cards.filter((card) => card.index !== index),
    deckRemaining: session.deckRemaining + 1,
    activeCardIndex: session.activeCardIndex === index ? null : session.activeCardIndex,
  };
}

const cleared = (session: ShownSession): ShownSession => ({
  ...session,
  cards: [],
  deckRemaining: session.deckRemaining + session.cards.length,
  readingStep: 'setup',
  interpretation: null,
  activeCardIndex: null,
  tableLocked: false,
});

function withChange(session: ShownSession, request: OperationRequest): ShownSession {
  const change = changeOf(request);
  if (!change) return session;
  const cards = session.cards.map((card) => {
    if (card.index !== request.card) return card;
    return { ...card, ...change(card, session) };
  });
  return { ...session, cards };
}

type Change = (card: ShownCard, session: ShownSession) => Partial<ShownCard>;

function changeOf(request: OperationRequest): Change | null {
  switch (request.kind) {
    case 'flip':
      return (card) => turned(card, request.faceUp !== false);
    case 'move':
      return (_, session) => ({
        x: request.x as number,
        y: request.y as number,
        z: (request.z as number | undefined) ?? topOf(session.cards) + 1,
      });
    case 'rotate':
      return () => ({ rotation: ((((request.rotation as number) % 360) + 360) % 360) });
    default:
      return null;
  }
}

/** What lies under a face-down card only the server knows: until it answers the card is turning. */
function turned(card: ShownCard, faceUp: boolean): Partial<ShownCard> {
  if (faceUp) return card.faceUp ? {} : { turning: true };
  return { faceUp: false, cardId: null, name: null, isReversed: null };
}
