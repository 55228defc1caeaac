// The English catalogue. Another language is another folder of this shape; the compiler says which
// cards it lacks.
import type { CardId } from '../../../../decks/cards';
import type { CardMeaning } from '../meaning';
import { cups } from './cups';
import { majors } from './majors';
import { pentacles } from './pentacles';
import { swords } from './swords';
import { wands } from './wands';

export const meanings: Record<CardId, CardMeaning> = {
  ...majors,
  ...wands,
  ...cups,
  ...swords,
  ...pentacles,
};
