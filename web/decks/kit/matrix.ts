// Points and affine maps of the plane.

export interface Point {
  x: number;
  y: number;
}

/** x' = a x + c y + e, y' = b x + d y + f, as in SVG's matrix(). */
export interface Matrix {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

export const IDENTITY: Matrix = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** Where a part stands in its surroundings: scaled, then turned by degrees, then moved. */
export interface Place {
  x?: number;
  y?: number;
  scale?: number;
  /** Mirrored left to right before everything else. */
  mirror?: boolean;
  stretchX?: number;
  stretchY?: number;
  turn?: number;
}

export function matrixOf(place: Place): Matrix {
  const { x = 0, y = 0, scale = 1, mirror = false, stretchX = 1, stretchY = 1, turn = 0 } = place;
  const angle = (turn * Math.PI) / 180;
  const sx = scale * stretchX * (mirror ? -1 : 1);
  const sy = scale * stretchY;
  return {
    a: Math.cos(angle) * sx,
    b: Math.sin(angle) * sx,
    c: -Math.sin(angle) * sy,
    d: Math.cos(angle) * sy,
    e: x,
    f: y,
  };
}

/** First inner, then outer. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: outer.a * inner.e + outer.c * inner.f + outer.e,
    f: outer.b * inner.e + outer.d * inner.f + outer.f,
  };
}

export function apply(matrix: Matrix, { x, y }: Point): Point {
  return {
    x: matrix.a * x + matrix.c * y + matrix.e,
    y: matrix.b * x + matrix.d * y + matrix.f,
  };
}

/** How much lengths grow, on average of all directions. */
export function growth({ a, b, c, d }: Matrix): number {
  return Math.sqrt(Math.abs(a * d - b * c));
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

export const mix = (a: Point, b: Point, t: number): Point => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});

export function polar(centre: Point, radius: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) };
}
