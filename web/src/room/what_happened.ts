// What an operation did, in a sentence: for the replay, and for those who hear the room.
import type { Operation, Person } from '@tarotforge/client';
import { texts } from '../ui/texts';
import { nameOf, positionName } from './names';

const t = texts.replay.done;

export function whatHappened(operation: Operation, people: Record<string, Person>): string {
  const who = nameOf(people[operation.by]);
  const card = typeof operation.card === 'object' ? operation.card : null;
  const where = card ? positionName(card.position) : '';
  switch (operation.kind) {
    case 'draw':
      return t.draw(who, where);
    case 'flip':
      return card?.name
        ? t.turnUp(who, card.name, card.isReversed === true)
        : t.turnDown(who, where);
    case 'move':
    case 'rotate':
      return t.move(who, where);
    case 'set_question':
      return operation.question ? t.ask(who, operation.question) : t.unask(who);
    case 'set_step':
      return t.step(texts.steps.names[operation.step ?? 'setup']);
    case 'choose_layout':
      return t.layout(who, texts.layouts[operation.layout ?? 'freestyle']);
    case 'focus':
      return typeof operation.activeCardIndex === 'number' ? t.show(who) : t.hide(who);
    case 'lock_table':
      return operation.tableLocked ? t.lock(who) : t.unlock(who);
    default:
      return t[operation.kind](who);
  }
}
