// The Lovers to Justice.
import type { Major } from '../cards.ts';
import { letter } from '../kit/lettering.ts';
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { bullHead, eagleHead, lionHead, sphinx } from './animals.ts';
import { castle, pillar, throne } from './buildings.ts';
import { sword } from './emblems.ts';
import { crown, garland, hood } from './headwear.ts';
import { lemniscate } from './majors_a.ts';
import * as ink from './palette.ts';
import { arm, handOf, head, limb, robe, seated, wing } from './people.ts';
import {
  backdrop, cloud, hill, mountains, rays, rose, skyLines, star, starPath, sun, tree, tufts,
} from './sky.ts';

type Picture = (pen: Pen) => void;

function lovers(pen: Pen): void {
  backdrop(pen, ink.MIST);
  rays(pen, { x: 150, y: 118 }, 44, 260, 40, ink.LIGHT, 2.6);
  sun(pen, 150, 116, 40, 20);
  mountains(pen, [[150, 236]], 352, ink.PLUM);
  hill(pen, [[10, 346], [150, 336], [290, 346]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  // The tree of knowledge with its serpent, and the tree of twelve flames.
  pen.shape('M36 440C42 380 40 330 34 280H52C52 330 50 380 60 440Z', ink.BROWN, { shade: { gap: 5, depth: 9 } });
  pen.shape('M18 296C4 280 8 250 24 244C22 222 52 214 62 230C78 228 86 250 76 264C86 280 72 300 58 294C48 304 28 304 18 296Z', ink.GREEN, { shade: { depth: 18 } });
  for (const [x, y] of [[30, 262], [54, 250], [64, 276], [36, 286]] as const) pen.motif('apple', { x, y }, () => pen.shape(ellipse(0, 0, 5), ink.RED, { weight: 1.7, relief: 0.3 }));
  pen.line('M34 392C62 384 62 366 40 360C26 354 30 336 48 334C62 332 60 316 48 312', 8);
  pen.line('M34 392C62 384 62 366 40 360C26 354 30 336 48 334C62 332 60 316 48 312', 4, ink.OCHRE);
  pen.fill(ellipse(49, 311, 4.6), ink.INK);
  pen.shape('M244 440C252 380 250 330 250 280H264C264 330 262 380 270 440Z', ink.BROWN, { shade: { gap: 5, depth: 9 } });
  const flames = [[256, 226], [240, 240], [272, 240], [232, 258], [256, 252], [278, 260], [226, 278], [244, 272], [266, 274], [238, 292], [258, 292], [276, 290]] as const;
  for (const [x, y] of flames) {
    pen.motif('flame', { x, y }, () => pen.shape('M0 10C-9 8 -9 -2 -4 -7C-3 -3 -1 -2 0 -4C0 -9 2 -13 5 -15C4 -9 10 -4 9 2C9 7 5 10 0 10Z', ink.RED, { weight: 1.8, relief: 0.4 }));
  }
  // The angel.
  wing(pen, { x: 168, y: 168 }, ink.RED, ink.ROSE);
  wing(pen, { x: 132, y: 168, mirror: true }, ink.RED, ink.ROSE);
  pen.at({ x: 150, y: 150, scale: 0.86 }, () => robe(pen, { fill: ink.PLUM, length: 110, hem: 40, trim: ink.OCHRE }));
  arm(pen, { shoulder: [130, 160], elbow: [104, 186], hand: [76, 184], sleeve: ink.PLUM, lining: ink.OCHRE, widths: [18, 20, 20], grip: 'open' });
  arm(pen, { shoulder: [170, 160], elbow: [196, 186], hand: [224, 184], sleeve: ink.PLUM, lining: ink.OCHRE, widths: [18, 20, 20], grip: 'open' });
  head(pen, { x: 150, y: 122, scale: 0.92 }, { hair: 'curls', hairColour: ink.OCHRE, eyes: 'closed' });
  for (const [x, y, scale] of [[110, 226, 0.9], [190, 226, 0.9], [150, 230, 1.15]] as const) cloud(pen, { x, y, scale });
  // The two, hand in hand.
  pen.at({ x: 98, y: 286 }, () => robe(pen, { fill: ink.LIGHT, trim: ink.ROSE, belt: ink.ROSE, length: 150, hem: 36, shoulders: 25, waist: 18 }));
  arm(pen, { shoulder: [78, 298], elbow: [66, 330], hand: [84, 352], sleeve: ink.LIGHT, lining: ink.ROSE, widths: [15, 16, 16] });
  head(pen, { x: 99, y: 258, turn: 4 }, { hair: 'long', hairColour: ink.OCHRE, turn: 0.7, crown: () => garland(pen) });
  pen.at({ x: 204, y: 284 }, () => robe(pen, { fill: ink.BLUE, trim: ink.OCHRE, belt: ink.OCHRE, skin: ink.DARK_SKIN, length: 152, hem: 36, shoulders: 29, waist: 21 }));
  arm(pen, { shoulder: [228, 298], elbow: [240, 330], hand: [222, 352], sleeve: ink.BLUE, lining: ink.OCHRE, widths: [17, 18, 16], skin: ink.DARK_SKIN });
  head(pen, { x: 203, y: 256, turn: -4 }, { hair: 'short', hairColour: ink.INK, turn: -0.7, skin: ink.DARK_SKIN });
  arm(pen, { shoulder: [182, 298], elbow: [172, 326], hand: [154, 336], sleeve: ink.BLUE, lining: ink.OCHRE, widths: [17, 18, 16], skin: ink.DARK_SKIN });
  arm(pen, { shoulder: [118, 300], elbow: [130, 326], hand: [148, 336], sleeve: ink.LIGHT, lining: ink.ROSE, widths: [15, 16, 16] });
  tufts(pen, [[132, 424], [164, 430], [28, 428], [276, 424]], 12);
}

function wheelOf(pen: Pen, x: number, y: number, r: number, squash = 1): void {
  pen.shape(ellipse(x, y, r * squash, r), ink.OCHRE, { weight: 2.8 });
  pen.shape(ellipse(x, y, r * 0.76 * squash, r * 0.76), ink.BROWN, { weight: 2.4 });
  let spokes = '';
  for (let i = 0; i < 8; ++i) {
    const p = polar({ x: 0, y: 0 }, r * 0.76, i * 45 + 22);
    spokes += `M${x} ${y}L${x + p.x * squash} ${y + p.y}`;
  }
  pen.line(spokes, 6);
  pen.line(spokes, 2.8, ink.OCHRE);
  pen.shape(ellipse(x, y, r * 0.24 * squash, r * 0.24), ink.RED, { weight: 2.4 });
}

function chariot(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  skyLines(pen, 120, 230, ink.OCHRE, 10);
  for (const [x, s] of [[52, 0.9], [250, 0.95]] as const) castle(pen, { x, y: 306, scale: s }, ink.SAND, ink.ROSE);
  hill(pen, [[10, 304], [150, 298], [290, 304]], ink.GREEN);
  pen.shape('M10 372C80 364 220 364 290 372V440H10Z', ink.SAND, { shade: { depth: 40, gap: 7 } });
  // Canopy.
  for (const x of [82, 218]) {
    pen.shape(`M${x - 5} 110H${x + 5}V330H${x - 5}Z`, ink.OCHRE, { weight: 2.4, shade: { gap: 5, depth: 7 } });
  }
  pen.shape('M66 108C70 70 110 58 150 56C190 58 230 70 234 108C222 122 208 116 200 110C190 122 172 120 166 110C158 122 142 122 134 110C128 120 110 122 100 110C92 116 78 122 66 108Z', ink.BLUE, { shade: { depth: 26 } });
  for (const [x, y] of [[88, 98], [112, 80], [136, 94], [150, 74], [166, 96], [188, 80], [212, 98]] as const) star(pen, x, y, 7, ink.STRAW, 6);
  pen.cut('M134 108C138 90 146 74 150 60M166 108C162 90 154 74 150 60M100 108C108 86 124 70 140 60M200 108C192 86 176 70 160 60', 2);
  // Charioteer.
  pen.at({ x: 150, y: 208 }, () => {
    robe(pen, { fill: ink.BLUE, length: 140, hem: 40, shoulders: 33, waist: 25 });
    pen.shape('M-27 10C-16 3 16 3 27 10C31 30 28 46 24 54Q0 62 -24 54C-28 46 -31 30 -27 10Z', '#c9cdc8', { weight: 2.5, shade: { depth: 15 } });
    pen.shape('M-11 20H11V40H-11Z', ink.LIGHT, { weight: 2, relief: 0.4 });
    for (const side of [-1, 1]) {
      pen.shape(ellipse(side * 34, 8, 12, 9), ink.OCHRE, { weight: 2.3, shade: { gap: 4, depth: 8, weight: 1.4 } });
      pen.cut(`M${side * 30} 6Q${side * 35} 2 ${side * 39} 7M${side * 31} 12Q${side * 35} 9 ${side * 39} 12`, 1.5);
    }
  });
  pen.line('M202 290L214 168', 5.6);
  pen.line('M202 290L214 168', 2.6, ink.OCHRE);
  star(pen, 215, 160, 10, ink.STRAW, 6);
  arm(pen, { shoulder: [182, 224], elbow: [204, 262], hand: [206, 238], sleeve: ink.BLUE, lining: ink.RED, widths: [20, 21, 20] });
  arm(pen, { shoulder: [118, 224], elbow: [100, 268], hand: [126, 278], sleeve: ink.BLUE, lining: ink.RED, widths: [20, 21, 20] });
  head(pen, { x: 150, y: 178 }, { hair: 'bob', hairColour: ink.OCHRE, crown: () => {
    crown(pen, ink.OCHRE, ink.BLUE);
    pen.shape(starPath(0, -34, 9, 8), ink.STRAW, { weight: 1.6, relief: 0.3 });
  } });
  // The car.
  wheelOf(pen, 58, 358, 46, 0.62);
  wheelOf(pen, 242, 358, 46, 0.62);
  pen.shape('M82 286H218L210 392H90Z', ink.STONE, { shade: { depth: 24 } });
  pen.shape('M74 278H226V292H74Z', ink.OCHRE, { weight: 2.5, shade: { gap: 5, depth: 20, angle: -4 } });
  pen.shape('M150 306C138 296 112 300 100 308C108 320 130 324 150 318C170 324 192 320 200 308C188 300 162 296 150 306Z', ink.LIGHT, { weight: 2.2 });
  pen.cut('M106 308Q126 306 142 312M194 308Q174 306 158 312', 1.6);
  pen.shape(ellipse(150, 310, 10), ink.RED, { weight: 2.3, relief: 0.4 });
  pen.shape('M132 334H168V350C168 362 158 370 150 374C142 370 132 362 132 350Z', ink.LIGHT, { weight: 2.3 });
  pen.shape('M150 340L156 352L150 364L144 352Z', ink.RED, { weight: 1.8, relief: 0.3 });
  sphinx(pen, { x: 94, y: 431, scale: 1.16 }, ink.INK, ink.LIGHT, ink.INK);
  sphinx(pen, { x: 206, y: 431, scale: 1.16 }, ink.LIGHT, ink.BLUE, ink.STRAW);
}

function strength(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  rays(pen, { x: 128, y: 150 }, 50, 260, 34, ink.OCHRE, 2.4);
  mountains(pen, [[244, 216], [206, 258]], 320, ink.BLUE);
  hill(pen, [[10, 318], [110, 308], [200, 318], [290, 310]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  for (const [x, s] of [[36, 1], [262, 0.9]] as const) tree(pen, { x, y: 322, scale: s });
  pen.at({ x: 118, y: 182 }, () => robe(pen, { fill: ink.LIGHT, trim: ink.OCHRE, length: 244, hem: 56, shoulders: 27, waist: 21 }));
  // A belt of roses.
  for (let i = 0; i < 5; ++i) rose(pen, { x: 98 + i * 10, y: 268 + Math.abs(i - 2) * -1.5, scale: 0.56 }, ink.RED);
  for (const [x, y] of [[100, 290], [104, 312], [96, 336]] as const) rose(pen, { x, y, scale: 0.56 }, ink.RED);
  head(pen, { x: 120, y: 152, turn: 6 }, { hair: 'long', hairColour: '#a65a2c', turn: 0.6, eyes: 'closed', crown: () => garland(pen, ink.ROSE) });
  lemniscate(pen, 122, 104);
  // The lion.
  pen.line('M252 352C276 340 280 312 262 300C254 296 250 302 256 308', 9);
  pen.line('M252 352C276 340 280 312 262 300C254 296 250 302 256 308', 4.4, ink.OCHRE);
  pen.shape('M256 298C246 292 244 304 252 312C260 312 262 304 256 298Z', '#b5702f', { weight: 2.2 });
  limb(pen, [[236, 376], [252, 398], [244, 424]], [36, 18, 14], ink.OCHRE);
  limb(pen, [[176, 372], [184, 400], [178, 424]], [28, 17, 15], ink.OCHRE);
  pen.shape('M150 348C162 322 200 322 226 328C250 332 262 350 260 374C258 396 246 400 232 394C212 388 196 392 180 396C160 396 144 376 150 348Z', ink.OCHRE, { shade: { angle: 20, depth: 24 } });
  pen.cut('M226 392C222 376 230 362 240 356M206 384Q196 390 184 390', 2.3);
  limb(pen, [[224, 380], [220, 402], [226, 424]], [38, 19, 15], ink.OCHRE);
  limb(pen, [[152, 368], [146, 400], [148, 424]], [30, 18, 16], ink.OCHRE);
  for (const x of [149, 181, 227, 246]) {
    pen.shape(`M${x - 11} 432C${x - 12} 420 ${x + 6} 418 ${x + 9} 424V432Z`, ink.OCHRE, { weight: 2.4 });
    pen.cut(`M${x - 6} 426V431M${x - 1} 425V431`, 1.5);
  }
  lionHead(pen, { x: 164, y: 338, scale: 1.22, turn: -8 });
  arm(pen, { shoulder: [96, 198], elbow: [92, 262], hand: [134, 304], sleeve: ink.LIGHT, lining: ink.OCHRE, widths: [21, 24, 24], grip: 'open', bend: 4 });
  arm(pen, { shoulder: [142, 198], elbow: [176, 246], hand: [178, 290], sleeve: ink.LIGHT, lining: ink.OCHRE, widths: [21, 24, 24], grip: 'open', bend: 8 });
  tufts(pen, [[40, 420], [70, 430], [270, 418], [206, 430]], 12);
}

function hermit(pen: Pen): void {
  backdrop(pen, ink.NIGHT);
  skyLines(pen, 66, 330, '#43557a', 12);
  for (const [x, y, r] of [[46, 70, 5], [96, 48, 4], [232, 62, 6], [258, 118, 4], [206, 110, 4], [40, 150, 4], [254, 190, 5], [112, 92, 4]] as const) star(pen, x, y, r, ink.STRAW, 4);
  mountains(pen, [[226, 268], [274, 300], [30, 296]], 400, '#4a5d80', ink.LIGHT);
  rays(pen, { x: 62, y: 248 }, 26, 150, 30, ink.STRAW, 2.2);
  hill(pen, [[10, 404], [70, 386], [140, 376], [210, 388], [290, 414]], ink.LIGHT, { shade: { depth: 90, gap: 7 }, });
  pen.cut('M40 414Q80 400 116 408M150 424Q190 408 230 420M60 430Q90 424 110 430', 2.2, 'lens', ink.BLUE);
  pen.line('M222 398C218 320 220 230 214 142', 7.4);
  pen.line('M222 398C218 320 220 230 214 142', 3.8, ink.BROWN);
  pen.at({ x: 154, y: 186 }, () => {
    pen.shape('M-14 -20C-40 -6 -50 20 -54 60C-60 120 -68 170 -72 208Q0 226 66 206C62 160 58 110 52 60C48 20 36 -8 14 -20Z', ink.SLATE, { shade: { depth: 34, gap: 5.4 } });
    pen.cut('M-20 60C-26 110 -36 160 -44 204M-6 40C-8 100 -12 160 -16 212M12 60C16 110 18 160 18 212M26 50C34 100 42 160 46 204M-36 70C-44 110 -50 150 -58 196', 2.8, 'out');
    pen.shape('M-40 204C-42 212 -30 216 -16 214L-18 206ZM8 208C8 218 24 218 36 212L32 204Z', ink.BROWN, { weight: 2.3 });
  });
  head(pen, { x: 150, y: 166, turn: -8 }, { hair: 'none', hairColour: ink.LIGHT, beard: 'long', turn: -0.6, eyes: 'closed', crown: () => hood(pen, ink.SLATE) });
  arm(pen, { shoulder: [190, 208], elbow: [216, 258], hand: [218, 228], sleeve: ink.SLATE, lining: ink.INK, widths: [28, 31, 30] });
  arm(pen, { shoulder: [122, 206], elbow: [106, 240], hand: [64, 206], sleeve: ink.SLATE, lining: ink.INK, widths: [28, 34, 31] });
  // The lantern.
  pen.at({ x: -22, y: 52 }, () => {
    pen.line('M84 158V168M76 168Q84 150 92 168', 2.6);
    pen.shape('M66 180L84 164L102 180Z', ink.OCHRE, { weight: 2.4 });
    pen.shape('M66 180H102V218H66Z', ink.STRAW, { weight: 2.6 });
    pen.shape(starPath(84, 199, 15, 6, 0.56), ink.LIGHT, { weight: 1.8, relief: 0.3 });
    pen.line('M66 180V218M102 180V218', 3.4);
    pen.shape('M62 216H106V224H62Z', ink.OCHRE, { weight: 2.3 });
  });
}

/** Angel, eagle, bull and lion in the four corners, on clouds. */
export function corners(pen: Pen): void {
  for (const [x, y, mirror] of [[62, 82, false], [238, 82, true], [62, 402, false], [238, 402, true]] as const) {
    cloud(pen, { x, y: y + 20, scale: 0.92, mirror });
  }
  wing(pen, { x: 66, y: 92, scale: 0.4 }, ink.LIGHT, ink.ROSE);
  wing(pen, { x: 50, y: 92, scale: 0.4, mirror: true }, ink.LIGHT, ink.ROSE);
  head(pen, { x: 58, y: 84, scale: 0.8 }, { hair: 'curls', hairColour: ink.OCHRE });
  eagleHead(pen, { x: 242, y: 82, mirror: true, scale: 0.94 });
  bullHead(pen, { x: 60, y: 398, scale: 0.82 });
  lionHead(pen, { x: 240, y: 398, scale: 0.62 });
}

function wheel(pen: Pen): void {
  backdrop(pen, ink.BLUE);
  skyLines(pen, 64, 430, '#5b8799', 12);
  corners(pen);
  const centre = { x: 150, y: 246 };
  pen.shape(ellipse(150, 246, 92), ink.OCHRE, { weight: 3.2, shade: { depth: 12, gap: 5.6 } });
  pen.shape(ellipse(150, 246, 68), ink.STRAW, { weight: 2.6 });
  let spokes = '';
  for (let i = 0; i < 8; ++i) {
    const p = polar(centre, 68, i * 45);
    spokes += `M150 246L${p.x} ${p.y}`;
  }
  pen.line(spokes, 7.4);
  pen.line(spokes, 3.8, ink.RED);
  pen.shape(ellipse(150, 246, 38), ink.LIGHT, { weight: 2.4 });
  pen.shape(starPath(150, 246, 30, 8, 0.44), ink.RED, { weight: 2, relief: 0.4 });
  pen.shape(ellipse(150, 246, 9), ink.OCHRE, { weight: 2.2, relief: 0.4 });
  for (const [text, angle] of [['T', -135], ['A', -45], ['R', 45], ['O', 135]] as const) {
    const p = polar(centre, 80, angle);
    letter(pen, text, { x: p.x, y: p.y + 9, height: 17 });
  }
  for (const angle of [0, 90, 180]) {
    const p = polar(centre, 80, angle);
    pen.at({ x: p.x, y: p.y, turn: angle + 90 }, () => pen.shape('M0 -8L6 0L0 8L-6 0Z', ink.RED, { weight: 1.8, relief: 0.3 }));
  }
  // The serpent goes down, the one with the jackal's head rises, the sphinx stays.
  pen.line('M58 150C30 180 70 200 46 230C28 256 62 274 50 306C44 322 34 330 30 344', 11);
  pen.line('M58 150C30 180 70 200 46 230C28 256 62 274 50 306C44 322 34 330 30 344', 6.4, ink.GREEN);
  pen.shape('M22 342C22 336 38 338 38 346C40 356 32 364 26 362C20 360 20 350 22 342Z', ink.GREEN, { weight: 2.2 });
  pen.fill(ellipse(27, 350, 1.6), ink.INK);
  pen.line('M28 362L24 370M28 362L32 370', 1.6, ink.RED);
  limb(pen, [[214, 330], [244, 300], [258, 256], [252, 214]], [15, 26, 24, 16], ink.RED);
  limb(pen, [[214, 330], [186, 346], [160, 344]], [15, 14, 9], ink.RED);
  limb(pen, [[252, 232], [270, 250], [262, 278]], [12, 11, 8], ink.RED);
  pen.shape('M244 212C242 200 246 190 250 182L247 164L256 178L264 164L264 184C268 190 272 196 276 206C278 212 274 214 270 212C264 210 260 212 258 218Z', ink.RED, { weight: 2.4 });
  pen.fill(ellipse(260, 194, 1.8), ink.INK);
  sphinx(pen, { x: 150, y: 158, scale: 0.84 }, ink.MIST, ink.OCHRE, ink.BLUE);
  sword(pen, { x: 184, y: 122, turn: 24 }, { length: 84, guard: 10 });
}

function scales(pen: Pen, x: number, y: number): void {
  pen.line(`M${x} ${y - 20}V${y}M${x - 36} ${y + 2}Q${x} ${y - 8} ${x + 36} ${y + 2}`, 6);
  pen.line(`M${x} ${y - 20}V${y}M${x - 36} ${y + 2}Q${x} ${y - 8} ${x + 36} ${y + 2}`, 2.8, ink.OCHRE);
  for (const side of [-1, 1]) {
    const px = x + side * 36;
    pen.line(`M${px} ${y + 2}L${px - 15} ${y + 42}M${px} ${y + 2}L${px + 15} ${y + 42}`, 1.8);
    pen.shape(`M${px - 20} ${y + 41}H${px + 20}C${px + 17} ${y + 56} ${px - 17} ${y + 56} ${px - 20} ${y + 41}Z`, ink.OCHRE, { weight: 2.3, shade: { gap: 4.4, depth: 10, weight: 1.5 } });
  }
}

function justice(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  pen.shape('M40 76H260V320H40Z', ink.PLUM, { weight: 2.6 });
  for (const x of [76, 100, 200, 224]) pen.cut(`M${x} 80Q${x + 5} 200 ${x - 2} 318`, 3.4);
  pen.shape('M40 76H260V94Q150 104 40 94Z', ink.OCHRE, { weight: 2.4 });
  pillar(pen, 42, 62, 410, ink.STONE, 18);
  pillar(pen, 258, 62, 410, ink.STONE, 18);
  pen.shape('M10 406H290V440H10Z', ink.STONE, { shade: { angle: -4, depth: 60, gap: 7 } });
  pen.shape('M58 392H242V410H58Z', ink.SAND, { weight: 2.6 });
  pen.at({ x: 150, y: 192 }, () => {
    throne(pen, ink.STONE, ink.SAND, -60, 56);
    seated(pen, { fill: ink.RED, cloak: ink.GREEN, length: 204, hem: 54, trim: ink.OCHRE, belt: ink.OCHRE });
    pen.shape('M-9 -4C-24 -1 -34 6 -40 18C-46 34 -40 40 -30 38C-22 30 -14 22 0 20C14 22 22 30 30 38C40 40 46 34 40 18C34 6 24 -1 9 -4Q0 10 -9 -4Z', ink.GREEN, { shade: { depth: 14 } });
    pen.shape('M-7 14H7V28H-7Z', ink.OCHRE, { weight: 2, relief: 0.4 });
    pen.shape('M-12 198C-14 208 0 210 4 204L2 196Z', ink.LIGHT, { weight: 2.2 });
  });
  sword(pen, { x: 84, y: 180 }, { length: 196, guard: 19, grip: ink.BLUE });
  arm(pen, { shoulder: [118, 212], elbow: [94, 270], hand: [84, 258], sleeve: ink.RED, lining: ink.OCHRE, widths: [23, 26, 25], bend: 30 });
  arm(pen, { shoulder: [182, 212], elbow: [214, 262], hand: [216, 222], sleeve: ink.RED, lining: ink.OCHRE, widths: [23, 26, 25] });
  scales(pen, 218, 246);
  handOf(pen, { x: 216, y: 222, turn: -90 }, 'fist');
  head(pen, { x: 150, y: 163 }, { hair: 'bob', hairColour: ink.OCHRE, crown: () => {
    pen.shape('M-18 -9V-20H-13V-30H-7V-20H-3V-32H3V-20H7V-30H13V-20H18V-9Q0 -4 -18 -9Z', ink.OCHRE, { weight: 2.3, shade: { gap: 4.4, depth: 8, weight: 1.5 } });
    pen.shape('M-4 -18H4V-10H-4Z', ink.BLUE, { weight: 1.5, relief: 0 });
  } });
}

export const MAJORS_B: Partial<Record<Major, Picture>> = {
  'the-lovers': lovers,
  'the-chariot': chariot,
  strength,
  'the-hermit': hermit,
  'wheel-of-fortune': wheel,
  justice,
};
