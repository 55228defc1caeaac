// Sky, ground and what grows on it, in the manner of a woodcut.
import { polar, type Place, type Point } from '../kit/matrix.ts';
import { ellipse, polygon, smooth } from '../kit/path.ts';
import type { Pen, ShapeOptions } from '../kit/pen.ts';
import { BROWN, GREEN, LIGHT, MOSS, OCHRE, RED, STRAW } from './palette.ts';

/** Everything behind the picture, in one colour. */
export function backdrop(pen: Pen, colour: string): void {
  pen.steadily(() => pen.fill('M18 18H282V438H18Z', colour));
}

/** Broken horizontal lines, as a sky is engraved. */
export function skyLines(pen: Pen, from: number, to: number, ink: string, gap = 11): void {
  let lines = '';
  for (let y = from; y < to; y += gap) {
    let x = 22 + pen.random.between(-14, 16);
    while (x < 278) {
      const length = pen.random.between(24, 78);
      lines += `M${x} ${y}L${x + length} ${y + pen.random.sway(1.2)}`;
      x += length + pen.random.between(10, 44);
    }
  }
  pen.steadily(() => pen.line(lines, 1.3, ink));
}

/** Wedges all around a point. */
export function rays(
  pen: Pen,
  centre: Point,
  inner: number,
  outer: number,
  count: number,
  colour: string,
  half = 1.6,
): void {
  let data = '';
  for (let i = 0; i < count; ++i) {
    const angle = (360 / count) * i + pen.random.sway(60 / count);
    const a = polar(centre, inner, angle - (half / inner) * 57);
    const b = polar(centre, inner, angle + (half / inner) * 57);
    const c = polar(centre, outer * pen.random.between(0.8, 1), angle);
    data += `M${a.x} ${a.y}L${c.x} ${c.y}L${b.x} ${b.y}Z`;
  }
  pen.steadily(() => pen.fill(data, colour));
}

/** A sun with straight and wavy rays in turn. */
export function sun(pen: Pen, x: number, y: number, r: number, count = 12): void {
  const centre = { x, y };
  let straight = '';
  let wavy = '';
  for (let i = 0; i < count; ++i) {
    const angle = (360 / count) * i - 90;
    const width = 190 / count;
    const a = polar(centre, r * 1.1, angle - width / 2);
    const b = polar(centre, r * 1.1, angle + width / 2);
    const tip = polar(centre, r * (i % 2 ? 1.72 : 1.86), angle);
    if (i % 2 === 0) {
      straight += `M${a.x} ${a.y}L${tip.x} ${tip.y}L${b.x} ${b.y}Z`;
    } else {
      const c1 = polar(centre, r * 1.35, angle - width * 0.7);
      const c2 = polar(centre, r * 1.55, angle + width * 0.35);
      const d1 = polar(centre, r * 1.35, angle + width * 0.1);
      wavy +=
        `M${a.x} ${a.y}C${c1.x} ${c1.y} ${c2.x} ${c2.y} ${tip.x} ${tip.y}` +
        `C${c2.x} ${c2.y} ${d1.x} ${d1.y} ${b.x} ${b.y}Z`;
    }
  }
  pen.shape(straight, OCHRE, { weight: 1.8, relief: 0.3 });
  pen.shape(wavy, RED, { weight: 1.8, relief: 0.3 });
  pen.shape(ellipse(x, y, r), STRAW, { weight: 2.6 });
}

export function star(
  pen: Pen,
  x: number,
  y: number,
  r: number,
  fill: string,
  points = 5,
  options: ShapeOptions = {},
): void {
  pen.motif(`star ${r} ${fill} ${points}`, { x, y }, () => {
    // A small one would be all outline.
    pen.shape(starPath(0, 0, r, points), fill, { weight: r < 8 ? 0.8 : 1.8, ...options });
  });
}

export function starPath(x: number, y: number, r: number, points = 5, inner = 0.42): string {
  let data = '';
  for (let i = 0; i < points * 2; ++i) {
    const p = polar({ x, y }, i % 2 ? r * inner : r, (180 / points) * i - 90);
    data += `${i ? 'L' : 'M'}${p.x} ${p.y}`;
  }
  return `${data}Z`;
}

/** A moon's crescent, open to the right; turn it as needed. */
export function crescent(pen: Pen, place: Place, r: number, fill: string, weight = 2.4): void {
  pen.at(place, () => {
    const k = r * 0.72;
    pen.shape(
      `M${k} ${-r * 0.7}C${-r * 0.1} ${-r * 1.34} ${-r * 1.18} ${-r * 0.7} ${-r} 0C${-r * 1.18} ${r * 0.7} ${-r * 0.1} ${r * 1.34} ${k} ${r * 0.7}` +
        `C${-r * 0.1} ${r * 0.72} ${-r * 0.5} ${r * 0.4} ${-r * 0.5} 0C${-r * 0.5} ${-r * 0.4} ${-r * 0.1} ${-r * 0.72} ${k} ${-r * 0.7}Z`,
      fill,
      { weight },
    );
  });
}

/** A bank of cloud around the origin, about 90 wide, with curls. */
export function cloud(pen: Pen, place: Place, fill = LIGHT): void {
  pen.at(place, () => {
    pen.shape(
      'M-44 14C-56 14 -56 -2 -44 -3C-46 -16 -30 -20 -24 -13C-20 -26 2 -27 6 -14C14 -22 30 -17 29 -6C42 -8 50 4 44 11C40 16 34 15 30 14Z',
      fill,
      { weight: 2.6, shade: { gap: 4.6, depth: 12, weight: 1.6 } },
    );
    pen.cut('M-40 6C-34 8 -30 4 -32 0M-24 -11C-16 -12 -12 -6 -17 -2M6 -12C0 -12 -3 -7 1 -3M28 -5C22 -6 17 -1 21 3', 2);
  });
}

/** Ground below a smooth line of heights from the left edge to the right. */
export function hill(
  pen: Pen,
  heights: [number, number][],
  fill: string,
  options: ShapeOptions = {},
): void {
  const line = smooth(heights.map(([x, y]) => ({ x, y })), false);
  line.segments.push(
    ...[
      { x: heights.at(-1)![0], y: 440 },
      { x: heights[0]![0], y: 440 },
      line.from,
    ].map((to) => ({ handles: [], to })),
  );
  line.closed = true;
  pen.shape([line], fill, options);
}

/** Peaks with their shadow side hatched; snow above the line where one is given. */
export function mountains(
  pen: Pen,
  peaks: [number, number][],
  base: number,
  fill: string,
  snow?: string,
): void {
  const spread = 0.62;
  for (const [x, y] of peaks) {
    const half = (base - y) * spread;
    const left = { x: x - half, y: base };
    const right = { x: x + half, y: base };
    pen.shape([polygon([left, { x: x - half * 0.45, y: y + (base - y) * 0.4 }, { x, y }, { x: x + half * 0.38, y: y + (base - y) * 0.34 }, right])], fill, {
      weight: 2.6,
    });
    pen.shade(
      [polygon([{ x, y }, { x: x + half * 0.38, y: y + (base - y) * 0.34 }, right, { x: x + half * 0.1, y: base }, { x: x + half * 0.14, y: y + (base - y) * 0.5 }])],
      { angle: -30, gap: 5, depth: half * 0.6, weight: 2 },
    );
    if (snow) {
      const h = (base - y) * 0.3;
      pen.shape(
        `M${x} ${y}L${x - half * 0.33} ${y + h}L${x - half * 0.16} ${y + h * 0.8}L${x - half * 0.02} ${y + h * 1.25}L${x + half * 0.12} ${y + h * 0.75}L${x + half * 0.3} ${y + h * 0.92}Z`,
        snow,
        { weight: 2 },
      );
    }
  }
}

/** Blades of grass that stand on a line. */
export function tuft(pen: Pen, x: number, y: number, size = 10, ink = MOSS): void {
  pen.cut(
    `M${x} ${y}Q${x - size * 0.3} ${y - size * 0.6} ${x - size * 0.7} ${y - size * 0.9}` +
      `M${x + 1} ${y}Q${x + size * 0.1} ${y - size * 0.8} ${x} ${y - size * 1.3}` +
      `M${x + 2} ${y}Q${x + size * 0.4} ${y - size * 0.6} ${x + size * 0.9} ${y - size * 0.8}`,
    2.4,
    'in',
    ink,
  );
}

export function tufts(pen: Pen, spots: [number, number][], size = 10, ink = MOSS): void {
  for (const [x, y] of spots) tuft(pen, x, y, size * pen.random.between(0.8, 1.2), ink);
}

/** Rows of waves between two heights. */
export function waves(pen: Pen, from: number, to: number, ink: string, gap = 12, length = 20): void {
  let data = '';
  let row = 0;
  for (let y = from; y < to; y += gap * (1 + row * 0.06), ++row) {
    for (let x = 14 - (row % 2) * (length / 2); x < 286; x += length) {
      if (pen.random.next() < 0.24) continue;
      data += `M${x} ${y}Q${x + length * 0.25} ${y - length * 0.22} ${x + length * 0.5} ${y}Q${x + length * 0.75} ${y + length * 0.2} ${x + length} ${y - 1}`;
    }
  }
  pen.line(data, 1.5, ink);
}

/** A round tree on a stem; the foot is at the origin. */
export function tree(pen: Pen, place: Place, crown = GREEN, fruit?: string): void {
  pen.at(place, () => {
    pen.shape('M-4 0C-3 -14 -3 -24 -5 -34H5C3 -24 4 -12 6 0Z', BROWN, { weight: 2.2 });
    pen.shape(
      'M-22 -30C-34 -36 -30 -54 -20 -55C-20 -70 0 -76 8 -66C20 -72 32 -58 25 -48C34 -40 26 -26 14 -29C6 -22 -14 -22 -22 -30Z',
      crown,
      { weight: 2.6, shade: { gap: 5, depth: 16, weight: 1.9 } },
    );
    pen.cut('M-18 -42Q-12 -38 -8 -43M-6 -56Q0 -52 4 -57M6 -40Q12 -36 16 -42', 2);
    if (fruit) {
      for (const [x, y] of [[-16, -48], [2, -46], [14, -54], [-4, -34]] as const) {
        pen.shape(ellipse(x, y, 3.2), fruit, { weight: 1.5, relief: 0.3 });
      }
    }
  });
}

/** A slender cypress; the foot is at the origin, 60 high. */
export function cypress(pen: Pen, place: Place, fill = MOSS): void {
  pen.at(place, () => {
    pen.shape('M0 -60C8 -40 11 -22 9 -6C6 0 -6 0 -9 -6C-11 -22 -8 -40 0 -60Z', fill, {
      weight: 2.2,
      shade: { angle: -60, gap: 4.5, depth: 8, weight: 1.7 },
    });
    pen.cut('M0 6V-40', 2, 'in');
  });
}

/** A leaf from the origin along x, as long as given. */
export function leaf(pen: Pen, place: Place, length: number, fill: string, weight = 1.8): void {
  pen.motif(`leaf ${length} ${fill} ${weight}`, place, () => {
    const h = length * 0.26;
    pen.shape(`M0 0C${length * 0.3} ${-h * 1.5} ${length * 0.75} ${-h} ${length} 0C${length * 0.75} ${h} ${length * 0.3} ${h * 1.5} 0 0Z`, fill, { weight, relief: 0.3 });
    pen.line(`M${length * 0.12} 0H${length * 0.72}`, 1.1);
  });
}

/** A five-petalled rose seen from above. */
export function rose(pen: Pen, place: Place, fill: string, heart = STRAW): void {
  pen.motif(`rose ${fill} ${heart}`, place, () => {
    for (let i = 0; i < 5; ++i) {
      const p = polar({ x: 0, y: 0 }, 6, i * 72 - 90);
      pen.shape(ellipse(p.x, p.y, 5.2), fill, { weight: 1.6, relief: 0.3 });
    }
    pen.shape(ellipse(0, 0, 3.6), heart, { weight: 1.5, relief: 0 });
  });
}

/** A lily or other open flower on a stem that ends at the origin. */
export function lily(pen: Pen, place: Place, fill: string = LIGHT): void {
  pen.motif(`lily ${fill}`, place, () => {
    pen.shape('M0 2C-10 -2 -15 -12 -12 -20C-8 -17 -4 -14 -3 -10C-3 -17 -2 -21 0 -25C2 -21 3 -17 3 -10C4 -14 8 -17 12 -20C15 -12 10 -2 0 2Z', fill, { weight: 1.9, relief: 0.4 });
    pen.cut('M0 0V-14M-2 -2Q-6 -6 -8 -12M2 -2Q6 -6 8 -12', 1.3);
  });
}

