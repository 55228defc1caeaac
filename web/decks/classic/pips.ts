// What pips share: one block of the suit's thing, stamped where it is wanted, and small scenery.
import type { Place } from '../kit/matrix.ts';
import type { Pen } from '../kit/pen.ts';
import { ellipse } from '../kit/path.ts';
import { cup, offeringHand, pentacle, sword, wand, type CupLook, type SwordLook, type WandLook } from './emblems.ts';
import * as ink from './palette.ts';
import { cloud } from './sky.ts';

export type Spot = readonly [x: number, y: number, turn?: number];

const placeOf = ([x, y, turn = 0]: Spot): Place => ({ x, y, turn });

export function wands(pen: Pen, spots: readonly Spot[], look: WandLook = {}): void {
  for (const spot of spots) pen.motif(`wand ${JSON.stringify(look)}`, placeOf(spot), () => wand(pen, {}, look));
}

export function cups(pen: Pen, spots: readonly Spot[], scale = 1, look: CupLook = {}): void {
  for (const spot of spots) pen.motif(`cup ${scale} ${JSON.stringify(look)}`, placeOf(spot), () => cup(pen, { scale }, look));
}

export function swords(pen: Pen, spots: readonly Spot[], look: SwordLook = {}): void {
  for (const spot of spots) pen.motif(`sword ${JSON.stringify(look)}`, placeOf(spot), () => sword(pen, {}, look));
}

export function pentacles(pen: Pen, spots: readonly Spot[], r: number): void {
  for (const spot of spots) pen.motif(`pentacle ${r}`, placeOf(spot), () => pentacle(pen, {}, r));
}

/** The hand of an ace: a bank of cloud on the left, an arm, and what it holds at the point given. */
export function ace(pen: Pen, x: number, y: number, thing: () => void, sleeve: string, skin?: string): void {
  cloud(pen, { x: x - 108, y: y + 24, scale: 1.2 });
  thing();
  offeringHand(pen, { x, y, scale: 1.24 }, sleeve, skin);
  cloud(pen, { x: x - 100, y: y - 18, scale: 0.92 });
  cloud(pen, { x: x - 90, y: y + 38, scale: 0.86 });
}

/** A ship under sail, its waterline at the origin. */
export function ship(pen: Pen, place: Place, sail: string = ink.LIGHT): void {
  pen.at(place, () => {
    pen.shape('M-22 -6H22C18 8 -16 8 -22 -6Z', ink.BROWN, { weight: 2.1 });
    pen.line('M0 -6V-44', 2.6);
    pen.shape('M2 -42C18 -36 20 -20 4 -10C8 -20 8 -32 2 -42Z', sail, { weight: 2.1 });
    pen.shape('M-2 -40C-16 -34 -18 -20 -4 -12C-6 -20 -6 -32 -2 -40Z', sail, { weight: 2 });
  });
}

/** A small house with a door, its foot at the origin. */
export function house(pen: Pen, place: Place, wall: string = ink.LIGHT, roof: string = ink.RED): void {
  pen.at(place, () => {
    pen.shape('M-18 0V-22H18V0Z', wall, { weight: 2.2, shade: { gap: 5, depth: 9, weight: 1.6 } });
    pen.shape('M-24 -20L-10 -42H12L25 -20Z', roof, { weight: 2.2, shade: { angle: -60, gap: 5, depth: 9, weight: 1.6 } });
    pen.shape('M-4 0V-12H5V0Z', ink.INK, { weight: 1 });
    pen.shape('M8 -42V-52H14V-42Z', wall, { weight: 1.8 });
  });
}

/** Ribbon ends below a knot at the origin. */
export function ribbon(pen: Pen, place: Place, fill: string): void {
  pen.at(place, () => {
    pen.shape('M0 0C-14 -14 -24 -8 -22 0C-20 8 -10 6 0 0C14 -14 24 -8 22 0C20 8 10 6 0 0Z', fill, { weight: 2.1 });
    pen.shape('M-3 2C-8 14 -14 20 -20 28L-10 28L-8 36C-2 24 0 12 1 3ZM3 2C8 14 14 20 20 28L10 28L8 36C2 24 0 12 -1 3Z', fill, { weight: 2 });
    pen.shape(ellipse(0, 1, 4.5, 5), fill, { weight: 2, relief: 0.3 });
  });
}
