// The four suits' things, as large or small as a card needs them. Each stands around the origin.
import type { Place } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { leaf, starPath } from './sky.ts';
import { BLUE, BROWN, GREEN, INK, LIGHT, OCHRE, RED, STRAW } from './palette.ts';

export interface WandLook {
  length?: number;
  width?: number;
  wood?: string;
  leaves?: number;
}

/** A living staff that stands upright, with buds and leaves. */
export function wand(pen: Pen, place: Place, look: WandLook = {}): void {
  const { length = 150, width = 11, wood = BROWN, leaves = 4 } = look;
  const h = length / 2;
  const w = width / 2;
  pen.at(place, () => {
    for (let i = 0; i < leaves; ++i) {
      const side = i % 2 ? 1 : -1;
      const y = -h + 12 + ((length - 30) / leaves) * i;
      const size = width * 1.5;
      leaf(pen, { x: side * w * 0.8, y, turn: side > 0 ? -40 : 220 }, size, GREEN, 1.6);
    }
    pen.shape(
      `M${-w * 0.9} ${-h + 2}C${-w * 1.5} ${-h - w} ${w * 1.4} ${-h - w * 1.3} ${w} ${-h + 3}C${w * 1.3} ${-h * 0.5} ${w * 0.7} ${-h * 0.2} ${w * 1.05} ${h * 0.1}` +
        `C${w * 1.2} ${h * 0.5} ${w * 0.7} ${h * 0.7} ${w * 0.8} ${h}C${w * 0.4} ${h + w * 0.7} ${-w * 0.5} ${h + w * 0.7} ${-w * 0.8} ${h}` +
        `C${-w * 0.6} ${h * 0.6} ${-w * 1.3} ${h * 0.4} ${-w} ${-h * 0.1}C${-w * 0.7} ${-h * 0.4} ${-w * 1.3} ${-h * 0.6} ${-w * 0.9} ${-h + 2}Z`,
      wood,
      { weight: 2.4, shade: { gap: 4.6, depth: w * 0.9, weight: 1.6, angle: -28 } },
    );
    pen.shape(ellipse(0, -h + 1.5, w * 0.75, w * 0.42), STRAW, { weight: 1.5, relief: 0 });
    pen.cut(`M${-w * 0.2} ${-h * 0.55}Q${-w * 0.7} ${-h * 0.4} ${-w * 0.2} ${-h * 0.24}M${w * 0.1} ${h * 0.2}Q${-w * 0.6} ${h * 0.36} ${-w * 0.1} ${h * 0.56}`, 1.6);
  });
}

export interface CupLook {
  fill?: string;
  inside?: string;
  gem?: string;
}

/** A chalice 62 high, its rim at y = -30. */
export function cup(pen: Pen, place: Place, look: CupLook = {}): void {
  const { fill = OCHRE, inside = BLUE, gem = RED } = look;
  pen.at(place, () => {
    pen.shape(
      'M-5 6C-5 14 -4 18 -8 22C-14 25 -19 26 -20 32H20C19 26 14 25 8 22C4 18 5 14 5 6Z',
      fill,
      { weight: 2.4, shade: { gap: 4.4, depth: 9, weight: 1.6 } },
    );
    pen.shape(ellipse(0, 13, 7.5, 4.4), gem, { weight: 2, relief: 0.3 });
    pen.shape('M-24 -30C-25 -8 -16 8 0 8C16 8 25 -8 24 -30Z', fill, { weight: 2.6, shade: { gap: 4.6, depth: 13, weight: 1.8 } });
    pen.shape(ellipse(0, -30, 24, 5.6), inside, { weight: 2.4, relief: 0 });
    pen.cut('M-17 -31.5Q-6 -34.5 4 -33.5', 1.6, 'lens', LIGHT);
    pen.line('M-22.5 -17Q0 -8 22.5 -17', 1.8);
    pen.line('M-21.5 -12Q0 -3 21.5 -12', 1.4);
    pen.fill('M-20 -22C-19 -12 -15 -3 -9 1C-13 -6 -15 -14 -15.5 -23Z', LIGHT);
  });
}

export interface SwordLook {
  length?: number;
  guard?: number;
  grip?: string;
  blade?: string;
  metal?: string;
}

/** A sword that points up; the origin is in the middle of its length. */
export function sword(pen: Pen, place: Place, look: SwordLook = {}): void {
  const { length = 160, guard = 21, grip = RED, blade = '#dfe3df', metal = OCHRE } = look;
  const top = -length / 2;
  const hilt = length / 2 - 36;
  const w = Math.max(4.6, length * 0.038);
  pen.at(place, () => {
    pen.shape(`M0 ${top}L${w} ${top + w * 2.4}L${w * 1.15} ${hilt}H${-w * 1.15}L${-w} ${top + w * 2.4}Z`, blade, { weight: 2.2, relief: 0.5 });
    pen.cut(`M0 ${top + w * 2}V${hilt - 4}`, 2.2, 'out');
    pen.shade(`M0 ${top + w}L${w} ${top + w * 2.4}L${w * 1.1} ${hilt}H${w * 0.2}Z`, { gap: 6.4, depth: w * 0.9, weight: 1.4, angle: -30 });
    pen.shape(`M-3.4 ${hilt + 3}H3.4L3.8 ${hilt + 28}H-3.8Z`, grip, { weight: 2, relief: 0.4 });
    pen.line(`M-3.6 ${hilt + 10}L3.6 ${hilt + 13}M-3.6 ${hilt + 16}L3.6 ${hilt + 19}M-3.6 ${hilt + 22}L3.6 ${hilt + 25}`, 1.2);
    pen.shape(ellipse(0, hilt + 32, 5.4), metal, { weight: 2, relief: 0.4 });
    pen.shape(
      `M${-guard} ${hilt - 3}C${-guard - 5} ${hilt - 3} ${-guard - 5} ${hilt + 5} ${-guard} ${hilt + 5}C${-guard * 0.5} ${hilt + 3} ${-guard * 0.3} ${hilt + 5} 0 ${hilt + 5.5}` +
        `C${guard * 0.3} ${hilt + 5} ${guard * 0.5} ${hilt + 3} ${guard} ${hilt + 5}C${guard + 5} ${hilt + 5} ${guard + 5} ${hilt - 3} ${guard} ${hilt - 3}C${guard * 0.5} ${hilt} ${-guard * 0.5} ${hilt} ${-guard} ${hilt - 3}Z`,
      metal,
      { weight: 2.1, relief: 0.5 },
    );
  });
}

/** A coin with a five-pointed star. */
export function pentacle(pen: Pen, place: Place, r = 30, fill: string = OCHRE): void {
  pen.at(place, () => {
    pen.shape(ellipse(0, 0, r), fill, { weight: 2.6 });
    pen.shade(ellipse(0, 0, r), { gap: 4.8, depth: r * 0.24, weight: 1.7 });
    pen.shape(ellipse(0, 0, r * 0.76), STRAW, { weight: 1.7, relief: 0 });
    pen.shape(starPath(0, 0.02 * r, r * 0.74, 5, 0.39), fill, { weight: Math.max(1.5, r * 0.06), relief: 0 });
    pen.line(`M0 ${-r * 0.7}L${r * 0.43} ${r * 0.6}L${-r * 0.68} ${-r * 0.21}H${r * 0.68}L${-r * 0.43} ${r * 0.6}Z`, Math.max(1, r * 0.04));
    for (let i = 0; i < 10; ++i) {
      const angle = ((36 * i + 18) * Math.PI) / 180;
      pen.fill(ellipse(Math.cos(angle) * r * 0.88, Math.sin(angle) * r * 0.88, Math.max(0.9, r * 0.045)), INK);
    }
  });
}

/** A hand that comes out of a cloud on the left and holds what stands at the origin. */
export function offeringHand(pen: Pen, place: Place, sleeve: string = LIGHT, skin?: string): void {
  pen.at(place, () => {
    const flesh = skin ?? '#f2d3ac';
    pen.shape('M-70 -12C-52 -16 -34 -14 -20 -10L-18 13C-34 18 -54 18 -70 14Z', sleeve, { weight: 2.6, shade: { gap: 4.6, depth: 14, weight: 1.7 } });
    pen.shape('M-22 -8C-14 -14 -4 -14 4 -11C10 -9 12 -4 10 0C13 3 12 8 8 10C6 15 -2 16 -8 14C-14 14 -20 12 -22 9Z', flesh, { weight: 2.4, shade: { gap: 4.6, depth: 8, weight: 1.5 } });
    pen.cut('M10 0C5 1 1 1 -4 -1M8 9C3 10 0 9 -4 7M5 -10C0 -8 -4 -8 -8 -9', 1.8);
    pen.shape('M-16 -8C-10 -14 -2 -19 4 -19C8 -17 7 -13 3 -11C-2 -9 -6 -5 -8 0Z', flesh, { weight: 2.2, relief: 0.5 });
  });
}
