// What the others do, in sentences for those who hear the room: what they did at the table, and who
// came and went. Not what this person did, nor a shuffle, which is said where it is shown. Pure but
// for the time of the last move of each hand.
import type { Operation, Person, RoomState } from '@tarotforge/client';
import { texts } from '../ui/texts';
import { nameOf } from './names';
import { whatHappened } from './what_happened';

// Somebody who arranges the cards would otherwise be told of without end.
const MOVES_SAID_EVERY_MS = 8_000;

export class News {
  private readonly movesSaidAt = new Map<string, number>();

  ofOperation(operation: Operation, { people, you }: RoomState, nowMs: number): string | null {
    const { by, kind } = operation;
    if (by === you || kind === 'shuffle') return null;
    if (kind === 'move' || kind === 'rotate') {
      const last = this.movesSaidAt.get(by);
      if (last !== undefined && nowMs - last < MOVES_SAID_EVERY_MS) return null;
      this.movesSaidAt.set(by, nowMs);
    }
    return whatHappened(operation, people);
  }
}

/** Who was not here and is, and who is not any more. What a removal says stands elsewhere. */
export function cameAndWent(before: RoomState, after: RoomState): string[] {
  if (before.people === after.people || before.connection !== after.connection) return [];
  return Object.values(after.people)
    .filter(({ id }) => id !== after.you)
    .flatMap((person) => {
      const [was, is] = [isHere(before.people[person.id]), isHere(person)];
      if (was === is) return [];
      const name = nameOf(person);
      return is ? texts.room.came(name) : texts.room.went(name);
    });
}

const isHere = (person: Person | undefined): boolean =>
  person !== undefined && person.presence !== 'offline';
