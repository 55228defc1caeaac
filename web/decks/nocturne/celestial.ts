// The words of the nocturne deck: discs, dials, moons, stars, rays, waves and hills, all exact.
import { polar, type Place, type Point } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { DEEP, GOLD, MIST, NIGHT, PALE } from './frame.ts';

export const CENTRE: Point = { x: 150, y: 232 };

export function starPath(x: number, y: number, r: number, points: number, inner: number): string {
  let data = '';
  for (let i = 0; i < points * 2; ++i) {
    const p = polar({ x, y }, i % 2 ? r * inner : r, (180 / points) * i - 90);
    data += `${i ? 'L' : 'M'}${p.x} ${p.y}`;
  }
  return `${data}Z`;
}

/** A filled star with four long points, as photographs show them. */
export function spark(pen: Pen, x: number, y: number, r: number, colour: string = PALE): void {
  pen.motif(`spark ${r} ${colour}`, { x, y }, () => {
    const k = r * 0.12;
    pen.fill(`M0 ${-r}Q${k} ${-k} ${r * 0.7} 0Q${k} ${k} 0 ${r}Q${-k} ${k} ${-r * 0.7} 0Q${-k} ${-k} 0 ${-r}Z`, colour);
  });
}

/** Ends of straight lines at even angles between two radii. */
export function spokes(centre: Point, inner: number, outer: number, count: number, start = -90, sweep = 360): string {
  let data = '';
  for (let i = 0; i < count; ++i) {
    const angle = start + (sweep / (sweep === 360 ? count : count - 1)) * i;
    const [a, b] = [polar(centre, inner, angle), polar(centre, outer, angle)];
    data += `M${a.x} ${a.y}L${b.x} ${b.y}`;
  }
  return data;
}

/** A ring with divisions, as of an astrolabe. */
export function dial(pen: Pen, centre: Point, r: number, divisions = 60, colour = GOLD): void {
  pen.line(ellipse(centre.x, centre.y, r), 1.6, colour);
  pen.line(ellipse(centre.x, centre.y, r - 9), 0.9, colour);
  pen.line(spokes(centre, r - 9, r - (divisions > 40 ? 5 : 3), divisions), 0.8, colour);
  pen.line(spokes(centre, r - 9, r, 12), 1.2, colour);
}

/** Long and short rays in turn. */
export function glory(pen: Pen, centre: Point, inner: number, outer: number, count: number, colour = GOLD, weight = 1.4): void {
  pen.line(spokes(centre, inner, outer, count / 2), weight, colour);
  pen.line(spokes(centre, inner, inner + (outer - inner) * 0.55, count / 2, -90 + 360 / count), weight * 0.8, colour);
}

/** A moon: the light part of its disc from -1, waning, over 0, dark, and 1, waxing, to 2, full. */
export function moon(pen: Pen, place: Place, r: number, phase: number, light: string = PALE): void {
  pen.at(place, () => {
    if (phase === 2) {
      pen.shape(ellipse(0, 0, r), light, { weight: 1.4 });
      return;
    }
    pen.shape(ellipse(0, 0, r), DEEP, { weight: 1.2, ink: MIST });
    if (phase === 0) return;
    const way = Math.sign(phase);
    const depth = r * 1.34 * way;
    const bend = r * 0.72 * way;
    pen.shape(`M0 ${-r}C${depth} ${-r} ${depth} ${r} 0 ${r}C${bend} ${r * 0.7} ${bend} ${-r * 0.7} 0 ${-r}Z`, light, { weight: 1.2 });
  });
}

/** A sun of a disc, a ring and pointed rays. */
export function sun(pen: Pen, centre: Point, r: number, count = 16, fill: string = NIGHT): void {
  for (let i = 0; i < count; ++i) {
    const angle = (360 / count) * i - 90;
    const half = 150 / count;
    const [a, b] = [polar(centre, r * 1.2, angle - half), polar(centre, r * 1.2, angle + half)];
    const tip = polar(centre, r * (i % 2 ? 1.56 : 1.86), angle);
    pen.shape(`M${a.x} ${a.y}L${tip.x} ${tip.y}L${b.x} ${b.y}`, i % 2 ? fill : GOLD, { weight: 1.5 });
  }
  pen.shape(ellipse(centre.x, centre.y, r * 1.12), fill, { weight: 1.4 });
  pen.shape(ellipse(centre.x, centre.y, r), fill, { weight: 2.2 });
}

/** Long waves across the picture below a height. */
export function sea(pen: Pen, y: number, rows: number, colour: string = MIST, gap = 13): void {
  let data = '';
  for (let row = 0; row < rows; ++row) {
    const level = y + row * gap;
    const shift = row % 2 ? 18 : 0;
    data += `M${10 - shift} ${level}`;
    for (let x = 10 - shift; x < 290; x += 36) data += `Q${x + 9} ${level - 6} ${x + 18} ${level}Q${x + 27} ${level + 6} ${x + 36} ${level}`;
  }
  pen.line(data, 1.3, colour);
}

/** Hills one before the other, each hiding the one behind. */
export function hills(pen: Pen, levels: readonly (readonly number[])[], fills: readonly string[] = [NIGHT, DEEP]): void {
  levels.forEach((heights, i) => {
    const step = 300 / (heights.length - 1);
    let data = `M0 ${heights[0]}`;
    for (let k = 1; k < heights.length; ++k) {
      const [x0, y0, x1, y1] = [(k - 1) * step, heights[k - 1]!, k * step, heights[k]!];
      data += `C${x0 + step / 2} ${y0} ${x1 - step / 2} ${y1} ${x1} ${y1}`;
    }
    pen.shape(`${data}V440H0Z`, fills[i % fills.length] ?? NIGHT, { weight: 1.8 });
  });
}

/** Pointed mountains with one lit edge. */
export function peaks(pen: Pen, tops: readonly (readonly [number, number])[], base: number): void {
  for (const [x, y] of tops) {
    const half = (base - y) * 0.66;
    pen.shape(`M${x - half} ${base}L${x} ${y}L${x + half} ${base}Z`, NIGHT, { weight: 1.8 });
    pen.line(`M${x} ${y}L${x - half * 0.12} ${y + (base - y) * 0.3}L${x + half * 0.14} ${y + (base - y) * 0.52}L${x} ${base}`, 1.1);
    for (let i = 1; i < 6; ++i) {
      const t = i / 6;
      pen.line(`M${x + half * t} ${y + (base - y) * t}L${x + half * t * 0.5 + 4} ${base}`, 0.8, MIST);
    }
  }
}

/** A leaf from the origin along x. */
export function leaf(pen: Pen, place: Place, length: number, fill: string = NIGHT): void {
  pen.motif(`leaf ${length} ${fill}`, place, () => {
    const h = length * 0.3;
    pen.shape(`M0 0Q${length * 0.5} ${-h} ${length} 0Q${length * 0.5} ${h} 0 0Z`, fill, { weight: 1.3 });
    pen.line(`M0 0H${length * 0.7}`, 0.8);
  });
}

/** A rose of two rings of petals. */
export function rose(pen: Pen, place: Place, fill: string): void {
  pen.motif(`rose ${fill}`, place, () => {
    for (const [r, size, turn] of [[8, 5.6, 0], [3.6, 3.8, 36]] as const) {
      for (let i = 0; i < 5; ++i) {
        const p = polar({ x: 0, y: 0 }, r, turn + i * 72 - 90);
        pen.shape(ellipse(p.x, p.y, size), r > 5 ? NIGHT : fill, { weight: 1.3 });
      }
    }
    pen.fill(ellipse(0, 0, 1.8), PALE);
  });
}

/** A pair of wings around a point. */
export function wings(pen: Pen, x: number, y: number, scale = 1): void {
  for (const mirror of [false, true]) {
    pen.at({ x, y, mirror, scale }, () => {
      pen.shape('M4 6C14 -22 40 -38 92 -40Q84 -28 72 -27Q80 -20 84 -12Q70 -8 58 -12Q64 -4 64 4Q50 4 42 -2Q44 8 40 14Q22 16 4 6Z', NIGHT, { weight: 1.8 });
      pen.line('M10 4C20 -16 42 -28 72 -27M16 6C26 -8 40 -12 58 -12M22 8C30 0 36 -2 42 -2', 1.1);
    });
  }
}

export function lemniscate(pen: Pen, x: number, y: number, r: number): void {
  const data = `M${x} ${y}C${x + r * 0.5} ${y - r * 0.9} ${x + r * 1.9} ${y - r * 0.9} ${x + r * 1.9} ${y}C${x + r * 1.9} ${y + r * 0.9} ${x + r * 0.5} ${y + r * 0.9} ${x} ${y}C${x - r * 0.5} ${y - r * 0.9} ${x - r * 1.9} ${y - r * 0.9} ${x - r * 1.9} ${y}C${x - r * 1.9} ${y + r * 0.9} ${x - r * 0.5} ${y + r * 0.9} ${x} ${y}Z`;
  pen.line(data, 4.6, GOLD);
  pen.line(data, 1.6, NIGHT);
}
