// What belongs to a suit in every picture of it: the look of its people, and the land behind them.
import type { Suit } from '../cards.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { castle } from './buildings.ts';
import * as ink from './palette.ts';
import {
  backdrop, cloud, cypress, hill, leaf, mountains, rays, rose, skyLines, tree, tufts, waves,
} from './sky.ts';

export interface SuitLook {
  robe: string;
  cloak: string;
  trim: string;
  hosen: string;
  skin: string;
  hair: string;
}

export const LOOKS: Record<Suit, SuitLook> = {
  wands: { robe: ink.OCHRE, cloak: ink.RED, trim: ink.LIGHT, hosen: ink.BROWN, skin: '#e9bd8f', hair: '#9c4a26' },
  cups: { robe: ink.BLUE, cloak: ink.ROSE, trim: ink.STRAW, hosen: ink.LIGHT, skin: ink.SKIN, hair: ink.OCHRE },
  swords: { robe: ink.LIGHT, cloak: ink.SLATE, trim: ink.RED, hosen: ink.BLUE, skin: ink.SKIN, hair: ink.INK },
  pentacles: { robe: ink.GREEN, cloak: ink.BROWN, trim: ink.OCHRE, hosen: ink.PLUM, skin: ink.DARK_SKIN, hair: ink.INK },
};

/** Dry land with pyramids under a hot sky. */
export function desert(pen: Pen, horizon = 338): void {
  backdrop(pen, ink.STRAW);
  rays(pen, { x: 150, y: horizon - 60 }, 60, 320, 36, '#e8bf62', 3);
  for (const [x, y] of [[54, 78], [238, 92], [276, 58]] as const) {
    const base = horizon;
    const half = (y * 70) / 80;
    pen.shape(`M${x - half} ${base}L${x} ${base - y}L${x + half} ${base}Z`, ink.ROSE, { weight: 2.5 });
    pen.shade(`M${x} ${base - y}L${x + half} ${base}H${x + half * 0.2}Z`, { angle: -24, depth: half * 0.6 });
  }
  hill(pen, [[10, horizon], [100, horizon - 8], [190, horizon + 2], [290, horizon - 8]], ink.SAND, { shade: { depth: 50, gap: 7 } });
  pen.cut(`M34 ${horizon + 34}Q60 ${horizon + 26} 92 ${horizon + 34}M204 ${horizon + 28}Q236 ${horizon + 20} 262 ${horizon + 30}M60 ${horizon + 72}Q90 ${horizon + 64} 112 ${horizon + 72}M210 ${horizon + 66}Q240 ${horizon + 58} 270 ${horizon + 68}`, 2.2);
}

/** A shore with the sea behind it. */
export function shore(pen: Pen, horizon = 318, land = 392): void {
  backdrop(pen, ink.MIST);
  skyLines(pen, 64, horizon - 20, '#8fadab', 12);
  cloud(pen, { x: 62, y: 112, scale: 0.86 });
  cloud(pen, { x: 244, y: 146, scale: 0.74, mirror: true });
  pen.shape(`M10 ${horizon}H290V440H10Z`, ink.BLUE, { weight: 2.6 });
  waves(pen, horizon + 12, land, ink.MIST, 13, 24);
  hill(pen, [[10, land], [90, land - 8], [200, land + 4], [290, land - 6]], ink.SAND, { shade: { depth: 40, gap: 7 } });
}

/** High, windy land with bent trees. */
export function heights(pen: Pen, horizon = 350): void {
  backdrop(pen, '#c9d3d0');
  skyLines(pen, 62, horizon - 40, ink.MIST, 10);
  cloud(pen, { x: 58, y: 136, scale: 1.02 });
  cloud(pen, { x: 250, y: 180, scale: 0.92, mirror: true });
  cloud(pen, { x: 36, y: 222, scale: 0.7 });
  mountains(pen, [[52, horizon - 74], [252, horizon - 88]], horizon + 10, ink.SLATE, ink.LIGHT);
  hill(pen, [[10, horizon], [90, horizon - 10], [190, horizon], [290, horizon - 12]], ink.MOSS, { shade: { depth: 44, gap: 7 } });
  for (const [x, y, scale] of [[40, horizon + 8, 0.9], [70, horizon + 2, 0.7], [262, horizon + 4, 0.85]] as const) cypress(pen, { x, y, scale, turn: 10 });
}

/** Gardens and fields with a castle far off. */
export function fields(pen: Pen, horizon = 334): void {
  backdrop(pen, ink.SAND);
  skyLines(pen, 62, horizon - 40, '#d9bd85', 11);
  rays(pen, { x: 238, y: 132 }, 30, 62, 24, ink.OCHRE, 2);
  pen.shape(ellipse(238, 132, 24), ink.STRAW, { weight: 2.4 });
  mountains(pen, [[226, horizon - 58], [266, horizon - 78]], horizon + 8, ink.MIST);
  castle(pen, { x: 62, y: horizon - 2, scale: 0.82 }, ink.STONE, ink.ROSE);
  hill(pen, [[10, horizon], [90, horizon - 12], [190, horizon], [290, horizon - 10]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  tree(pen, { x: 258, y: horizon + 4, scale: 0.9 }, ink.MOSS, ink.RED);
  pen.cut(`M20 ${horizon + 40}Q80 ${horizon + 24} 150 ${horizon + 40}M150 ${horizon + 60}Q220 ${horizon + 42} 284 ${horizon + 56}M16 ${horizon + 74}Q70 ${horizon + 62} 130 ${horizon + 76}`, 2.2, 'lens', ink.MOSS);
  tufts(pen, [[36, horizon + 58], [104, horizon + 70], [236, horizon + 78], [272, horizon + 36]], 11);
}

export const LANDS: Record<Suit, (pen: Pen, horizon?: number) => void> = {
  wands: desert,
  cups: shore,
  swords: heights,
  pentacles: fields,
};

/** A branch with leaves along it, for arches and thrones. */
export function vine(pen: Pen, spots: readonly (readonly [number, number, number])[], flower?: string): void {
  spots.forEach(([x, y, turn], i) => {
    leaf(pen, { x, y, turn }, 18, ink.GREEN);
    leaf(pen, { x, y, turn: turn + 96 }, 18, ink.GREEN);
    if (flower && i % 2 === 0) rose(pen, { x, y }, flower);
  });
}

/** The small lizard of fire, which wands have. */
export function salamander(pen: Pen, x: number, y: number, scale = 1): void {
  pen.motif(`salamander ${scale}`, { x, y }, () => {
    pen.at({ scale }, () => {
      pen.line('M-4 -4L-11 -7M-3 2L-9 7M6 0L12 -5M6 4L13 7', 1.8 * scale, ink.BROWN);
      pen.cut('M-8 -13C-8 -4 -4 6 4 4C12 2 12 -6 6 -8', 7.5 * scale, 'lens', ink.BROWN);
      pen.fill('M-12 -12C-12 -18 -4 -18 -5 -11L-8 -6Z', ink.BROWN);
    });
  });
}
