// The ten pips of cups.
import type { Minor } from '../cards.ts';
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { bird, lionHead } from './animals.ts';
import { castle, masonry } from './buildings.ts';
import { cup } from './emblems.ts';
import { laurel } from './headwear.ts';
import * as ink from './palette.ts';
import { head, wing } from './people.ts';
import { ace, cups, house, ribbon } from './pips.ts';
import {
  backdrop, cloud, hill, leaf, mountains, rays, rose, skyLines, star, tree, tufts, waves,
} from './sky.ts';
import { LOOKS } from './suits.ts';

type Picture = (pen: Pen) => void;

function coolSky(pen: Pen, lines = 300): void {
  backdrop(pen, ink.MIST);
  skyLines(pen, 64, lines, '#8fadab', 11);
}

function lotus(pen: Pen, x: number, y: number): void {
  pen.motif('lotus', { x, y }, () => {
    pen.shape('M-22 4C-10 10 10 10 22 4C14 -2 -14 -2 -22 4Z', ink.GREEN, { weight: 1.8, relief: 0.3 });
    pen.shape('M0 4C-14 4 -18 -6 -14 -12C-10 -10 -8 -8 -7 -5C-7 -12 -4 -17 0 -20C4 -17 7 -12 7 -5C8 -8 10 -10 14 -12C18 -6 14 4 0 4Z', ink.ROSE, { weight: 1.9, relief: 0.3 });
    pen.cut('M0 2V-12M-5 1Q-8 -2 -9 -6M5 1Q8 -2 9 -6', 1.3);
  });
}

function one(pen: Pen): void {
  coolSky(pen);
  rays(pen, { x: 150, y: 150 }, 70, 260, 36, ink.LIGHT, 2.4);
  pen.shape('M10 352H290V440H10Z', ink.BLUE, { weight: 2.6 });
  waves(pen, 364, 438, ink.MIST, 13, 24);
  // The dove, and water that runs over the rim.
  ace(pen, 166, 284, () => {
    for (const side of [-1, 1]) {
      for (const [x, top, reach] of [[30, 182, 44], [48, 186, 62]] as const) {
        pen.line(`M${170 + side * x} ${top}C${170 + side * reach} ${top - 20} ${170 + side * (reach + 14)} ${top + 60} ${170 + side * (reach + 10)} 358`, 8);
        pen.line(`M${170 + side * x} ${top}C${170 + side * reach} ${top - 20} ${170 + side * (reach + 14)} ${top + 60} ${170 + side * (reach + 10)} 358`, 4.6, ink.LIGHT);
      }
    }
    cup(pen, { x: 170, y: 246, scale: 2.3 });
  }, ink.LIGHT, LOOKS.cups.skin);
  pen.at({ x: 170, y: 126, turn: 78, scale: 1.5 }, () => bird(pen, {}, ink.LIGHT));
  pen.shape(ellipse(170, 170, 9), ink.LIGHT, { weight: 2.2, relief: 0.4 });
  pen.line('M165 170H175M170 165V175', 1.8, ink.RED);
  for (const [x, y] of [[52, 398], [112, 420], [176, 404], [240, 416], [262, 384]] as const) lotus(pen, x, y);
}

function two(pen: Pen): void {
  coolSky(pen);
  hill(pen, [[10, 372], [100, 360], [200, 372], [290, 360]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  house(pen, { x: 150, y: 364, scale: 0.9 });
  tree(pen, { x: 112, y: 366, scale: 0.6 });
  tree(pen, { x: 186, y: 366, scale: 0.6 });
  // The winged lion over the staff with two snakes.
  pen.line('M150 140V330', 7);
  pen.line('M150 140V330', 3.4, ink.OCHRE);
  for (const mirror of [false, true]) {
    pen.at({ x: 150, y: 0, mirror }, () => {
      const snake = 'M2 322C34 306 34 284 2 272C-28 260 -28 238 2 226C26 216 26 196 10 188C4 184 8 174 18 178';
      pen.line(snake, 8);
      pen.line(snake, 4.6, mirror ? ink.RED : ink.GREEN);
    });
  }
  wing(pen, { x: 156, y: 132, scale: 1.02 }, ink.RED, ink.ROSE);
  wing(pen, { x: 144, y: 132, scale: 1.02, mirror: true }, ink.RED, ink.ROSE);
  lionHead(pen, { x: 150, y: 120, scale: 0.96 });
  cups(pen, [[72, 270], [228, 270]], 1.6);
  for (const [x, y] of [[72, 188], [228, 188]] as const) {
    rose(pen, { x, y: y + 16, scale: 1.3 }, ink.RED);
    leaf(pen, { x: x + 8, y: y + 24, turn: 20 }, 18, ink.GREEN);
    leaf(pen, { x: x - 8, y: y + 24, turn: 160 }, 18, ink.GREEN);
  }
  ribbon(pen, { x: 150, y: 386 }, ink.RED);
  tufts(pen, [[40, 404], [96, 420], [208, 420], [262, 402]], 12);
}

function three(pen: Pen): void {
  coolSky(pen, 340);
  rays(pen, { x: 150, y: 200 }, 60, 260, 36, ink.LIGHT, 2.4);
  hill(pen, [[10, 366], [150, 352], [290, 366]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  cups(pen, [[150, 150], [84, 258], [216, 258]], 1.7);
  // A garland between them, and the harvest.
  pen.line('M84 196C100 232 200 232 216 196', 5.6, ink.MOSS);
  for (let i = 0; i < 7; ++i) {
    const t = i / 6;
    const [x, y] = [84 + 132 * t, 196 + 4 * 27 * t * (1 - t)];
    leaf(pen, { x, y, turn: 40 + i * 10 }, 16, ink.GREEN);
    leaf(pen, { x, y, turn: 140 - i * 6 }, 16, ink.GREEN);
    if (i % 2) rose(pen, { x, y }, i === 3 ? ink.RED : ink.ROSE);
  }
  pen.shape('M112 396C110 372 136 366 150 374C164 366 190 372 188 396C188 416 168 424 150 420C132 424 112 416 112 396Z', ink.OCHRE, { shade: { depth: 18 } });
  pen.cut('M132 376C124 392 126 408 134 418M150 374V420M168 376C176 392 174 408 166 418', 2.3);
  pen.line('M150 374C150 364 156 360 162 360', 3.6, ink.MOSS);
  for (const [cx, cy, colour] of [[68, 392, ink.PLUM], [232, 392, ink.PLUM]] as const) {
    for (const [x, y] of [[-12, -8], [0, -8], [12, -8], [-6, 2], [6, 2], [0, 12]] as const) pen.shape(ellipse(cx + x, cy + y, 7), colour, { weight: 1.9, relief: 0.3 });
    leaf(pen, { x: cx, y: cy - 14, turn: -30 }, 20, ink.GREEN);
    leaf(pen, { x: cx, y: cy - 14, turn: 210 }, 20, ink.GREEN);
  }
  for (const [x, y] of [[100, 418], [202, 416]] as const) pen.shape(ellipse(x, y, 9), ink.RED, { weight: 2.2 });
}

function four(pen: Pen): void {
  coolSky(pen);
  mountains(pen, [[252, 270], [214, 292]], 346, ink.BLUE);
  hill(pen, [[10, 348], [100, 332], [200, 346], [290, 336]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  // A broad tree with nobody under it.
  pen.shape('M62 436C84 410 84 340 72 270C64 240 50 220 38 206L52 200C66 216 76 226 82 240C88 222 100 208 116 200L122 210C104 226 98 260 104 320C108 380 112 410 132 436Z', ink.BROWN, { shade: { gap: 5.4, depth: 14 } });
  pen.shape('M10 214C0 150 30 96 84 92C124 70 176 96 172 136C188 160 170 200 138 202C122 220 92 222 74 210C52 226 22 226 10 214Z', ink.MOSS, { shade: { depth: 26 } });
  pen.cut('M40 140Q56 128 70 140M96 120Q112 108 126 122M60 180Q76 170 90 182M120 164Q136 154 148 166M28 184Q38 176 50 184', 2.4);
  // The fourth is offered from a cloud.
  cloud(pen, { x: 254, y: 196, mirror: true });
  pen.at({ x: 210, y: 188, mirror: true }, () => {
    pen.shape('M-40 -9C-28 -12 -14 -11 -6 -8L-5 9C-14 12 -28 12 -40 9Z', ink.LIGHT, { weight: 2.4 });
  });
  cups(pen, [[198, 160]], 1.2);
  pen.at({ x: 204, y: 188, mirror: true, scale: 1.1 }, () => pen.shape('M-10 -7C-2 -11 8 -9 10 -3C12 3 8 9 0 9C-6 10 -11 6 -11 0Z', ink.SKIN, { weight: 2.2 }));
  cloud(pen, { x: 262, y: 216, scale: 0.8, mirror: true });
  cups(pen, [[152, 392], [206, 386], [258, 394]], 1.2);
  tufts(pen, [[36, 420], [150, 432], [180, 426], [232, 430]], 12);
}

function five(pen: Pen): void {
  backdrop(pen, ink.SLATE);
  skyLines(pen, 64, 280, '#82868c', 11);
  castle(pen, { x: 232, y: 282, scale: 0.9 }, ink.STONE, ink.PLUM);
  hill(pen, [[10, 290], [100, 280], [200, 284], [290, 276]], '#5b6b52');
  pen.shape('M10 306H290V362H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 318, 356, ink.MIST, 12, 24);
  pen.shape('M150 312C176 286 244 286 270 312V342H256C254 320 232 320 230 342H196C194 320 170 320 168 342H150Z', ink.STONE, { weight: 2.5 });
  masonry(pen, 152, 314, 268, 322, 10);
  hill(pen, [[10, 362], [100, 354], [200, 362], [290, 352]], '#8a8a5c', { shade: { depth: 44, gap: 7 } });
  // Someone in mourning; three are spilt, two stand.
  pen.shape('M138 176C104 186 92 220 88 262C82 312 78 350 70 396C110 410 190 410 226 396C220 350 214 312 206 262C202 220 192 186 160 176Z', '#3b3432', { shade: { depth: 34 }, shadeInk: ink.SLATE });
  pen.cut('M122 220C114 280 108 340 100 398M140 224C138 290 134 350 132 402M162 224C166 290 168 350 168 402M182 222C190 280 196 340 200 398', 2.6, 'out', ink.SLATE);
  pen.shape('M136 192C118 172 120 142 142 134C166 128 182 152 172 176C168 186 164 192 160 196Q148 200 136 192Z', '#3b3432', { weight: 2.8, shade: { depth: 16 }, shadeInk: ink.SLATE });
  pen.cut('M138 184C128 170 130 150 144 142', 2.2, 'lens', ink.SLATE);
  for (const [x, y, fill] of [[40, 404, ink.RED], [96, 416, ink.RED], [146, 398, '#5d7c46']] as const) pen.shape(`M${x - 26} ${y + 4}C${x - 30} ${y - 6} ${x - 6} ${y - 8} ${x + 8} ${y - 4}C${x + 20} ${y} ${x + 8} ${y + 12} ${x - 8} ${y + 10}C${x - 14} ${y + 14} ${x - 24} ${y + 12} ${x - 26} ${y + 4}Z`, fill, { weight: 2, relief: 0.4 });
  cups(pen, [[56, 390, -96], [104, 410, -78], [148, 396, -98]], 0.94);
  cups(pen, [[204, 396], [254, 402]], 1);
}

function six(pen: Pen): void {
  coolSky(pen, 220);
  castle(pen, { x: 236, y: 250, scale: 1.3 }, ink.SAND, ink.ROSE);
  house(pen, { x: 64, y: 258, scale: 1.9 }, ink.SAND, ink.BROWN);
  pen.shape('M10 254H290V440H10Z', ink.GREEN, { weight: 2.5 });
  pen.shape('M104 254H190L248 440H52Z', ink.SAND, { weight: 2.4 });
  pen.cut('M96 320H160M150 360H220M80 400H140', 1.9);
  // Each cup is full of flowers.
  const spots = [[150, 188], [74, 280], [226, 280], [60, 392], [150, 392], [240, 392]] as const;
  const posy = () => {
    for (const [x, y, turn] of [[-16, -36, 200], [16, -36, -20], [-6, -50, 240], [8, -50, -60]] as const) leaf(pen, { x, y, turn }, 18, ink.GREEN);
    for (let i = 0; i < 5; ++i) {
      const p = polar({ x: 0, y: -56 }, 13, i * 72 - 90);
      pen.shape(ellipse(p.x, p.y, 10), ink.LIGHT, { weight: 2, relief: 0.3 });
    }
    pen.shape(ellipse(0, -56, 7), ink.STRAW, { weight: 1.9, relief: 0.3 });
  };
  for (const [x, y] of spots) {
    pen.motif('posy', { x, y: y - 4, scale: 1.14 }, posy);
    cups(pen, [[x, y]], 1.24);
  }
}

function seven(pen: Pen): void {
  backdrop(pen, ink.BLUE);
  skyLines(pen, 64, 430, '#5b8799', 12);
  for (const [x, y, scale, mirror] of [[56, 224, 1.3, false], [156, 232, 1.4, true], [250, 224, 1.3, true], [46, 384, 1.3, true], [118, 394, 1.4, false], [196, 394, 1.4, true], [258, 384, 1.3, false]] as const) cloud(pen, { x, y, scale, mirror });
  // What rises from them: a face, a veil, a snake, a castle, jewels, a wreath, a dragon.
  head(pen, { x: 62, y: 124, scale: 0.92 }, { hair: 'curls', hairColour: ink.OCHRE, eyes: 'closed' });
  pen.shape('M150 84C159 84 164 93 162 104C174 107 186 116 192 130L184 138L176 134L178 158H122L124 134L116 138L108 130C114 116 126 107 138 104C136 93 141 84 150 84Z', ink.LIGHT, { weight: 2.4, shade: { depth: 12 } });
  pen.cut('M140 112C136 126 134 140 134 156M150 108V156M160 112C164 126 166 140 166 156', 2);
  rays(pen, { x: 150, y: 112 }, 46, 64, 16, ink.STRAW, 2);
  pen.line('M238 162C222 142 256 134 240 118C228 104 246 94 256 100', 9);
  pen.line('M238 162C222 142 256 134 240 118C228 104 246 94 256 100', 5.2, ink.GREEN);
  pen.fill(ellipse(254, 100, 4.6), ink.GREEN);
  castle(pen, { x: 46, y: 318, scale: 0.72 });
  for (const [x, y, fill] of [[104, 302, ink.RED], [118, 312, ink.STRAW], [132, 302, ink.GREEN], [116, 292, ink.LIGHT], [124, 284, ink.BLUE]] as const) pen.shape(`M${x} ${y - 10}L${x + 9} ${y}L${x} ${y + 10}L${x - 9} ${y}Z`, fill, { weight: 1.9, relief: 0.3 });
  pen.at({ x: 188, y: 298, scale: 1.4 }, () => laurel(pen, ink.GREEN));
  pen.at({ x: 0, y: 40 }, () => {
    pen.shape('M244 278C240 262 248 250 256 246C254 240 260 236 264 238C270 234 276 240 273 247C278 254 271 258 264 256C260 262 266 268 272 278Z', ink.RED, { weight: 2.2 });
    pen.shape('M246 262C236 256 236 246 240 240C246 244 250 250 252 256Z', ink.ROSE, { weight: 2 });
    pen.fill(ellipse(266, 244, 1.8), ink.INK);
  });
  cups(pen, [[62, 190], [150, 196], [240, 190], [46, 350], [116, 358], [188, 358], [256, 350]], 1.2);
}

function eight(pen: Pen): void {
  backdrop(pen, ink.NIGHT);
  skyLines(pen, 64, 250, '#43557a', 12);
  pen.shape(ellipse(198, 106, 38), ink.STRAW, { weight: 2.6 });
  pen.shape('M198 68C174 74 166 92 166 106C166 122 176 138 198 144C188 132 184 120 184 106C184 92 188 80 198 68Z', ink.OCHRE, { weight: 2.2 });
  pen.cut('M196 100Q204 95 212 100M198 120Q206 126 214 120M206 104Q212 112 206 114', 2.2);
  mountains(pen, [[60, 190], [118, 222], [24, 226], [262, 204]], 320, '#4a5d80', ink.MIST);
  pen.shape('M10 314H290V440H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 324, 360, ink.MIST, 12, 24);
  pen.shape('M36 306C60 300 100 300 122 306C116 320 92 318 78 330C64 342 96 352 84 374L60 372C70 352 44 344 54 326C58 318 44 314 36 306Z', ink.SAND, { weight: 2.3 });
  hill(pen, [[10, 372], [100, 364], [200, 372], [290, 362]], ink.MOSS, { shade: { depth: 44, gap: 7 } });
  // Five below, three above, and the gap.
  cups(pen, [[94, 330], [148, 330], [256, 330]], 1.1);
  cups(pen, [[44, 398], [98, 398], [152, 398], [206, 398], [260, 398]], 1.1);
  for (const [x, y] of [[50, 84], [92, 118], [120, 80], [258, 62], [262, 150]] as const) star(pen, x, y, 5, ink.STRAW, 4);
}

function nine(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  rays(pen, { x: 150, y: 240 }, 60, 300, 36, '#e8bf62', 3);
  // Nine on a draped bench.
  pen.shape('M24 330C20 216 70 122 150 122C230 122 280 216 276 330Z', ink.BLUE, { weight: 2.8 });
  pen.shape('M24 330C40 316 50 340 66 330C82 316 92 340 108 330C124 316 134 340 150 330C166 316 176 340 192 330C208 316 218 340 234 330C250 316 260 340 276 330V440H24Z', ink.BLUE, { shade: { depth: 30, gap: 6 } });
  pen.cut('M48 346C46 380 44 400 42 430M86 346V430M124 346C126 380 126 400 124 430M168 346C166 380 166 400 168 430M210 346V430M248 346C252 380 254 400 256 430', 2.8);
  const ring = Array.from({ length: 9 }, (_, i) => {
    const a = ((i / 8) * 180 - 180) * (Math.PI / 180);
    return [150 + Math.cos(a) * 100, 304 + Math.sin(a) * 162] as const;
  });
  cups(pen, ring, 0.92);
  star(pen, 150, 262, 32, ink.STRAW, 8, { weight: 2.4 });
  for (const [x, y] of [[112, 300], [188, 300], [150, 314]] as const) rose(pen, { x, y, scale: 1.3 }, ink.ROSE);
  pen.shape('M30 400H270V440H30Z', ink.BROWN, { weight: 2.8, shade: { depth: 30, gap: 6 } });
  pen.cut('M44 412H120M150 424H246', 2);
}

function ten(pen: Pen): void {
  coolSky(pen, 240);
  // The rainbow that carries them.
  for (const [r, colour] of [[126, ink.RED], [114, ink.OCHRE], [102, ink.STRAW], [90, ink.GREEN], [78, ink.BLUE]] as const) {
    pen.shape(`M${150 - r} 290C${150 - r} ${290 - r * 1.36} ${150 + r} ${290 - r * 1.36} ${150 + r} 290Z`, colour, { weight: 1.6, relief: 0 });
  }
  pen.shape('M84 290C84 202 216 202 216 290Z', ink.LIGHT, { weight: 1.6, relief: 0 });
  hill(pen, [[10, 296], [90, 282], [190, 292], [290, 280]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  house(pen, { x: 150, y: 322, scale: 1.5 });
  tree(pen, { x: 104, y: 326, scale: 0.86 });
  tree(pen, { x: 202, y: 326, scale: 0.86 }, ink.MOSS, ink.RED);
  pen.shape('M146 322C160 336 130 350 144 366C162 384 120 410 110 440H176C176 412 190 384 172 366C160 352 170 338 156 321Z', ink.SAND, { weight: 2.3 });
  const pond = 'M10 384C60 372 104 384 122 402C110 414 108 428 104 440H10Z';
  pen.shape(pond, ink.BLUE, { weight: 2.4 });
  pen.within(pond, () => waves(pen, 396, 438, ink.MIST, 11, 22));
  const arch = Array.from({ length: 10 }, (_, i) => {
    const a = ((i / 9) * 164 - 172) * (Math.PI / 180);
    return [150 + Math.cos(a) * 106, 262 + Math.sin(a) * 122] as const;
  });
  cups(pen, arch, 0.84);
  ribbon(pen, { x: 238, y: 390, scale: 0.9 }, ink.ROSE);
  for (const [x, y] of [[206, 412], [262, 420], [226, 428]] as const) rose(pen, { x, y }, ink.RED);
}

export const CUPS: Partial<Record<Minor, Picture>> = {
  'ace-of-cups': one,
  'two-of-cups': two,
  'three-of-cups': three,
  'four-of-cups': four,
  'five-of-cups': five,
  'six-of-cups': six,
  'seven-of-cups': seven,
  'eight-of-cups': eight,
  'nine-of-cups': nine,
  'ten-of-cups': ten,
};
