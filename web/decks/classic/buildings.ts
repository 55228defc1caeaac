// Pillars, thrones, towers and what else is built.
import type { Place } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { BROWN, INK, LIGHT, OCHRE, RED, STONE } from './palette.ts';

/** A column around x, from its capital to its base. */
export function pillar(pen: Pen, x: number, top: number, base: number, fill: string, half = 17): void {
  const dark = fill === INK;
  pen.shape(`M${x - half} ${top + 14}H${x + half}L${x + half + 1} ${base - 12}H${x - half - 1}Z`, fill, { weight: 2.6 });
  pen.shade(`M${x - half} ${top + 14}H${x + half}V${base - 12}H${x - half}Z`, { gap: 6, depth: half * 0.9, weight: 1.9 }, dark ? '#7d7468' : INK);
  pen.line(`M${x - half * 0.4} ${top + 20}V${base - 18}M${x + half * 0.2} ${top + 20}V${base - 18}`, 1.4, dark ? '#7d7468' : INK);
  pen.shape(`M${x - half - 9} ${top}H${x + half + 9}L${x + half + 2} ${top + 15}H${x - half - 2}Z`, fill, { weight: 2.4 });
  pen.shape(`M${x - half - 2} ${base - 14}H${x + half + 2}L${x + half + 9} ${base}H${x - half - 9}Z`, fill, { weight: 2.4 });
}

/** A high seat behind a figure whose neck is at the origin, 200 down to the floor. */
export function throne(pen: Pen, fill: string, cushion: string = RED, top = -62, half = 62): void {
  pen.shape(`M${-half} ${top + 22}C${-half + 8} ${top - 8} ${half - 8} ${top - 8} ${half} ${top + 22}V120H${-half}Z`, fill, { shade: { depth: 18, gap: 6 } });
  pen.shape(`M${-half + 12} ${top + 30}C${-half + 22} ${top + 8} ${half - 22} ${top + 8} ${half - 12} ${top + 30}V110H${-half + 12}Z`, cushion, { weight: 2.2 });
  for (const side of [-1, 1]) {
    const x = side * (half + 4);
    pen.shape(`M${x - 13} 84H${x + 13}V196H${x - 13}Z`, fill, { weight: 2.6, shade: { depth: 14, gap: 5.6 } });
    pen.shape(`M${x - 17} 74H${x + 17}V87H${x - 17}Z`, fill, { weight: 2.4 });
    pen.shape(ellipse(side * half, top + 18, 8), OCHRE, { weight: 2.2, shade: { gap: 4, depth: 6, weight: 1.4 } });
  }
}

/** Courses of stone over an area, as broken lines. */
export function masonry(pen: Pen, left: number, top: number, right: number, bottom: number, course = 16): void {
  let data = '';
  let row = 0;
  for (let y = top; y < bottom - 2; y += course, ++row) {
    if (row > 0) data += `M${left + 1} ${y}H${right - 1}`;
    const step = course * 1.9;
    for (let x = left + (row % 2 ? step : step / 2); x < right - 4; x += step) {
      data += `M${x} ${y}V${Math.min(y + course, bottom)}`;
    }
  }
  pen.line(data, 1.4);
}

/** A square tower with battlements; the foot is at the origin. */
export function castle(pen: Pen, place: Place, fill: string = STONE, roof: string = RED): void {
  pen.at(place, () => {
    pen.shape('M-26 0V-34H26V0Z', fill, { weight: 2.2, shade: { gap: 5, depth: 12, weight: 1.6 } });
    pen.shape('M-34 0V-46H-40V-58H-34V-53H-29V-58H-23V-53H-18V-58H-12V-46H-18V0Z', fill, { weight: 2.2, shade: { gap: 5, depth: 8, weight: 1.6 } });
    pen.shape('M14 0V-40H36V0Z', fill, { weight: 2.2, shade: { gap: 5, depth: 9, weight: 1.6 } });
    pen.shape('M10 -38L25 -66L40 -38Z', roof, { weight: 2.2, shade: { gap: 5, depth: 10, weight: 1.6 } });
    pen.shape('M-7 0V-12C-7 -20 7 -20 7 -12V0Z', INK, { weight: 1.4 });
    pen.fill('M-28 -38H-24V-28H-28ZM23 -28H27V-18H23Z', INK);
  });
}

/** A table before a standing figure; its upper edge is at y. */
export function table(pen: Pen, y: number, half = 104): void {
  const x0 = 150 - half;
  const x1 = 150 + half;
  for (const x of [x0 + 2, x1 - 16]) {
    pen.shape(`M${x} ${y + 34}H${x + 14}L${x + 12} ${y + 130}H${x + 2}Z`, BROWN, { weight: 2.6, shade: { gap: 5, depth: 9, weight: 1.7 } });
  }
  pen.shape(`M${x0 - 12} ${y + 24}H${x1 + 12}V${y + 40}H${x0 - 12}Z`, BROWN, { weight: 2.8, shade: { gap: 6, depth: 26, weight: 1.9, angle: -4 } });
  pen.shape(`M${x0} ${y}H${x1}L${x1 + 14} ${y + 26}H${x0 - 14}Z`, '#c08a55', { weight: 2.8 });
  pen.cut(`M${x0 + 14} ${y + 8}H${x0 + 76}M${x1 - 90} ${y + 15}H${x1 - 20}M${x0 + 40} ${y + 19}H${x0 + 84}`, 1.6);
}

/** A flag on a staff; the foot of the staff is at the origin. */
export function banner(pen: Pen, place: Place, height: number, cloth: string, draw?: () => void): void {
  pen.at(place, () => {
    pen.line(`M0 0V${-height}`, 5.6);
    pen.line(`M0 0V${-height}`, 2.6, OCHRE);
    pen.shape(`M2 ${-height + 4}C20 ${-height - 6} 34 ${-height + 12} 58 ${-height + 2}C54 ${-height + 18} 60 ${-height + 30} 56 ${-height + 44}C36 ${-height + 54} 20 ${-height + 38} 2 ${-height + 48}Z`, cloth, {
      weight: 2.4,
      shade: { angle: 70, gap: 5, depth: 16, weight: 1.6 },
    });
    draw?.();
    pen.shape(ellipse(0, -height - 4, 4), OCHRE, { weight: 1.8, relief: 0.3 });
  });
}

/** An open scroll, its middle at the origin. */
export function scroll(pen: Pen, place: Place, half = 26): void {
  pen.at(place, () => {
    pen.shape(`M${-half} -9Q0 -4 ${half} -9V10Q0 15 ${-half} 10Z`, LIGHT, { weight: 2.2 });
    for (const side of [-1, 1]) {
      pen.shape(ellipse(side * half, 0, 4.6, 12), LIGHT, { weight: 2.2 });
      pen.cut(`M${side * half} -7Q${side * half + 2} 0 ${side * half} 7`, 1.6);
    }
  });
}
