// The suits' things as signs of a few lines, upright around the origin, about 80 high.
import type { Suit } from '../cards.ts';
import type { Place } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { starPath } from './celestial.ts';
import { NIGHT, PALE, TINTS } from './frame.ts';

const DRAW: Record<Suit, (pen: Pen, tint: string) => void> = {
  wands(pen, tint) {
    pen.shape('M-3 40L-2.4 -22H2.4L3 40Z', NIGHT, { weight: 1.7 });
    pen.line('M-2.6 28H2.6M-2.4 16H2.4M-2.2 4H2.2M-2 -8H2', 1.1);
    pen.shape('M0 -44C8 -34 10 -28 6 -22C4 -19 -4 -19 -6 -22C-10 -28 -8 -34 0 -44Z', tint, { weight: 1.6 });
    pen.fill('M0 -34C4 -29 4 -25 0 -22C-4 -25 -4 -29 0 -34Z', PALE);
    for (const side of [-1, 1]) {
      pen.shape(`M${side * 2.4} -10Q${side * 12} -16 ${side * 14} -26Q${side * 3} -24 ${side * 2.4} -10Z`, NIGHT, { weight: 1.4 });
      pen.shape(`M${side * 2.6} 14Q${side * 11} 9 ${side * 13} 0Q${side * 3} 2 ${side * 2.6} 14Z`, NIGHT, { weight: 1.4 });
    }
  },
  cups(pen, tint) {
    pen.shape('M-16 38Q-4 30 -3 16H3Q4 30 16 38Z', NIGHT, { weight: 1.7 });
    pen.shape('M-26 -30C-26 2 -14 16 0 16C14 16 26 2 26 -30Z', NIGHT, { weight: 1.9 });
    pen.fill('M-22.6 -14C-20 6 -10 13 0 13C10 13 20 6 22.6 -14Q12 -8 0 -14Q-12 -20 -22.6 -14Z', tint);
    pen.line('M-26 -30H26', 2.2);
    pen.shape(ellipse(0, 20, 4), tint, { weight: 1.4 });
  },
  swords(pen, tint) {
    pen.shape('M0 -44L6 -34L4.4 20H-4.4L-6 -34Z', NIGHT, { weight: 1.8 });
    pen.fill('M0 -40L4.6 -33.5L3.2 19H0Z', tint);
    pen.line('M0 -42V20', 1.1);
    pen.shape('M-18 20Q0 26 18 20L20 24Q0 31 -20 24Z', NIGHT, { weight: 1.6 });
    pen.line('M-2.2 27V37M2.2 27V37', 1.3);
    pen.shape(ellipse(0, 40, 3.6), tint, { weight: 1.4 });
  },
  pentacles(pen, tint) {
    pen.shape(ellipse(0, 0, 30), NIGHT, { weight: 2 });
    pen.line(ellipse(0, 0, 25.5), 1);
    pen.shape(starPath(0, 0, 25, 5, 0.382), NIGHT, { weight: 1.6 });
    pen.fill(starPath(0, 0, 10.5, 5, 0.62), tint);
    pen.line(starPath(0, 0, 25, 5, 0.382), 1.5);
  },
};

/** Stamped from one block, so that many of them stay small. */
export function emblem(pen: Pen, suit: Suit, place: Place, tint: string = TINTS[suit]): void {
  const { scale = 1, ...where } = place;
  pen.motif(`${suit} ${scale} ${tint}`, where, () => pen.at({ scale }, () => DRAW[suit](pen, tint)));
}

