// The marks of a graver: wedges that run inwards from the shadow side of a shape, and strokes
// that swell in the middle.
import { mix, type Point } from './matrix.ts';
import { pointAt, sampled, type Contour } from './path.ts';
import type { Random } from './random.ts';

export interface Shade {
  /** Of the lines, in degrees from the horizontal. */
  angle?: number;
  /** Between the lines. */
  gap?: number;
  /** How far a wedge reaches inwards at most. */
  depth?: number;
  /** Width of a wedge at its thick end. */
  weight?: number;
  side?: 'left' | 'right' | 'both';
}

export const SHADE = { angle: -14, gap: 5.8, depth: 17, weight: 2, side: 'right' } as const;

/** Wedges over the inside of the contours, all of one winding, so that overlaps stay filled. */
export function wedges(contours: Contour[], shade: Shade, random: Random): Contour[] {
  const { angle, gap, depth, weight, side } = { ...SHADE, ...shade };
  const turn = rotation(angle);
  const rings = contours.map((contour) => sampled(contour, 4).map((point) => turn(point, -1)));
  const heights = rings.flat().map(({ y }) => y);
  const bottom = Math.max(...heights);
  const found: Contour[] = [];
  for (let y = Math.min(...heights) + gap * random.between(0.4, 0.9); y < bottom - 0.5; ) {
    const crossings = crossed(rings, y);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [crossings[i]!, crossings[i + 1]!];
      if (to - from < 2) continue;
      const reach = Math.min((to - from) * 0.86, depth * random.between(0.5, 1));
      const drift = random.sway(0.7);
      const half = weight * random.between(0.38, 0.55);
      if (side !== 'left') found.push(wedge(to, to - reach, y, drift, half, turn));
      if (side !== 'right') found.push(wedge(from, from + reach, y, drift, half, turn));
    }
    y += gap * random.between(0.82, 1.18);
  }
  return found;
}

type Turn = (point: Point, way: 1 | -1) => Point;

function rotation(degrees: number): Turn {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return ({ x, y }, way) => ({ x: x * cos - y * sin * way, y: x * sin * way + y * cos });
}

function crossed(rings: Point[][], y: number): number[] {
  const xs: number[] = [];
  for (const ring of rings) {
    ring.forEach((to, i) => {
      const from = ring[(i || ring.length) - 1]!;
      if (from.y <= y === to.y <= y) return;
      xs.push(from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x));
    });
  }
  return xs.sort((a, b) => a - b);
}

function wedge(
  base: number,
  tip: number,
  y: number,
  drift: number,
  half: number,
  turn: Turn,
): Contour {
  const way = base > tip ? 1 : -1;
  const points = [
    { x: base, y: y - half * way },
    { x: base, y: y + half * way },
    { x: tip, y: y + drift },
  ].map((point) => turn(point, 1));
  return {
    from: points[0]!,
    segments: [
      { handles: [], to: points[1]! },
      { handles: [], to: points[2]! },
    ],
    closed: true,
  };
}

/** A stroke along an open contour that swells in the middle, or towards its end or beginning. */
export function swelling(
  contour: Contour,
  width: number,
  form: 'lens' | 'in' | 'out' = 'lens',
): Contour {
  const count = contour.segments.length;
  const spine: Point[] = [contour.from];
  let at = contour.from;
  for (const segment of contour.segments) {
    const bent = segment.handles.length;
    const steps = bent === 2 ? (count > 1 ? 2 : 4) : bent === 0 && count > 1 ? 1 : 2;
    for (let i = 1; i <= steps; ++i) spine.push(pointAt(at, segment, i / steps));
    at = segment.to;
  }
  const last = spine.length - 1;
  const sides: [Point[], Point[]] = [[], []];
  spine.forEach((point, i) => {
    const before = spine[Math.max(i - 1, 0)]!;
    const after = spine[Math.min(i + 1, last)]!;
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const t = i / last;
    const fullness =
      form === 'lens' ? Math.sin(Math.PI * t) : form === 'in' ? 1 - t : t;
    const half = (width / 2) * fullness;
    const across = {
      x: (-(after.y - before.y) / length) * half,
      y: ((after.x - before.x) / length) * half,
    };
    sides[0].push({ x: point.x - across.x, y: point.y - across.y });
    sides[1].push({ x: point.x + across.x, y: point.y + across.y });
  });
  return lens(sides[0], sides[1].reverse());
}

/** There along one side and back along the other, each a smooth curve through its points. */
function lens(there: Point[], back: Point[]): Contour {
  const segments = [...through(there)];
  const turned = back[0]!;
  const end = there.at(-1)!;
  if (Math.hypot(turned.x - end.x, turned.y - end.y) > 0.05) {
    segments.push({ handles: [], to: turned });
  }
  segments.push(...through(back));
  return { from: there[0]!, segments, closed: true };
}

function through(points: Point[]): Contour['segments'] {
  if (points.length === 3) {
    // One quadratic curve that passes its middle point.
    const [from, middle, to] = points as [Point, Point, Point];
    const straight = mix(from, to, 0.5);
    return [
      {
        handles: [{ x: 2 * middle.x - straight.x, y: 2 * middle.y - straight.y }],
        to,
      },
    ];
  }
  return points.slice(1).map((to, i) => {
    const from = points[i]!;
    const before = points[i - 1] ?? from;
    const after = points[i + 2] ?? to;
    return {
      handles: [
        { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 },
        { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 },
      ],
      to,
    };
  });
}

/** A tube of changing width along points: sleeves, legs, necks, tails. */
export function tube(points: Point[], widths: number[]): Point[] {
  const sides: [Point[], Point[]] = [[], []];
  points.forEach((point, i) => {
    const before = points[Math.max(i - 1, 0)]!;
    const after = points[Math.min(i + 1, points.length - 1)]!;
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const half = (widths[i] ?? widths.at(-1) ?? 1) / 2;
    const across = {
      x: (-(after.y - before.y) / length) * half,
      y: ((after.x - before.x) / length) * half,
    };
    sides[0].push({ x: point.x - across.x, y: point.y - across.y });
    sides[1].push({ x: point.x + across.x, y: point.y + across.y });
  });
  return [...sides[0], ...sides[1].reverse()];
}

