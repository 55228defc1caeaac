// The ten pips of swords.
import type { Minor } from '../cards.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { bird } from './animals.ts';
import { castle, masonry } from './buildings.ts';
import { sword } from './emblems.ts';
import { crown } from './headwear.ts';
import * as ink from './palette.ts';
import { arm, head } from './people.ts';
import { ace, swords } from './pips.ts';
import {
  backdrop, cloud, crescent, hill, leaf, mountains, rays, rose, skyLines, star, tufts, waves,
} from './sky.ts';
import { LOOKS } from './suits.ts';

type Picture = (pen: Pen) => void;

const PALE = '#c9d3d0';

function windySky(pen: Pen, until = 320): void {
  backdrop(pen, PALE);
  skyLines(pen, 62, until, ink.MIST, 10);
}

function one(pen: Pen): void {
  windySky(pen);
  rays(pen, { x: 170, y: 150 }, 60, 250, 36, ink.LIGHT, 2.6);
  mountains(pen, [[60, 332], [118, 352], [236, 326], [280, 346]], 408, ink.SLATE, ink.LIGHT);
  hill(pen, [[10, 404], [150, 394], [290, 404]], ink.MOSS, { shade: { depth: 44, gap: 7 } });
  ace(pen, 166, 316, () => {
    sword(pen, { x: 170, y: 214 }, { length: 288, guard: 30, grip: ink.RED });
    // Olive and palm hang from the crown.
    for (const mirror of [false, true]) {
      pen.at({ x: 170, y: 124, mirror }, () => {
        pen.line('M20 0C50 10 64 40 66 78', 3, ink.MOSS);
        for (let i = 0; i < 6; ++i) {
          const t = i / 5;
          const [x, y] = [22 + 44 * Math.sin((t * Math.PI) / 2), 2 + 74 * t * t];
          leaf(pen, { x, y, turn: 30 + i * 6 }, mirror ? 22 : 15, ink.GREEN);
          leaf(pen, { x, y, turn: 110 + i * 10 }, mirror ? 22 : 15, ink.GREEN);
        }
      });
    }
    pen.at({ x: 170, y: 146, scale: 1.9 }, () => crown(pen));
    pen.shape('M170 70L180 93L180.5 126H170Z', '#dfe3df', { weight: 0 });
    pen.shape('M170 70L160 93L160 128H170Z', '#dfe3df', { weight: 0 });
    pen.line('M160 128V93L170 71L180 93V128', 3);
    pen.cut('M170 84V126', 2.2);
  }, ink.LIGHT, LOOKS.swords.skin);
  for (const [x, y] of [[118, 90], [226, 90], [104, 140], [238, 226], [130, 208], [214, 176]] as const) pen.motif('dew', { x, y }, () => pen.shape('M0 7C-5 5 -4 -1 0 -7C4 -1 5 5 0 7Z', ink.OCHRE, { weight: 1.5, relief: 0.2 }));
}

function two(pen: Pen): void {
  backdrop(pen, ink.NIGHT);
  skyLines(pen, 64, 290, '#43557a', 12);
  crescent(pen, { x: 226, y: 104, mirror: true, turn: -16 }, 24, ink.STRAW);
  pen.shape('M10 300H290V440H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 312, 372, ink.MIST, 12, 24);
  for (const [x, y, s] of [[58, 322, 1], [246, 328, 1.1], [112, 316, 0.7]] as const) pen.at({ x, y, scale: s }, () => pen.shape('M-24 8C-20 -8 -8 -4 -4 -16C6 -20 8 -8 14 -8C20 -6 22 2 26 8Z', ink.SLATE, { weight: 2.3, shade: { depth: 14, gap: 5 } }));
  hill(pen, [[10, 378], [150, 368], [290, 378]], ink.STONE, { shade: { depth: 44, gap: 7 } });
  masonry(pen, 20, 392, 280, 438, 20);
  swords(pen, [[124, 206, -32], [176, 206, 32]], { length: 290, guard: 26, grip: ink.RED });
  // The blindfold, tied where they cross.
  pen.shape('M96 236C120 224 180 224 204 236L202 258C180 248 120 248 98 258Z', ink.LIGHT, { weight: 2.7, shade: { depth: 16, gap: 5 } });
  pen.shape('M204 238C222 236 236 246 246 268L232 266L230 280C220 264 212 258 202 256Z', ink.LIGHT, { weight: 2.4 });
  pen.cut('M112 238Q150 230 188 238M112 248Q150 240 188 248', 1.8);
  for (const [x, y] of [[62, 84], [104, 66], [84, 140], [258, 176], [40, 196]] as const) star(pen, x, y, 5, ink.STRAW, 4);
}

function three(pen: Pen): void {
  backdrop(pen, ink.SLATE);
  skyLines(pen, 64, 430, '#82868c', 11);
  for (const [x, y, s, mirror] of [[66, 112, 1.2, false], [238, 112, 1.2, true], [150, 96, 1.4, false], [54, 404, 1, false], [246, 404, 1, true]] as const) cloud(pen, { x, y, scale: s, mirror }, PALE);
  let rain = '';
  for (let i = 0; i < 46; ++i) {
    const x = pen.random.between(28, 272);
    const y = pen.random.between(136, 420);
    rain += `M${x} ${y}L${x - 5} ${y + 18}`;
  }
  pen.cut(rain, 2, 'out', PALE);
  const long = { length: 316, guard: 24, grip: ink.BLUE };
  const pierced: [number, number, number][] = [[150, 236, 180], [98, 226, 148], [202, 226, 212]];
  swords(pen, pierced, long);
  pen.shape('M150 366C92 320 62 270 76 232C88 204 132 204 150 240C168 204 212 204 224 232C238 270 208 320 150 366Z', ink.RED, { weight: 3.4, shade: { depth: 34, gap: 6 } });
  pen.fill('M90 246C92 232 104 226 116 230C104 236 96 248 96 264C92 260 90 254 90 246Z', ink.ROSE);
  // The blades again, above where they go in.
  pen.within('M20 60H280V272C240 284 206 262 196 258C180 262 160 268 150 276C140 268 120 262 104 258C94 262 60 284 20 272Z', () => swords(pen, pierced, long));
  for (const [x, y, turn] of [[150, 276, 0], [112, 262, -32], [188, 262, 32]] as const) pen.at({ x, y, turn }, () => pen.cut('M-12 -2Q0 7 12 -2', 3.4));
}

function four(pen: Pen): void {
  backdrop(pen, ink.STONE);
  masonry(pen, 20, 40, 280, 300, 22);
  // A window with coloured glass.
  pen.shape('M34 244V128C34 72 118 72 118 128V244Z', ink.LIGHT, { weight: 3 });
  for (const [data, fill] of [['M40 238V180H74V238Z', ink.BLUE], ['M78 238V180H112V238Z', ink.RED], ['M40 176V130C42 104 60 92 74 90V176Z', ink.OCHRE], ['M78 176V90C92 92 110 104 112 130V176Z', ink.GREEN]] as const) pen.shape(data, fill, { weight: 2.2 });
  pen.shape(ellipse(76, 140, 17), ink.STRAW, { weight: 2.4 });
  rays(pen, { x: 76, y: 140 }, 18, 36, 12, ink.STRAW, 2);
  swords(pen, [[164, 178, 180], [206, 178, 180], [248, 178, 180]], { length: 230, guard: 17, grip: ink.RED });
  pen.shape('M10 306H290V440H10Z', ink.SAND, { weight: 2.6, shade: { angle: -4, depth: 50, gap: 7 } });
  // The tomb, with the fourth along it.
  pen.shape('M40 352H260V424H40Z', ink.SLATE, { shade: { depth: 26, gap: 6 } });
  swords(pen, [[150, 390, 90]], { length: 190, guard: 15, grip: ink.BLUE });
  pen.shape('M30 336H270V356H30Z', ink.SLATE, { weight: 2.8, shade: { depth: 24, gap: 5.4, angle: -4 } });
  pen.shape('M70 336C70 318 84 310 100 312C128 302 190 304 226 322C234 326 236 332 236 336Z', ink.LIGHT, { weight: 2.6, shade: { depth: 18, gap: 5 } });
  pen.shape(ellipse(86, 318, 14, 12), ink.SKIN, { weight: 2.4 });
  pen.shape('M70 322C66 304 90 298 98 310C90 308 82 312 80 326Z', ink.BROWN, { weight: 2.1 });
  pen.cut('M84 318Q88 320 91 317', 1.8);
  pen.shape('M136 306L146 288L156 306Z', ink.SKIN, { weight: 2.2 });
  pen.cut('M110 318Q150 310 214 328M124 328Q170 322 220 332', 2);
}

function five(pen: Pen): void {
  windySky(pen, 300);
  for (const [x, y, s, m] of [[70, 110, 1.3, false], [238, 140, 1.2, true], [40, 178, 0.9, true]] as const) cloud(pen, { x, y, scale: s, mirror: m }, ink.LIGHT);
  mountains(pen, [[250, 272], [210, 288]], 322, ink.SLATE);
  pen.shape('M10 318H290V380H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 328, 374, ink.MIST, 11, 22);
  hill(pen, [[10, 372], [100, 360], [200, 376], [290, 368]], ink.SAND, { shade: { depth: 44, gap: 7 } });
  swords(pen, [[150, 208, 0], [104, 224, -20], [196, 224, 20]], { length: 268, guard: 22, grip: ink.RED });
  swords(pen, [[82, 402, 76], [214, 410, -82]], { length: 150, guard: 15, grip: ink.BLUE });
  for (const [x, y, s] of [[58, 92, 0.5], [250, 92, 0.46], [222, 74, 0.36]] as const) bird(pen, { x, y, scale: s }, ink.INK);
}

function six(pen: Pen): void {
  windySky(pen, 290);
  cloud(pen, { x: 66, y: 116, scale: 1 });
  cloud(pen, { x: 240, y: 132, scale: 0.9, mirror: true });
  hill(pen, [[10, 296], [70, 280], [130, 290], [220, 276], [290, 286]], ink.MOSS);
  for (const [x, y] of [[52, 284], [76, 282], [230, 278], [250, 280], [268, 284]] as const) pen.shape(`M${x} ${y - 28}L${x + 9} ${y}H${x - 9}Z`, ink.GREEN, { weight: 2 });
  pen.shape('M10 296H290V440H10Z', ink.BLUE, { weight: 2.6 });
  waves(pen, 310, 360, ink.MIST, 12, 26);
  pen.line('M244 120L216 404', 7);
  pen.line('M244 120L216 404', 3.6, ink.BROWN);
  swords(pen, [[76, 252], [106, 244], [136, 252], [166, 244], [196, 252], [222, 246]], { length: 220, guard: 14, grip: ink.RED });
  pen.shape('M28 330C40 350 60 356 96 356H220C248 356 262 346 272 322C278 372 250 396 206 396H96C54 396 26 372 28 330Z', ink.BROWN, { shade: { depth: 34, gap: 6 } });
  pen.cut('M40 358C80 374 220 374 262 354M52 376C90 386 210 388 246 376', 2.4);
  pen.shape('M20 400C80 388 120 406 170 398C220 392 250 404 290 396V440H10V400Z', ink.BLUE, { weight: 0 });
  waves(pen, 402, 438, ink.MIST, 11, 24);
}

function tent(pen: Pen, x: number, y: number, scale: number, a: string, b: string): void {
  pen.at({ x, y, scale }, () => {
    pen.shape('M-36 0L-30 -34H30L36 0Z', a, { weight: 2.3 });
    pen.fill('M-14 -34L-16 0H-2L-2 -34ZM12 -34L14 0H26L22 -34Z', b);
    pen.shape('M-36 -32L0 -72L36 -32C28 -24 20 -28 18 -32C12 -24 4 -24 0 -32C-4 -24 -12 -24 -18 -32C-20 -28 -28 -24 -36 -32Z', b, { weight: 2.3, shade: { depth: 14, gap: 5 } });
    pen.line('M0 -72V-88', 2.4);
    pen.shape('M1 -88L18 -82L1 -76Z', a, { weight: 1.8 });
  });
}

function seven(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  skyLines(pen, 62, 280, '#e0b455', 11);
  cloud(pen, { x: 96, y: 126 });
  cloud(pen, { x: 208, y: 168, scale: 0.8, mirror: true });
  tent(pen, 84, 320, 1.1, ink.LIGHT, ink.RED);
  tent(pen, 222, 322, 1, ink.LIGHT, ink.BLUE);
  tent(pen, 152, 324, 1.6, ink.SAND, ink.PLUM);
  hill(pen, [[10, 324], [100, 316], [200, 326], [290, 318]], ink.SAND, { shade: { depth: 44, gap: 7 } });
  swords(pen, [[46, 290, 180], [254, 290, 180]], { length: 262, guard: 20, grip: ink.BLUE });
  // Five taken away in a bundle.
  swords(pen, [[150, 368, 52], [140, 380, 62], [148, 388, 72], [158, 372, 42], [152, 394, 82]], { length: 178, guard: 14, grip: ink.RED });
  pen.shape('M132 370C140 358 164 366 168 384C166 402 146 406 136 396C130 390 128 378 132 370Z', ink.BROWN, { weight: 2.5, shade: { depth: 10, gap: 4.6 } });
  pen.cut('M136 374Q148 384 164 382M134 384Q146 394 160 394', 2);
  for (const [x, y] of [[84, 418], [218, 424], [120, 430]] as const) tufts(pen, [[x, y]], 10, ink.BROWN);
}

function eight(pen: Pen): void {
  windySky(pen, 300);
  pen.shape('M180 300C184 250 200 210 232 196C262 206 284 246 290 300Z', ink.STONE, { shade: { depth: 30, gap: 6 } });
  castle(pen, { x: 232, y: 208, scale: 0.9 }, ink.SAND, ink.PLUM);
  hill(pen, [[10, 306], [100, 296], [200, 304], [290, 296]], ink.MOSS);
  pen.shape('M10 340C90 328 210 330 290 340V440H10Z', ink.SAND, { shade: { depth: 44, gap: 7 } });
  for (const [x, y, w] of [[80, 424, 44], [222, 412, 52], [150, 392, 30]] as const) pen.shape(ellipse(x, y, w, 7), ink.BLUE, { weight: 2, relief: 0.3 });
  swords(pen, [[40, 274, 180], [72, 262, 180], [102, 272, 180], [198, 272, 180], [228, 262, 180], [260, 274, 180]], { length: 246, guard: 13, grip: ink.BLUE });
  // Someone bound, and blindfolded, in the open.
  pen.shape('M150 196C128 202 122 220 124 244C120 300 118 350 114 402Q150 414 186 402C182 350 180 300 176 244C178 220 172 202 150 196Z', ink.RED, { shade: { depth: 20 } });
  pen.cut('M136 300C134 340 130 370 128 402M150 300V408M164 300C166 340 170 370 172 402', 2.5, 'out');
  for (const y of [226, 250, 274, 298]) {
    pen.shape(`M123 ${y}Q150 ${y + 12} 177 ${y - 2}V${y + 9}Q150 ${y + 23} 123 ${y + 11}Z`, ink.LIGHT, { weight: 2.1, relief: 0.4 });
  }
  pen.shape('M143 182H157L158 202H142Z', ink.SKIN, { weight: 2.1 });
  pen.shape('M134 162C134 140 166 140 166 162C166 176 160 188 150 188C140 188 134 176 134 162Z', ink.SKIN, { weight: 2.4 });
  pen.shape('M133 166C128 136 172 136 167 166C162 152 138 152 133 166Z', ink.BROWN, { weight: 2.3 });
  pen.shape('M132 158Q150 164 168 158V168Q150 174 132 168Z', ink.LIGHT, { weight: 2.1 });
  pen.cut('M145 180Q150 183 155 180', 2);
  swords(pen, [[84, 312, 180], [216, 312, 180]], { length: 226, guard: 16, grip: ink.BLUE });
}

function nine(pen: Pen): void {
  backdrop(pen, '#2a2430');
  skyLines(pen, 64, 300, '#453c4e', 12);
  swords(pen, Array.from({ length: 9 }, (_, i) => [150 + (i % 2 ? 8 : -8), 84 + i * 25, 90] as const), { length: 226, guard: 8.5, grip: ink.RED });
  // The bed.
  pen.shape('M30 306H50V440H30ZM250 340H270V440H250Z', ink.BROWN, { weight: 2.7, shade: { depth: 8, gap: 5 } });
  pen.shape('M44 352C60 330 92 330 104 352V372H44Z', ink.LIGHT, { weight: 2.6, shade: { depth: 18, gap: 5 } });
  pen.shape('M46 368C100 348 200 352 256 366V424H46Z', ink.BLUE, { shade: { depth: 30, gap: 6 } });
  for (let i = 0; i < 7; ++i) {
    const x = 66 + i * 28;
    const y = 380 + (i % 2) * 20;
    pen.motif('quilt', { x, y }, () => pen.shape('M0 -13L13 0L0 13L-13 0Z', ink.LIGHT, { weight: 1.8, relief: 0.3 }));
    rose(pen, { x, y, scale: 0.62 }, ink.RED);
  }
  // Someone who sits up in the night, face in hands.
  pen.shape('M112 372C112 340 118 322 140 316H172C194 322 200 340 200 372Z', ink.LIGHT, { weight: 2.8, shade: { depth: 20 } });
  head(pen, { x: 156, y: 300, turn: 4 }, { hair: 'bob', hairColour: ink.STONE, eyes: 'closed' });
  const sleeves = { sleeve: ink.LIGHT, lining: ink.STONE, grip: 'open' as const, widths: [20, 21, 21] as [number, number, number] };
  arm(pen, { ...sleeves, shoulder: [132, 330], elbow: [126, 362], hand: [147, 312], bend: 8 });
  arm(pen, { ...sleeves, shoulder: [180, 330], elbow: [186, 362], hand: [165, 312], bend: -8 });
  pen.shape('M20 420H280V434H20Z', ink.BROWN, { weight: 2.6, shade: { depth: 24, gap: 5.4, angle: -4 } });
}

function ten(pen: Pen): void {
  backdrop(pen, '#2a2430');
  skyLines(pen, 64, 220, '#453c4e', 12);
  pen.shape('M10 244C100 236 200 238 290 244V330H10Z', ink.OCHRE, { weight: 0 });
  pen.shape('M10 268C100 260 200 262 290 268V330H10Z', ink.STRAW, { weight: 0 });
  rays(pen, { x: 150, y: 316 }, 40, 130, 22, ink.LIGHT, 2.4);
  mountains(pen, [[50, 272], [104, 290], [206, 284], [262, 270]], 330, ink.SLATE);
  pen.shape('M10 326H290V372H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 336, 362, ink.MIST, 11, 24);
  hill(pen, [[10, 368], [150, 358], [290, 368]], ink.BROWN, { shade: { depth: 44, gap: 7 } });
  // A red cloak on the ground, and all ten in it.
  pen.shape('M26 408C24 384 54 376 86 382C140 370 220 376 262 392C280 400 278 420 258 426C190 436 90 436 44 428C32 424 26 418 26 408Z', ink.RED, { shade: { depth: 40, gap: 5.4 } });
  pen.cut('M60 396Q120 384 180 392M80 416Q160 404 240 412M110 426Q160 418 210 424', 2.4);
  const spots = [52, 76, 99, 122, 145, 167, 189, 211, 233, 254].map((x, i) => [x, 300 + (i % 2) * 14, 180 + (i - 4.5) * 1.6] as const);
  swords(pen, spots, { length: 214, guard: 11, grip: ink.PLUM });
}

export const SWORDS: Partial<Record<Minor, Picture>> = {
  'ace-of-swords': one,
  'two-of-swords': two,
  'three-of-swords': three,
  'four-of-swords': four,
  'five-of-swords': five,
  'six-of-swords': six,
  'seven-of-swords': seven,
  'eight-of-swords': eight,
  'nine-of-swords': nine,
  'ten-of-swords': ten,
};

