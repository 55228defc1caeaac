// What each kind of operation does to the session that this browser shows. Pure.
import type { Card, Operation, Session } from '../wire/types.ts';
import type { RoomState, Touch } from './state.ts';

/** The caller has checked that this is the next version. */
export function applyOperation(state: RoomState, operation: Operation): RoomState {
  const { session } = state;
  if (!session) return state;
  const next: RoomState = {
    ...state,
    session: {
      ...applyToSession(session, operation),
      version: operation.version,
      lastActivityAt: operation.at,
    },
    ...touched(state, operation),
  };
  if (operation.kind !== 'remove_participant' || !operation.participantId) return next;
  const { [operation.participantId]: _removed, ...people } = next.people;
  return { ...next, people };
}

function touched(state: RoomState, { kind, by, version, card }: Operation) {
  const touch: Touch = { by, version };
  if (kind === 'focus') return { focusedBy: by };
  if (kind === 'shuffle') return { lastShuffle: touch };
  if (kind === 'reset') return { touches: {}, lastShuffle: touch };
  const index = isCard(card) ? card.index : null;
  return index === null ? {} : { touches: { ...state.touches, [index]: touch } };
}

export function applyToSession(session: Session, operation: Operation): Session {
  switch (operation.kind) {
    case 'choose_deck':
      return {
        ...session,
        deckId: operation.deckId ?? session.deckId,
        shuffleCommitment: operation.shuffleCommitment ?? session.shuffleCommitment,
      };
    case 'choose_layout':
      return { ...session, layout: operation.layout ?? session.layout };
    case 'set_question':
      return { ...session, question: operation.question ?? null };
    case 'set_step':
      return { ...session, readingStep: operation.step ?? session.readingStep };
    case 'shuffle':
      return {
        ...session,
        shuffleCommitment: operation.shuffleCommitment ?? session.shuffleCommitment,
      };
    case 'draw':
      return {
        ...withCard(session, operation.card),
        deckRemaining: operation.deckRemaining ?? session.deckRemaining - 1,
      };
    case 'flip':
    case 'move':
    case 'rotate':
      return withCard(session, operation.card);
    case 'return_card':
      return withoutCard(session, operation);
    case 'focus':
      return { ...session, activeCardIndex: operation.activeCardIndex ?? null };
    case 'interpret':
      return { ...session, interpretation: operation.interpretation ?? null };
    case 'lock_table':
      return { ...session, tableLocked: operation.tableLocked ?? false };
    case 'reset':
      return operation.session ?? session;
    default:
      return session;
  }
}

const isCard = (card: Operation['card']): card is Card =>
  typeof card === 'object' && card !== null;

function withCard(session: Session, card: Operation['card']): Session {
  if (!isCard(card)) return session;
  const others = session.cards.filter(({ index }) => index !== card.index);
  const cards = [...others, card].sort((a, b) => a.index - b.index);
  return { ...session, cards };
}

function withoutCard(session: Session, operation: Operation): Session {
  const index = isCard(operation.card)
    ? operation.card.index
    : (operation.card ?? operation.index);
  if (typeof index !== 'number') return session;
  return {
    ...session,
    cards: session.cards.filter((card) => card.index !== index),
    activeCardIndex: session.activeCardIndex === index ? null : session.activeCardIndex,
    deckRemaining: operation.deckRemaining ?? session.deckRemaining + 1,
    shuffleCommitment: operation.shuffleCommitment ?? session.shuffleCommitment,
  };
}
