// Names of positions and people as others read them.
import type { Person } from '@tarotforge/client';
import { texts } from '../ui/texts';

/** Freestyle positions are the people's own words. */
export const positionName = (position: string): string => texts.positions[position] ?? position;

export const nameOf = (person: Person | null | undefined): string =>
  person?.name || texts.people.unnamed;
