// Names of positions as people read them; freestyle positions are the people's own words.
import { texts } from '../ui/texts';

export const positionName = (position: string): string => texts.positions[position] ?? position;
