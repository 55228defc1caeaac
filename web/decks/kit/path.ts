// Paths: read from SVG's path data, bent, sampled, and written as short as they get.
import { apply, mix, type Matrix, type Point } from './matrix.ts';
import type { Random } from './random.ts';

/** A line has no handles, a quadratic curve one, a cubic two. */
export interface Segment {
  handles: Point[];
  to: Point;
}

export interface Contour {
  from: Point;
  segments: Segment[];
  closed: boolean;
}

const TOKENS = /([a-df-zA-DF-Z])|(-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/g;

/** Of SVG's commands all but arcs and T; S takes the mirrored handle of the curve before. */
export function parsePath(data: string): Contour[] {
  const reader = new Reader(data);
  const contours: Contour[] = [];
  let contour: Contour | null = null;
  let at: Point = { x: 0, y: 0 };
  let command = '';
  while (!reader.done()) {
    command = reader.command() ?? (command === 'M' ? 'L' : command === 'm' ? 'l' : command);
    const base = command === command.toLowerCase() ? at : { x: 0, y: 0 };
    const kind = command.toUpperCase();
    if (kind === 'M') {
      at = reader.point(base);
      contour = { from: at, segments: [], closed: false };
      contours.push(contour);
    } else if (!contour) {
      throw new Error(`path data does not begin with M: ${data}`);
    } else if (kind === 'Z') {
      contour.closed = true;
      at = contour.from;
    } else {
      const segment = readSegment(reader, kind, base, at, contour);
      contour.segments.push(segment);
      at = segment.to;
    }
  }
  return contours;
}

function readSegment(
  reader: Reader,
  kind: string,
  base: Point,
  at: Point,
  contour: Contour,
): Segment {
  switch (kind) {
    case 'L':
      return { handles: [], to: reader.point(base) };
    case 'H':
      return { handles: [], to: { x: base.x + reader.number(), y: at.y } };
    case 'V':
      return { handles: [], to: { x: at.x, y: base.y + reader.number() } };
    case 'Q':
      return { handles: [reader.point(base)], to: reader.point(base) };
    case 'C':
      return { handles: [reader.point(base), reader.point(base)], to: reader.point(base) };
    case 'S': {
      const before = contour.segments.at(-1)?.handles.at(-1) ?? at;
      const first = { x: 2 * at.x - before.x, y: 2 * at.y - before.y };
      return { handles: [first, reader.point(base)], to: reader.point(base) };
    }
    default:
      throw new Error(`path command ${kind} is not read`);
  }
}

class Reader {
  private readonly tokens: RegExpMatchArray[];
  private next = 0;

  constructor(data: string) {
    this.tokens = [...data.matchAll(TOKENS)];
  }

  done(): boolean {
    return this.next >= this.tokens.length;
  }

  command(): string | undefined {
    const letter = this.tokens[this.next]?.[1];
    if (letter) ++this.next;
    return letter;
  }

  number(): number {
    const token = this.tokens[this.next++]?.[2];
    if (token === undefined) throw new Error('a number is missing in path data');
    return Number(token);
  }

  point(base: Point): Point {
    const x = base.x + this.number();
    return { x, y: base.y + this.number() };
  }
}

export function transformed(contours: Contour[], matrix: Matrix): Contour[] {
  return contours.map((contour) => ({
    from: apply(matrix, contour.from),
    segments: contour.segments.map(({ handles, to }) => ({
      handles: handles.map((handle) => apply(matrix, handle)),
      to: apply(matrix, to),
    })),
    closed: contour.closed,
  }));
}

/** As an unsteady hand draws it: corners wander a little, long straight lines bow a little. */
export function handDrawn(contours: Contour[], random: Random, amplitude: number): Contour[] {
  if (amplitude === 0) return contours;
  const wander = () => ({ x: random.sway(amplitude), y: random.sway(amplitude) });
  const add = (point: Point, by: Point) => ({ x: point.x + by.x, y: point.y + by.y });
  return contours.map((contour) => {
    const first = wander();
    let before = first;
    const last = contour.segments.length - 1;
    let at = contour.from;
    const segments = contour.segments.map((segment, i) => {
      const closes = i === last && contour.closed && same(segment.to, contour.from);
      const here = closes ? first : wander();
      // A handle goes with the corner that it belongs to, so that smooth joins stay smooth.
      const bent =
        segment.handles.length === 0
          ? bow(at, segment.to, random, amplitude)
          : segment.handles;
      const handles = bent.map((handle, k) =>
        add(handle, bent.length === 1 ? mix(before, here, 0.5) : k === 0 ? before : here),
      );
      at = segment.to;
      before = here;
      return { handles, to: add(segment.to, here) };
    });
    return { from: add(contour.from, first), segments, closed: contour.closed };
  });
}

const same = (a: Point, b: Point) => Math.abs(a.x - b.x) < 0.01 && Math.abs(a.y - b.y) < 0.01;

function bow(from: Point, to: Point, random: Random, amplitude: number): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 36) return [];
  const depth = random.sway(amplitude * (0.6 + length / 160));
  const middle = mix(from, to, random.between(0.35, 0.65));
  return [
    {
      x: middle.x - ((to.y - from.y) / length) * depth,
      y: middle.y + ((to.x - from.x) / length) * depth,
    },
  ];
}

export function pointAt(from: Point, { handles, to }: Segment, t: number): Point {
  let points = [from, ...handles, to];
  while (points.length > 1) {
    points = points.slice(1).map((point, i) => mix(points[i] ?? point, point, t));
  }
  return points[0] ?? to;
}

/** Points along a contour, at most the step apart. */
export function sampled(contour: Contour, step: number): Point[] {
  const points = [contour.from];
  let at = contour.from;
  for (const segment of contour.segments) {
    const reach = [at, ...segment.handles, segment.to].reduce(
      (sum, point, i, all) => (i ? sum + Math.hypot(point.x - all[i - 1]!.x, point.y - all[i - 1]!.y) : 0),
      0,
    );
    const count = segment.handles.length === 0 ? 1 : Math.max(2, Math.ceil(reach / step));
    for (let i = 1; i <= count; ++i) points.push(pointAt(at, segment, i / count));
    at = segment.to;
  }
  return points;
}

/** A closed smooth curve through the points (Catmull and Rom), or an open one. */
export function smooth(points: Point[], closed: boolean, tension = 1 / 6): Contour {
  const count = points.length;
  const point = (i: number): Point =>
    closed
      ? points[((i % count) + count) % count]!
      : points[Math.min(Math.max(i, 0), count - 1)]!;
  const segments: Segment[] = [];
  for (let i = 0; i < (closed ? count : count - 1); ++i) {
    const [before, from, to, after] = [point(i - 1), point(i), point(i + 1), point(i + 2)];
    segments.push({
      handles: [
        { x: from.x + (to.x - before.x) * tension, y: from.y + (to.y - before.y) * tension },
        { x: to.x - (after.x - from.x) * tension, y: to.y - (after.y - from.y) * tension },
      ],
      to,
    });
  }
  return { from: point(0), segments, closed };
}

export function polygon(points: Point[], closed = true): Contour {
  return {
    from: points[0] ?? { x: 0, y: 0 },
    segments: points.slice(1).map((to) => ({ handles: [], to })),
    closed,
  };
}

const COMMANDS = ['l', 'q', 'c'];

/** Drawings are written in whole steps of a grid this fine, which is what keeps them small. */
export const GRID = 2;

/** Path data in whole relative steps; rounding errors do not add up. */
export function writePath(contours: Contour[]): string {
  let text = '';
  // Where the path stands: after a closed contour at its beginning.
  let at: Point | null = null;
  for (const contour of contours) {
    let last = snapped(contour.from);
    text += at ? `m${numbers([last.x - at.x, last.y - at.y])}` : `M${numbers([last.x, last.y])}`;
    const start = last;
    let command = '';
    contour.segments.forEach(({ handles, to }, i) => {
      const end = snapped(to);
      const closing = contour.closed && i === contour.segments.length - 1;
      if (handles.length === 0 && closing && end.x === start.x && end.y === start.y) return;
      if (handles.length === 0 && end.x === last.x && end.y === last.y) return;
      const from = last;
      const values = [...handles.map(snapped), end].flatMap(({ x, y }) => [x - from.x, y - from.y]);
      const next = COMMANDS[handles.length] ?? 'c';
      const digits = numbers(values);
      text += next === command ? (digits.startsWith('-') ? digits : ` ${digits}`) : next + digits;
      command = next;
      last = end;
    });
    if (contour.closed) text += 'z';
    at = contour.closed ? start : last;
  }
  return text;
}

const snapped = ({ x, y }: Point): Point => ({ x: Math.round(x * GRID), y: Math.round(y * GRID) });

/** With a blank only where they would run together. */
function numbers(values: number[]): string {
  return values.map((value, i) => (i > 0 && value >= 0 ? ` ${value}` : String(value))).join('');
}

/** A length in steps of the grid. */
export const steps = (length: number): string => decimal(length * GRID);

export function decimal(value: number): string {
  const text = String(Math.round(value * 10) / 10 || 0);
  return text.replace(/^(-?)0\./, '$1.');
}

/** A circle or an ellipse of four cubic curves. */
export function ellipse(x: number, y: number, rx: number, ry = rx): string {
  const k = 0.5523;
  return (
    `M${x + rx} ${y}C${x + rx} ${y + ry * k} ${x + rx * k} ${y + ry} ${x} ${y + ry}` +
    `C${x - rx * k} ${y + ry} ${x - rx} ${y + ry * k} ${x - rx} ${y}` +
    `C${x - rx} ${y - ry * k} ${x - rx * k} ${y - ry} ${x} ${y - ry}` +
    `C${x + rx * k} ${y - ry} ${x + rx} ${y - ry * k} ${x + rx} ${y}Z`
  );
}
