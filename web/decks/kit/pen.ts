// The pen that both decks are drawn with: shapes, lines and the marks of a graver, in coordinates
// of the part being drawn. It keeps SVG elements in order and writes them once, at the end.
import { growth, compose, IDENTITY, matrixOf, type Matrix, type Place } from './matrix.ts';
import { swelling, wedges, type Shade } from './hatch.ts';
import { GRID, handDrawn, parsePath, steps, transformed, writePath, type Contour } from './path.ts';
import { Random } from './random.ts';

export interface Hand {
  ink: string;
  /** Width of an outline. */
  weight: number;
  /** How far the hand wanders. */
  unsteadiness: number;
  /** How far a fill is moved into the light, which makes the outline thicker in the shadow. */
  relief: number;
}

export interface ShapeOptions {
  weight?: number;
  /** Without, a shape is flat. */
  shade?: Shade | boolean;
  shadeInk?: string;
  ink?: string;
  relief?: number;
}

/** A thinner outline would be hidden by a fill that is moved. */
const LEAST_IN_RELIEF = 2.1;

type Drawable = string | Contour[];

export class Pen {
  readonly random: Random;
  private readonly hand: Hand;
  private unsteadiness: number;
  private matrix: Matrix = IDENTITY;
  private elements: { attributes: string; data?: string; text?: string }[] = [];
  private names = 0;
  private readonly motifs = new Map<string, string>();

  constructor(hand: Hand, seed: string) {
    this.hand = hand;
    this.unsteadiness = hand.unsteadiness;
    this.random = new Random(seed);
  }

  /** Draws a part with its own coordinates put in place. */
  at(place: Place, draw: () => void): void {
    const outer = this.matrix;
    this.matrix = compose(outer, matrixOf(place));
    draw();
    this.matrix = outer;
  }

  /** Draws without the hand's wandering, where it would not be seen and only cost bytes. */
  steadily(draw: () => void): void {
    const free = this.unsteadiness;
    this.unsteadiness = 0;
    draw();
    this.unsteadiness = free;
  }

  /** A filled shape with an outline, thicker in the shadow. */
  shape(drawable: Drawable, fill: string, options: ShapeOptions = {}): void {
    const contours = this.drawn(drawable);
    const { weight = this.hand.weight, relief = this.hand.relief, ink = this.hand.ink } = options;
    const data = writePath(contours);
    const width = weight === this.hand.weight ? '' : ` stroke-width="${steps(weight)}"`;
    if (relief > 0 && fill !== ink && weight >= LEAST_IN_RELIEF) {
      // Attributes of its own would win over those of the use, so they stand on a group.
      const name = `s${(this.names++).toString(36)}`;
      const path = `<path id="${name}" d="${data}"/>`;
      const lined = width + (ink === this.hand.ink ? '' : ` stroke="${ink}" fill="${ink}"`);
      this.raw(lined ? `<g${lined}>${path}</g>` : path);
      const shift = steps(-relief);
      this.raw(`<use href="#${name}" x="${shift}" y="${shift}" fill="${fill}" stroke="none"/>`);
    } else {
      const colour = fill === this.hand.ink ? '' : ` fill="${fill}"`;
      const line = ink === this.hand.ink ? '' : ` stroke="${ink}"`;
      this.path(weight > 0 ? colour + line + width : `${colour} stroke="none"`, data);
    }
    if (options.shade) {
      const shade = options.shade === true ? {} : options.shade;
      this.marks(wedges(contours, shade, this.random), options.shadeInk);
    }
  }

  /** A colour without an outline. */
  fill(drawable: Drawable, fill: string): void {
    const colour = fill === this.hand.ink ? '' : ` fill="${fill}"`;
    this.path(`${colour} stroke="none"`, writePath(this.drawn(drawable)));
  }

  /** Only the shadow of a shape that is drawn elsewhere. */
  shade(drawable: Drawable, shade: Shade = {}, ink?: string): void {
    this.marks(wedges(this.drawn(drawable), shade, this.random), ink);
  }

  /** A line of even width. */
  line(drawable: Drawable, width = 1.7, ink = this.hand.ink, dashes = ''): void {
    const colour = ink === this.hand.ink ? '' : ` stroke="${ink}"`;
    const dashed = dashes ? ` stroke-dasharray="${dashes.split(' ').map((dash) => steps(Number(dash))).join(' ')}"` : '';
    this.path(
      ` fill="none" stroke-width="${steps(width)}"${colour}${dashed}`,
      writePath(this.drawn(drawable)),
    );
  }

  /** Strokes that swell and thin out, one for each contour. */
  cut(drawable: Drawable, width = 2.4, form: 'lens' | 'in' | 'out' = 'lens', ink?: string): void {
    const scale = Math.max(0.7, Math.min(1, growth(this.matrix)));
    const strokes = this.drawn(drawable).map((contour) => swelling(contour, width * scale, form));
    // Each for itself: where strokes of one path cross, their windings could cancel out.
    this.marksApart(strokes, ink);
  }

  /** Elements as they are, for what the pen has no word for. */
  raw(text: string): void {
    this.elements.push({ attributes: '', text });
  }

  /** What is drawn inside is seen only within the shape. */
  within(drawable: Drawable, draw: () => void): void {
    const name = `c${(this.names++).toString(36)}`;
    const data = writePath(transformed(toContours(drawable), this.matrix));
    this.raw(`<clipPath id="${name}"><path d="${data}"/></clipPath><g clip-path="url(#${name})">`);
    draw();
    this.raw('</g>');
  }

  /** Draws what bears this name the first time, and stamps the same again wherever it is wanted. */
  motif(name: string, place: Place, draw: () => void): void {
    let id = this.motifs.get(name);
    const outer = this.matrix;
    if (!id) {
      id = `m${this.motifs.size.toString(36)}`;
      this.motifs.set(name, id);
      this.matrix = IDENTITY;
      this.raw(`<defs><g id="${id}">`);
      draw();
      this.raw('</g></defs>');
      this.matrix = outer;
    }
    this.raw(`<use href="#${id}"${placed(compose(outer, matrixOf(place)))}/>`);
  }

  private drawn(drawable: Drawable): Contour[] {
    const contours = transformed(toContours(drawable), this.matrix);
    return handDrawn(contours, this.random, this.unsteadiness);
  }

  private marks(contours: Contour[], ink = this.hand.ink): void {
    if (contours.length === 0) return;
    const colour = ink === this.hand.ink ? '' : ` fill="${ink}"`;
    this.path(`${colour} stroke="none"`, writePath(contours));
  }

  private marksApart(contours: Contour[], ink?: string): void {
    for (const contour of contours) this.marks([contour], ink);
  }

  private path(attributes: string, data: string): void {
    this.elements.push({ attributes, data });
  }

  /** The elements, for a group whose fill and stroke are ink of the outline's weight. */
  toString(): string {
    let text = '';
    let open = '';
    for (const [i, { attributes, data, text: raw }] of this.elements.entries()) {
      const next = this.elements[i + 1];
      if (raw !== undefined) {
        text += raw;
        continue;
      }
      // Neighbours alike share a group.
      if (open !== attributes && next?.attributes === attributes && next.text === undefined) {
        text += `<g${attributes}>`;
        open = attributes;
      }
      text += open === attributes && open ? `<path d="${data}"/>` : `<path${attributes} d="${data}"/>`;
      if (open && (next?.attributes !== open || next.text !== undefined)) {
        text += '</g>';
        open = '';
      }
    }
    return text;
  }
}

const toContours = (drawable: Drawable): Contour[] =>
  typeof drawable === 'string' ? parsePath(drawable) : drawable;

function placed({ a, b, c, d, e, f }: Matrix): string {
  const [x, y] = [Math.round(e * GRID), Math.round(f * GRID)];
  if (a === 1 && b === 0 && c === 0 && d === 1) return ` x="${x}" y="${y}"`;
  return ` transform="matrix(${[a, b, c, d].map(hundredths).join(' ')} ${x} ${y})"`;
}

const hundredths = (value: number): string =>
  String(Math.round(value * 100) / 100 || 0).replace(/^(-?)0\./, '$1.');
