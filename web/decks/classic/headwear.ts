// What heads wear. Coordinates are those of a head: the brow at y = -12, 15 wide to each side.
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { starPath } from './sky.ts';
import { BLUE, GREEN, INK, LIGHT, MOSS, OCHRE, RED, SLATE, STRAW } from './palette.ts';

/** A band with points, each with a ball. */
export function crown(pen: Pen, fill: string = OCHRE, gem: string = RED): void {
  pen.shape(
    'M-16.5 -10L-20 -31L-11 -21L-7 -35L0 -22L7 -35L11 -21L20 -31L16.5 -10Q0 -4 -16.5 -10Z',
    fill,
    { weight: 2.3, shade: { gap: 4.4, depth: 8, weight: 1.5 } },
  );
  for (const [x, y] of [[-20, -32], [-7, -36], [7, -36], [20, -32]] as const) {
    pen.shape(ellipse(x, y, 2.6), fill, { weight: 1.6, relief: 0.3 });
  }
  pen.line('M-17.5 -15Q0 -9 17.5 -15', 1.5);
  for (const x of [-9, 0, 9]) pen.shape(ellipse(x, -10.6 + Math.abs(x) * -0.12, 1.9), gem, { weight: 1.2, relief: 0 });
}

/** A light circlet that carries stars. */
export function starCrown(pen: Pen, stars = 7): void {
  pen.shape('M-16 -9C-12 -17 12 -17 16 -9L15 -14C11 -22 -11 -22 -15 -14Z', OCHRE, { weight: 2 });
  for (let i = 0; i < stars; ++i) {
    const angle = -90 + (i - (stars - 1) / 2) * (168 / stars);
    const p = polar({ x: 0, y: -4 }, 33, angle);
    const foot = polar({ x: 0, y: -4 }, 17, angle);
    pen.line(`M${foot.x} ${foot.y}L${p.x} ${p.y}`, 1.5);
    pen.motif('crown star', p, () => pen.shape(starPath(0, 0, 6.4, 5), STRAW, { weight: 1.5, relief: 0 }));
  }
}

/** Three crowns above each other. */
export function tiara(pen: Pen): void {
  pen.shape('M-15 -10C-18 -30 -13 -46 0 -54C13 -46 18 -30 15 -10Q0 -4 -15 -10Z', LIGHT, { weight: 2.4, shade: { gap: 4.4, depth: 9, weight: 1.5 } });
  for (const [y, w] of [[-10, 17], [-24, 17], [-38, 14]] as const) {
    pen.shape(`M${-w} ${y}L${-w - 2} ${y - 9}L${-w * 0.5} ${y - 4}L0 ${y - 10}L${w * 0.5} ${y - 4}L${w + 2} ${y - 9}L${w} ${y}Q0 ${y + 5} ${-w} ${y}Z`, OCHRE, { weight: 1.9, relief: 0.4 });
  }
  pen.shape(ellipse(0, -57, 3.4), RED, { weight: 1.8, relief: 0.3 });
  pen.line('M0 -60V-68M-4 -65H4', 2.2);
}

/** The moon's horns with its disc between them. */
export function moonCrown(pen: Pen): void {
  pen.shape('M-13 -16C-24 -22 -26 -36 -18 -44C-17 -34 -13 -28 0 -27C13 -28 17 -34 18 -44C26 -36 24 -22 13 -16Q0 -12 -13 -16Z', LIGHT, { weight: 2.2 });
  pen.shape(ellipse(0, -35, 9.5), LIGHT, { weight: 2.2, shade: { gap: 4, depth: 6, weight: 1.4 } });
  pen.shape('M-15.5 -9Q0 -17 15.5 -9V-14.5Q0 -22 -15.5 -14.5Z', OCHRE, { weight: 1.9, relief: 0.4 });
}

/** Leaves all around the brow. */
export function laurel(pen: Pen, fill: string = MOSS): void {
  for (const side of [-1, 1]) {
    for (let i = 0; i < 5; ++i) {
      const p = polar({ x: 0, y: 0 }, 17, -90 + side * (12 + i * 17));
      pen.at({ x: p.x, y: p.y, turn: -90 + side * (40 + i * 20) }, () => {
        pen.shape('M-2 0C2 -5 8 -4 11 0C8 4 2 4 -2 0Z', fill, { weight: 1.4, relief: 0.3 });
      });
    }
  }
}

/** A helmet with a crest of feathers and a raised visor. */
export function helmet(pen: Pen, plume: string = RED, metal = '#c9cdc8'): void {
  pen.shape('M-6 -22C-20 -44 -44 -40 -50 -18C-40 -26 -34 -20 -36 -8C-28 -18 -20 -16 -16 -12Z', plume, { weight: 2.3, shade: { angle: 70, gap: 4.4, depth: 10, weight: 1.6 } });
  pen.cut('M-10 -22C-22 -32 -34 -32 -42 -24M-12 -18C-22 -24 -28 -22 -32 -16', 1.7);
  pen.shape('M-17 12C-20 -14 -14 -28 0 -28C14 -28 20 -14 17 12L12 16C13 4 13 -4 11 -9H-11C-13 -4 -13 4 -12 16Z', metal, { weight: 2.5, shade: { gap: 4.4, depth: 8, weight: 1.6 } });
  pen.shape('M-16 -10C-12 -20 12 -20 16 -10L12 -8H-12Z', metal, { weight: 2.1, relief: 0.4 });
  pen.cut('M0 -28V-16', 2.2);
  pen.fill(ellipse(-14.5, 2, 1.5), INK);
  pen.fill(ellipse(14.5, 2, 1.5), INK);
}

/** A soft cap with a rolled brim and a feather. */
export function cap(pen: Pen, fill: string = BLUE, feather: string = LIGHT): void {
  pen.shape('M4 -20C14 -40 32 -40 38 -24C30 -30 22 -22 12 -14Z', feather, { weight: 2.1, shade: { angle: 120, gap: 4, depth: 8, weight: 1.3 } });
  pen.cut('M8 -18C16 -30 26 -34 34 -28', 1.4);
  pen.shape('M-17 -12C-24 -30 -4 -36 6 -31C18 -28 20 -20 17 -12Z', fill, { weight: 2.3, shade: { gap: 4.4, depth: 12, weight: 1.6 } });
  pen.shape('M-19 -10C-20 -18 -10 -19 0 -19C10 -19 20 -18 19 -10C12 -14 -12 -14 -19 -10Z', fill, { weight: 2.1, relief: 0.4 });
}

/** A hood that hides hair and shoulders. */
export function hood(pen: Pen, fill: string = SLATE): void {
  pen.shape(
    'M-15 10C-17 -8 -10 -15 0 -15C10 -15 17 -8 15 10C19 16 24 22 26 30L30 24C32 4 26 -22 4 -34C-22 -28 -32 4 -30 24L-26 30C-24 22 -19 16 -15 10Z',
    fill,
    { weight: 2.6, shade: { gap: 4.8, depth: 12, weight: 1.8 } },
  );
  pen.cut('M-18 2C-20 -12 -12 -20 2 -20', 1.8);
}

/** A veil from the crown of the head down to the shoulders, drawn before the face. */
export function veil(pen: Pen, fill: string = LIGHT): void {
  pen.shape('M-17 -10C-15 -26 15 -26 17 -10C22 10 26 26 36 40H-36C-26 26 -22 10 -17 -10Z', fill, {
    weight: 2.5,
    shade: { gap: 5, depth: 14, weight: 1.7 },
  });
  pen.cut('M-19 4C-22 18 -24 26 -29 36M19 4C22 18 24 26 29 36', 1.9);
}

/** Flowers in a ring. */
export function garland(pen: Pen, fill: string = RED): void {
  for (let i = 0; i < 7; ++i) {
    const p = polar({ x: 0, y: -2 }, 17.5, -90 + (i - 3) * 24);
    pen.shape(ellipse(p.x, p.y, 4.4), i % 2 ? GREEN : fill, { weight: 1.6, relief: 0.3 });
    pen.fill(ellipse(p.x, p.y, 1.4), i % 2 ? MOSS : STRAW);
  }
}
