// Names of positions and people as others read them, and where a position is on the page.
import type { Person } from '@tarotforge/client';
import { texts } from '../ui/texts';

/** Freestyle positions are the people's own words. */
export const positionName = (position: string): string => texts.positions[position] ?? position;

/** Selectors of what lies at a position, and of the free place there. */
export const cardAt = (position: string): string =>
  `.table-card[data-position="${CSS.escape(position)}"]`;
export const slotAt = (position: string): string =>
  `.slot[data-position="${CSS.escape(position)}"]:enabled`;

export const nameOf = (person: Person | null | undefined): string =>
  person?.name || texts.people.unnamed;
