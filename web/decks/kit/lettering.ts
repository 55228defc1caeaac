// Capitals and figures as a graver cuts them, with thick stems and thin hairlines, so that a card
// needs no font. Only what titles and numbers of cards are made of.
import type { Pen } from './pen.ts';

/** In a box 20 high: its width, its thick and thin strokes, and where serifs end them. */
interface Glyph {
  width: number;
  thick?: string;
  thin?: string;
  /** Curves that swell. */
  bowls?: string;
  /** x, y and half the width of each serif. */
  serifs?: [number, number, number][];
}

const S = 2.9;
const stem = (x: number): [number, number, number][] => [[x, 0, S], [x, 20, S]];

const GLYPHS: Record<string, Glyph> = {
  A: { width: 17, thick: 'M8.2 0L14.6 20', thin: 'M8.6 .4L2.4 20M4.4 13.2H12.2', serifs: [[2.4, 20, 2.3], [14.6, 20, S]] },
  B: { width: 14, thick: 'M3.4 0V20', thin: 'M3.4 .2H7M3.4 9.5H7.4M3.4 19.8H7', bowls: 'M7 .2C12 .2 12 9.4 7 9.5M7 9.5C13.6 9.8 13.6 19.8 7 19.8', serifs: stem(3.4) },
  C: { width: 15.5, thin: 'M13.6 4.8C12 -.6 7 -.8 4.6 3M4.6 17C7.4 21.4 12.4 20 13.8 15.4M13.6 5.8V1.4', bowls: 'M8.6 0C.2 -.6 .2 20.6 8.8 20' },
  D: { width: 16.5, thick: 'M3.4 0V20', thin: 'M3.4 .2H7.4M3.4 19.8H7.4', bowls: 'M7 .2C17 .4 17 19.6 7 19.8', serifs: stem(3.4) },
  E: { width: 13, thick: 'M3.4 0V20', thin: 'M3.4 .4H11.6V3.6M3.4 9.6H9.4M9.4 7.6V11.6M3.4 19.6H11.8V16.4', serifs: stem(3.4) },
  F: { width: 12, thick: 'M3.4 0V20', thin: 'M3.4 .4H11.4V3.6M3.4 9.8H9M9 7.8V11.8', serifs: stem(3.4) },
  G: { width: 16.5, thick: 'M13.4 12V18.8', thin: 'M13.4 4.8C11.8 -.6 7 -.8 4.6 3M4.6 17C7 20.6 11 20.4 13.4 18M13.4 5.8V1.4', bowls: 'M8.6 0C.2 -.6 .2 20.6 8.8 20', serifs: [[13.4, 12, 2.6]] },
  H: { width: 17, thick: 'M3.4 0V20M13.6 0V20', thin: 'M3.4 9.8H13.6', serifs: [...stem(3.4), ...stem(13.6)] },
  I: { width: 7, thick: 'M3.5 0V20', serifs: stem(3.5) },
  J: { width: 9.5, thick: 'M6 0V12', bowls: 'M6 6.5C7 16 5.6 21.4 1 19.2', serifs: [[6, 0, S]] },
  K: { width: 16, thick: 'M3.4 0V20M7.4 9L13.8 20', thin: 'M3.4 12.4L13 .2', serifs: [...stem(3.4), [13, 0, 2.2], [14, 20, 2.5]] },
  L: { width: 12.5, thick: 'M3.4 0V20', thin: 'M3.4 19.6H11.6V15.8', serifs: stem(3.4) },
  M: { width: 20.5, thick: 'M4 .6L10 17.4M16.4 0V20', thin: 'M3.2 .4V20M10 18L16.4 .6', serifs: [[3.2, 20, 2.4], [3, 0, 2], [16.4, 20, S], [17, 0, 2.2]] },
  N: { width: 17.5, thick: 'M3.4 .6L14 19.4', thin: 'M3.2 .4V20M14.2 0V19.6', serifs: [[3.2, 20, 2.4], [2.8, 0, 2.2], [14.2, 0, 2.4]] },
  O: { width: 17.5, thin: 'M4.6 2.6C7 -.8 10.5 -.8 12.9 2.6M4.6 17.4C7 20.8 10.5 20.8 12.9 17.4', bowls: 'M8.6 0C.2 0 .2 20 8.6 20M8.9 0C17.3 0 17.3 20 8.9 20' },
  P: { width: 13.5, thick: 'M3.4 0V20', thin: 'M3.4 .2H7.4M3.4 10.6H7.4', bowls: 'M7 .2C13.4 .2 13.4 10.6 7 10.6', serifs: stem(3.4) },
  Q: { width: 17.5, thick: 'M9.6 17L14.6 22.6', thin: 'M4.6 2.6C7 -.8 10.5 -.8 12.9 2.6M4.6 17.4C7 20.8 10.5 20.8 12.9 17.4M14.4 22.6L17.2 22', bowls: 'M8.6 0C.2 0 .2 20 8.6 20M8.9 0C17.3 0 17.3 20 8.9 20' },
  R: { width: 15.5, thick: 'M3.4 0V20M7.6 10.2L13.4 20', thin: 'M3.4 .2H7.4M3.4 10H7.4', bowls: 'M7 .2C13 .2 13 10 7 10', serifs: [...stem(3.4), [13.8, 20, 2.2]] },
  S: { width: 12.5, thin: 'M10.6 4.6C9.4 -1.6 1.8 -1 2 4.8M10.7 14.6C10.6 21.4 2.6 21.2 1.8 15.4M10.6 5V1.4M1.8 15V18.8', bowls: 'M2 3.4C1.6 9.6 11.2 8.6 10.7 15.6' },
  T: { width: 15, thick: 'M7.5 0V20', thin: 'M1.4 3.8V.4H13.6V3.8', serifs: [[7.5, 20, S]] },
  U: { width: 16.5, thick: 'M3.4 0V11', thin: 'M5.4 18C8 21.4 13.4 20.4 13.4 12V0', bowls: 'M3.2 5C2.4 17 4.6 20.4 9 19.8', serifs: [[3.4, 0, S], [13.4, 0, 2.3]] },
  V: { width: 16.5, thick: 'M2.8 .4L8.8 19', thin: 'M8.4 20L14 .4', serifs: [[2.6, 0, S], [14, 0, 2.3]] },
  W: { width: 23.5, thick: 'M2.8 .4L7.8 19M11.8 2.4L16.4 19', thin: 'M7.4 20L12 2.6M16 20L21 .4', serifs: [[2.6, 0, 2.6], [21, 0, 2.3]] },
  X: { width: 16.5, thick: 'M3 .4L13.4 19.6', thin: 'M13 .4L3 19.6', serifs: [[3, 0, 2.6], [13, 0, 2.2], [3, 20, 2.2], [13.6, 20, 2.6]] },
  Y: { width: 15.5, thick: 'M2.8 .4L7.8 10.4V20', thin: 'M7.8 10.6L13 .4', serifs: [[2.6, 0, 2.5], [13, 0, 2.2], [7.8, 20, S]] },
  Z: { width: 14, thick: 'M11.4 1L2.6 19', thin: 'M2.4 3.8V.4H11.6M2.4 19.6H11.8V16.2' },
  0: { width: 15, thin: 'M4.2 2.6C6.2 -.8 8.8 -.8 10.8 2.6M4.2 17.4C6.2 20.8 8.8 20.8 10.8 17.4', bowls: 'M7.4 0C.4 0 .4 20 7.4 20M7.6 0C14.6 0 14.6 20 7.6 20' },
  1: { width: 9, thick: 'M5 0V20', thin: 'M5 .2L1.6 3.4', serifs: [[5, 20, S]] },
  2: { width: 13, thin: 'M2 5.4C1.6 -1.4 9 -1.6 10.6 3M2 19.6H11.4V16M5 14.6L2 19.6', bowls: 'M9 .8C14 5.4 6.6 11 2.4 19' },
  3: { width: 12.5, thin: 'M2 3.4C3.4 -.8 7 -.6 8.4 1M4.4 9.3H6M1.6 16.4C2.6 20.4 6 20.8 8 19.4', bowls: 'M6 .2C11.4 .6 10.8 9 5 9.3M5 9.3C12.6 9.4 12.2 20 5.8 20' },
  4: { width: 14, thick: 'M10 0V20', thin: 'M10 .2L1.4 14H13', serifs: [[10, 20, S]] },
  5: { width: 12.5, thin: 'M10.6 .4H3.4L2.6 8.8C4 7.6 5.4 7.4 6.4 7.6M1.6 16.4C2.6 20.4 6 20.6 8 19.2M10.6 .4V2.4', bowls: 'M5.4 7.5C12.4 7.4 12.4 20 5.6 20' },
  6: { width: 13.5, thin: 'M11 .8C7 1.4 5.2 3.8 4 6.4M4.4 8.6C8 6.4 11.6 8.6 11.6 13.6C11.6 18 9.6 20 7 20', bowls: 'M8.4 1.4C.6 6.4 .8 20 7.2 20' },
  7: { width: 12, thin: 'M1.6 4V.4H11', thick: 'M11 .6C7.6 7 5.4 13 5 20' },
  8: { width: 13.5, thin: 'M6.8 0C1.4 0 1.6 7 6.8 9.4M6.8 9.6C1 12 1 20 6.8 20M6.8 0C11 0 11.6 5.8 6.8 9.4M6.8 20C12 20 12.6 13 6.8 9.6', bowls: 'M3.4 2.6C2 8 12 11 10.4 17' },
  9: { width: 13.5, thin: 'M2.6 19.2C6.6 18.6 8.4 16.2 9.6 13.6M9.2 11.4C5.6 13.6 2 11.4 2 6.4C2 2 4 0 6.6 0', bowls: 'M5.2 18.6C13 13.6 12.8 0 6.4 0' },
};

const SPACE = 7.5;
const CAP = 20;
const GAP = 0.4;

export interface Lettering {
  x: number;
  /** Of the feet of the letters. */
  y: number;
  /** Height of a capital. */
  height: number;
  /** Longer words are narrowed to it. */
  width?: number;
  ink?: string;
  thick?: number;
  thin?: number;
  spacing?: number;
}

/** Centred at x. */
export function letter(pen: Pen, text: string, how: Lettering): void {
  const { x, y, height, ink, thick = 3.1, thin = 1.35, spacing = 0 } = how;
  const scale = height / CAP;
  const natural = widthOf(text, height, spacing);
  const squeeze = Math.min(1, (how.width ?? natural) / natural);
  let at = x - (natural * squeeze) / 2;
  const stems: string[] = [];
  const hairs: string[] = [];
  const bowls: string[] = [];
  for (const character of text.toUpperCase()) {
    const glyph = GLYPHS[character];
    const advance = (glyph ? glyph.width + GAP + spacing : SPACE) * scale * squeeze;
    if (glyph) {
      const place = (data: string) => placed(data, at, y - height, scale * squeeze, scale);
      if (glyph.thick) stems.push(place(glyph.thick));
      if (glyph.thin) hairs.push(place(glyph.thin));
      if (glyph.bowls) bowls.push(place(glyph.bowls));
      for (const [sx, sy, half] of glyph.serifs ?? []) {
        const level = sy === 0 ? 0.5 : 19.5;
        hairs.push(place(`M${sx - half} ${level}H${sx + half}`));
      }
    }
    at += advance;
  }
  pen.line(hairs.join(''), thin * Math.sqrt(scale), ink);
  pen.line(stems.join(''), thick * scale * Math.max(0.72, squeeze), ink);
  if (bowls.length > 0) pen.cut(bowls.join(''), (thick + 0.9) * scale * Math.max(0.8, squeeze), 'lens', ink);
}

/** How wide a text is that is not narrowed. */
export function widthOf(text: string, height: number, spacing = 0): number {
  let width = 0;
  for (const character of text.toUpperCase()) {
    const glyph = GLYPHS[character];
    width += glyph ? glyph.width + GAP + spacing : SPACE;
  }
  return ((width - spacing) * height) / CAP;
}

/** Path data scaled and moved; H and V included, which stand for lines across and down. */
function placed(data: string, x: number, y: number, scaleX: number, scaleY: number): string {
  let horizontal = true;
  let command = '';
  return data.replace(/([A-Z])|-?(?:\d+\.?\d*|\.\d+)/g, (token, letterOf?: string) => {
    if (letterOf) {
      command = letterOf;
      horizontal = letterOf !== 'V';
      return letterOf;
    }
    const value = horizontal ? x + Number(token) * scaleX : y + Number(token) * scaleY;
    if (command !== 'H' && command !== 'V') horizontal = !horizontal;
    return ` ${Math.round(value * 100) / 100}`;
  });
}
