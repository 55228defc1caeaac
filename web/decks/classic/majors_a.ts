// The Fool to the Hierophant.
import type { Major } from '../cards.ts';
import { letter } from '../kit/lettering.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { dog } from './animals.ts';
import { masonry, pillar, scroll, table, throne } from './buildings.ts';
import { cup, pentacle, sword, wand } from './emblems.ts';
import { crown, moonCrown, starCrown, tiara, veil } from './headwear.ts';
import * as ink from './palette.ts';
import { arm, head, limb, robe, seated } from './people.ts';
import {
  backdrop, crescent, cypress, hill, leaf, lily, mountains, rays, rose, skyLines, star, sun, tree, tufts, waves,
} from './sky.ts';

type Picture = (pen: Pen) => void;

function fool(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  rays(pen, { x: 226, y: 92 }, 46, 230, 34, ink.OCHRE, 2.4);
  sun(pen, 226, 92, 24, 14);
  mountains(pen, [[44, 268], [256, 250]], 350, ink.MIST, ink.LIGHT);
  mountains(pen, [[112, 292], [198, 300]], 350, ink.BLUE, ink.LIGHT);
  pen.shape('M20 358C60 350 100 352 138 358C168 362 196 358 214 366L222 380L214 394L224 412L216 440H10V358Z', ink.BROWN, { shade: { depth: 34, gap: 6 } });
  pen.shape('M20 356C60 346 104 350 140 355C168 359 196 355 218 364C214 372 200 374 188 370C150 380 100 372 60 378C44 380 30 376 10 378V356Z', ink.GREEN);
  tufts(pen, [[36, 362], [120, 366], [168, 364], [96, 374]], 11);
  pen.cut('M60 392Q90 386 110 394M140 388Q164 396 186 390M96 412Q120 406 140 414M170 410Q190 420 206 412M40 410Q56 404 66 412', 2.2);
  dog(pen, { x: 62, y: 361, turn: -24, scale: 0.92 });
  // Staff and bag, over the shoulder.
  limb(pen, [[66, 138], [118, 184], [170, 230]], [6, 7, 7], ink.BROWN, { weight: 2.2 });
  pen.shape('M58 140C40 152 38 184 58 192C78 196 92 180 86 162C82 150 74 144 66 140Z', ink.RED, { shade: { depth: 16 } });
  pen.shape('M52 138C58 130 72 130 78 138L70 148H58Z', ink.RED, { weight: 2.4 });
  pen.line('M58 146Q64 150 71 146', 4, ink.OCHRE);
  star(pen, 61, 172, 9, ink.OCHRE, 5);
  // Legs, the far one first.
  limb(pen, [[130, 290], [120, 326], [108, 352]], [22, 17, 13], ink.LIGHT);
  pen.shape('M100 346L116 350C116 356 118 360 124 362V367H96C95 360 98 352 100 346Z', ink.OCHRE, { weight: 2.4 });
  limb(pen, [[154, 288], [176, 320], [178, 350]], [24, 18, 13], ink.LIGHT);
  pen.shape('M170 344H186C186 350 192 355 202 357V363H170C168 356 169 350 170 344Z', ink.OCHRE, { weight: 2.4 });
  arm(pen, { shoulder: [168, 208], elbow: [200, 232], hand: [226, 206], sleeve: ink.BLUE, lining: ink.RED, widths: [20, 22, 30], grip: 'fist' });
  pen.line('M228 214L236 184', 2.4, ink.MOSS);
  leaf(pen, { x: 232, y: 200, turn: -10 }, 13, ink.GREEN);
  rose(pen, { x: 238, y: 176 }, ink.LIGHT);
  pen.shape('M138 178H154L156 194H136Z', ink.SKIN, { weight: 2.2 });
  pen.shape(
    'M136 190C126 193 118 196 114 206C114 226 124 240 124 254C116 272 104 288 100 306L112 298L120 312L130 299L141 313L150 300L162 312L170 298L184 306C182 288 172 270 166 254C168 236 176 222 176 206C172 196 164 193 155 190Q146 204 136 190Z',
    ink.BLUE,
    { shade: { depth: 18 } },
  );
  for (const [x, y] of [[132, 216], [156, 212], [142, 234], [124, 280], [146, 276], [164, 284], [136, 296]] as const) rose(pen, { x, y, scale: 0.5 }, ink.STRAW, ink.RED);
  pen.shape('M123 249Q146 258 167 249V258Q146 267 123 258Z', ink.OCHRE, { weight: 2 });
  pen.shape('M132 190C138 203 153 203 159 190L163 196C156 213 136 213 128 196Z', ink.RED, { weight: 2 });
  arm(pen, { shoulder: [122, 210], elbow: [128, 244], hand: [164, 225], sleeve: ink.BLUE, lining: ink.RED, widths: [20, 22, 26], grip: 'fist', bend: -30 });
  head(pen, { x: 148, y: 162, turn: -12 }, {
    turn: 0.9, hair: 'bob', hairColour: ink.OCHRE,
    crown: () => {
      pen.shape('M-17 -9C-16 -26 14 -30 17 -10C6 -16 -6 -15 -17 -9Z', ink.GREEN, { weight: 2.4 });
      pen.shape('M-8 -20C-22 -30 -34 -26 -40 -14C-30 -18 -20 -14 -12 -15Z', ink.RED, { weight: 2.2, shade: { angle: 60, gap: 4, depth: 8, weight: 1.4 } });
    },
  });
}


/** The figure eight that lies over the Magician's and Strength's heads. */
export function lemniscate(pen: Pen, x: number, y: number, r = 15): void {
  const data =
    `M${x} ${y}C${x + r * 0.5} ${y - r * 0.9} ${x + r * 1.9} ${y - r * 0.9} ${x + r * 1.9} ${y}C${x + r * 1.9} ${y + r * 0.9} ${x + r * 0.5} ${y + r * 0.9} ${x} ${y}` +
    `C${x - r * 0.5} ${y - r * 0.9} ${x - r * 1.9} ${y - r * 0.9} ${x - r * 1.9} ${y}C${x - r * 1.9} ${y + r * 0.9} ${x - r * 0.5} ${y + r * 0.9} ${x} ${y}`;
  pen.line(data, 7.6);
  pen.line(data, 3.4, ink.OCHRE);
}

function magician(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  rays(pen, { x: 150, y: 146 }, 40, 260, 40, ink.OCHRE, 2);
  // An arbour of roses above, a garden of lilies and roses below.
  pen.line('M16 118C40 60 96 46 150 70C204 46 260 60 284 118', 5.4, ink.MOSS);
  for (const [x, y, turn] of [[36, 92, 60], [58, 70, 20], [92, 58, -30], [122, 62, 40], [178, 62, 140], [208, 58, 200], [242, 70, 160], [264, 92, 120], [48, 74, 250], [252, 74, 290], [106, 52, 280], [194, 52, 260]] as const) leaf(pen, { x, y, turn }, 17, ink.GREEN);
  for (const [x, y] of [[28, 100], [76, 60], [224, 60], [272, 100], [46, 82], [254, 82]] as const) rose(pen, { x, y, scale: 1.15 }, ink.RED);
  hill(pen, [[10, 396], [150, 388], [290, 396]], ink.GREEN);
  pen.at({ x: 150, y: 178 }, () => {
    pen.shape('M-16 -8C-44 -4 -54 12 -60 40C-66 90 -74 150 -80 220H80C74 150 66 90 60 40C54 12 44 -4 16 -8Z', ink.RED, { shade: { depth: 30, gap: 5.6 } });
    robe(pen, { fill: ink.LIGHT, trim: ink.OCHRE, belt: ink.OCHRE, length: 232, hem: 50 });
  });
  pen.at({ x: 81, y: 108, turn: 12 }, () => {
    pen.line('M0 34V-34', 8);
    pen.line('M0 34V-34', 3.6, ink.LIGHT);
    for (const y of [-34, 34]) pen.shape(ellipse(0, y, 4.6), ink.OCHRE, { weight: 2, relief: 0.3 });
  });
  arm(pen, { shoulder: [126, 192], elbow: [84, 190], hand: [78, 122], sleeve: ink.RED, lining: ink.LIGHT, widths: [24, 27, 32] });
  arm(pen, { shoulder: [175, 194], elbow: [212, 222], hand: [222, 280], sleeve: ink.RED, lining: ink.LIGHT, widths: [24, 27, 32], grip: 'point' });
  head(pen, { x: 150, y: 146 }, { hair: 'curls', hairColour: ink.INK, crown: () => {
    pen.shape('M-16 -8Q0 -16 16 -8V-13Q0 -21 -16 -13Z', ink.LIGHT, { weight: 2 });
  } });
  lemniscate(pen, 150, 98);
  table(pen, 318);
  pentacle(pen, { x: 206, y: 316 }, 21);
  cup(pen, { x: 88, y: 304, scale: 0.78 });
  sword(pen, { x: 150, y: 332, turn: 86 }, { length: 116, guard: 11, grip: ink.BLUE });
  wand(pen, { x: 148, y: 322, turn: 78 }, { length: 76, width: 7, leaves: 3 });
  for (const [x, y] of [[62, 414], [116, 424], [182, 420], [240, 416]] as const) {
    pen.line(`M${x} ${y}Q${x + 2} ${y + 10} ${x} 440`, 2.4, ink.MOSS);
    lily(pen, { x, y, scale: 0.9 });
  }
  for (const [x, y] of [[88, 424], [148, 418], [212, 426], [34, 424], [266, 426]] as const) rose(pen, { x, y, scale: 1.05 }, ink.RED);
  for (const [x, y, turn] of [[76, 432, 200], [100, 430, -30], [136, 428, 200], [160, 428, -20], [200, 432, 190], [224, 432, -20]] as const) leaf(pen, { x, y, turn }, 13, ink.GREEN);
}

function priestess(pen: Pen): void {
  backdrop(pen, ink.NIGHT);
  waves(pen, 300, 400, ink.MIST, 12, 22);
  for (const [x, y] of [[98, 40], [70, 58], [200, 38], [232, 56], [122, 68], [178, 66], [40, 48], [262, 46]] as const) star(pen, x, y, 6, ink.STRAW, 4);
  // The veil with pomegranates.
  pen.shape('M60 84Q106 96 150 84Q194 96 240 84V330Q194 342 150 330Q106 342 60 330Z', ink.MIST, { weight: 2.6 });
  for (const [x, y] of [[92, 118], [208, 118], [92, 176], [208, 176], [86, 236], [214, 236], [150, 100], [90, 292], [210, 292]] as const) {
    pen.motif('pomegranate', { x, y }, () => {
      for (const turn of [40, 140, 90]) leaf(pen, { turn }, 20, ink.GREEN);
      pen.shape('M-4 -11L0 -7L4 -11L4 -5C13 -2 11 13 0 13C-11 13 -13 -2 -4 -5Z', ink.RED, { weight: 2, relief: 0.4 });
      pen.fill(ellipse(-1.5, 3, 2.6, 4), ink.STRAW);
    });
  }
  hill(pen, [[10, 398], [150, 394], [290, 398]], ink.STONE, { shade: { depth: 60, gap: 7 } });
  pillar(pen, 50, 70, 404, ink.INK, 19);
  pillar(pen, 250, 70, 404, ink.LIGHT, 19);
  letter(pen, 'B', { x: 50, y: 222, height: 27, ink: ink.LIGHT });
  letter(pen, 'J', { x: 250, y: 222, height: 27 });
  pen.at({ x: 150, y: 196 }, () => {
    seated(pen, { fill: ink.LIGHT, cloak: ink.BLUE, length: 206, hem: 50, trim: ink.MIST });
    pen.shape('M-9 -4C-26 4 -34 16 -36 34C-40 80 -58 130 -64 196C-50 206 -34 204 -24 198C-34 150 -28 90 -20 60C-18 40 -14 24 0 14C14 24 18 40 20 60C28 90 34 150 24 198C34 204 50 206 64 196C58 130 40 80 36 34C34 16 26 4 9 -4Q0 10 -9 -4Z', ink.BLUE, { shade: { depth: 16 } });
    pen.shape('M-4 22H4V31H13V39H4V52H-4V39H-13V31H-4Z', ink.OCHRE, { weight: 2, relief: 0.4 });
  });
  scroll(pen, { x: 150, y: 290, turn: -5 }, 30);
  letter(pen, 'TORA', { x: 150, y: 297, height: 11, thick: 2.4, thin: 1.2 });
  arm(pen, { shoulder: [118, 212], elbow: [100, 262], hand: [126, 292], sleeve: ink.BLUE, lining: ink.LIGHT, widths: [22, 25, 26] });
  arm(pen, { shoulder: [182, 212], elbow: [202, 258], hand: [176, 284], sleeve: ink.BLUE, lining: ink.LIGHT, widths: [22, 25, 26] });
  crescent(pen, { x: 112, y: 402, turn: -58 }, 24, ink.STRAW);
  head(pen, { x: 150, y: 166 }, { hair: 'none', eyes: 'open', behind: () => veil(pen, ink.LIGHT), crown: () => {
    pen.shape('M-15 2C-16 -10 -12 -17 0 -18C12 -17 16 -10 15 2C18 -16 12 -25 0 -25C-12 -25 -18 -16 -15 2Z', ink.LIGHT, { weight: 2 });
    moonCrown(pen);
  } });
}

function empress(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  skyLines(pen, 62, 190, ink.OCHRE, 10);
  hill(pen, [[10, 236], [80, 222], [180, 236], [290, 218]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  for (const [x, y, s] of [[36, 240, 0.9], [70, 232, 0.74], [262, 234, 0.96], [230, 230, 0.76]] as const) tree(pen, { x, y, scale: s * 1.35 }, ink.GREEN);
  for (const [x, y, s] of [[50, 252, 1.3], [20, 262, 1.4], [284, 258, 1.5], [250, 250, 1.2]] as const) cypress(pen, { x, y, scale: s });
  pen.shape('M196 440C214 400 262 380 250 340C242 316 268 300 290 292V440Z', ink.MIST, { weight: 2.4 });
  pen.cut('M220 420Q240 396 262 392M236 372Q254 364 264 352M246 332Q260 318 280 312M240 430Q256 410 276 404', 2, 'lens', ink.BLUE);
  pen.at({ x: 150, y: 190 }, () => {
    throne(pen, ink.OCHRE, ink.ROSE, -58, 60);
    seated(pen, { fill: ink.LIGHT, trim: ink.RED, belt: ink.OCHRE, length: 208, hem: 62, knees: 50 });
    for (const [x, y] of [[-30, 122], [28, 118], [0, 138], [-40, 160], [38, 158], [-14, 172], [16, 176], [-12, 34], [12, 34], [0, 54]] as const) {
      pen.motif('fruit', { x, y }, () => {
        pen.shape(ellipse(0, 0, 5, 5.6), ink.RED, { weight: 1.5, relief: 0.2 });
        pen.line('M-2 -7L0 -5L2 -7', 1.5, ink.MOSS);
      });
    }
  });
  // The sceptre, and the shield with the sign of Venus.
  pen.line('M84 268L74 150', 6.4);
  pen.line('M84 268L74 150', 3, ink.OCHRE);
  pen.shape(ellipse(73, 140, 12), ink.OCHRE, { weight: 2.4, shade: { gap: 4, depth: 8, weight: 1.5 } });
  pen.line('M62 138Q73 144 84 138M73 128Q69 134 71 141', 1.6);
  arm(pen, { shoulder: [120, 206], elbow: [88, 248], hand: [82, 222], sleeve: ink.LIGHT, lining: ink.ROSE, widths: [22, 25, 24] });
  arm(pen, { shoulder: [180, 206], elbow: [210, 250], hand: [198, 282], sleeve: ink.LIGHT, lining: ink.ROSE, widths: [22, 25, 24], grip: 'open', bend: 20 });
  pen.at({ x: 222, y: 322, turn: -8 }, () => {
    pen.shape('M0 44C-32 14 -40 -16 -22 -28C-10 -34 -2 -26 0 -18C2 -26 10 -34 22 -28C40 -16 32 14 0 44Z', ink.ROSE, { shade: { depth: 18, gap: 5 } });
    pen.line('M0 10V26M-8 18H8', 3.4);
    pen.line(ellipse(0, -1, 10), 3.4);
  });
  head(pen, { x: 150, y: 160 }, { hair: 'long', hairColour: ink.OCHRE, crown: () => starCrown(pen, 7) });
  pen.line('M136 190Q150 204 164 190', 3.6, ink.LIGHT, '0.01 5');
  // Wheat.
  for (let i = 0; i < 13; ++i) {
    const x = 28 + i * 20 + pen.random.sway(5);
    const y = 392 + pen.random.sway(9) + Math.abs(x - 150) * -0.05;
    const bend = pen.random.sway(9);
    pen.line(`M${x} 440Q${x} 414 ${x + bend} ${y}`, 2, ink.BROWN);
    pen.motif('ear', { x: x + bend, y, turn: bend * 2.4 }, () => {
      pen.shape('M0 -13C4 -9 6 -5 4 -3C8 -1 7 4 4 5C7 8 5 13 0 15C-5 13 -7 8 -4 5C-7 4 -8 -1 -4 -3C-6 -5 -4 -9 0 -13Z', ink.STRAW, { weight: 1.8, relief: 0.4 });
      pen.cut('M0 -10V13', 1.4);
    });
  }
}

function ram(pen: Pen, x: number, y: number, mirror: boolean): void {
  pen.at({ x, y, mirror }, () => {
    pen.shape('M-8 -14C2 -18 10 -10 12 0C15 6 16 14 10 17C4 18 0 12 -4 6C-10 4 -14 -6 -8 -14Z', ink.STONE, { weight: 2.3 });
    pen.shape('M-4 -14C-22 -20 -28 2 -16 10C-8 14 0 8 -2 1C-3 -3 -8 -3 -9 0C-9 3 -7 4 -6 3C-6 7 -12 7 -14 2C-17 -6 -10 -10 -2 -7Z', ink.LIGHT, { weight: 2.2 });
    pen.fill(ellipse(4, -4, 1.7), ink.INK);
    pen.cut('M9 11Q11 13 13 11', 1.5);
  });
}

function emperor(pen: Pen): void {
  backdrop(pen, ink.OCHRE);
  rays(pen, { x: 150, y: 130 }, 60, 250, 30, ink.STRAW, 3);
  mountains(pen, [[70, 178], [236, 168], [18, 190], [286, 196]], 336, ink.RED);
  mountains(pen, [[44, 246], [262, 238]], 336, ink.BROWN);
  hill(pen, [[10, 318], [110, 312], [200, 318], [290, 312]], ink.SAND, { shade: { depth: 50, gap: 8 } });
  pen.cut('M30 350H70M40 384H90M226 348H270M212 392H262M120 418H186', 2);
  pen.at({ x: 150, y: 194 }, () => {
    pen.shape('M-66 -66H66V190H-66Z', ink.STONE, { shade: { depth: 26, gap: 6 } });
    masonry(pen, -66, -66, 66, 100, 22);
    pen.shape('M-88 76H-54V206H-88ZM54 76H88V206H54Z', ink.STONE, { shade: { depth: 18, gap: 6 } });
    ram(pen, -60, -62, true);
    ram(pen, 60, -62, false);
    ram(pen, -72, 82, true);
    ram(pen, 72, 82, false);
    pen.shape('M-28 -6C-52 2 -58 20 -58 44C-62 100 -70 150 -74 206H74C70 150 62 100 58 44C58 20 52 2 28 -6Z', ink.RED, { shade: { depth: 24 } });
    seated(pen, { fill: ink.RED, belt: ink.OCHRE, length: 206, hem: 56 });
    // Breastplate and greaves under the robe.
    pen.shape('M-27 12C-16 4 16 4 27 12C30 34 26 54 22 68Q0 78 -22 68C-26 54 -30 34 -27 12Z', '#c9cdc8', { weight: 2.5, shade: { depth: 16 } });
    pen.cut('M0 14V68M-22 44Q0 54 22 44', 2);
    for (const side of [-1, 1]) {
      pen.shape(`M${side * 14} 150L${side * 34} 148L${side * 38} 200H${side * 16}Z`, '#c9cdc8', { weight: 2.4, shade: { depth: 10, gap: 5 } });
      pen.shape(`M${side * 12} 198H${side * 38}L${side * 44} 212H${side * 12}Z`, '#c9cdc8', { weight: 2.4 });
    }
  });
  pen.line('M76 300V172', 6.4);
  pen.line('M76 300V172', 3, ink.OCHRE);
  pen.line('M60 186H92M76 184C60 168 62 146 76 146C90 146 92 168 76 184', 6.8);
  pen.line('M60 186H92M76 184C60 168 62 146 76 146C90 146 92 168 76 184', 3.2, ink.OCHRE);
  arm(pen, { shoulder: [118, 212], elbow: [88, 266], hand: [78, 234], sleeve: ink.RED, lining: ink.INK, widths: [25, 26, 21] });
  arm(pen, { shoulder: [182, 212], elbow: [216, 262], hand: [206, 286], sleeve: ink.RED, lining: ink.INK, widths: [25, 26, 21], grip: 'fist' });
  pen.shape(ellipse(206, 272, 14), ink.OCHRE, { weight: 2.4, shade: { gap: 4.4, depth: 9, weight: 1.5 } });
  pen.line('M192 271Q206 278 220 271M206 258V250M201 254H211', 2.2);
  head(pen, { x: 150, y: 162 }, { hair: 'bob', hairColour: ink.LIGHT, beard: 'long', crown: () => crown(pen, ink.OCHRE, ink.RED) });
}

function acolyte(pen: Pen, x: number, mirror: boolean, fill: string, sign: string): void {
  pen.at({ x, y: 352, mirror }, () => {
    pen.shape('M-14 8C-34 12 -46 30 -50 90H46C44 50 36 16 14 8Z', fill, { shade: { depth: 24 } });
    pen.cut('M-20 24C-28 44 -32 64 -34 84M2 30V86M20 26C28 46 30 66 32 84', 2.4, 'out');
    rose(pen, { x: -14, y: 52, scale: 1.2 }, sign);
    rose(pen, { x: 16, y: 60, scale: 1.2 }, sign);
    pen.shape('M-8 -4H8L10 12H-10Z', ink.SKIN, { weight: 2.2 });
    pen.shape('M-16 -14C-20 -34 20 -34 16 -14C17 2 9 10 0 10C-9 10 -17 2 -16 -14Z', ink.BROWN, { weight: 2.5, shade: { gap: 5, depth: 8 } });
    pen.shape(ellipse(0, -22, 9, 5.5), ink.SKIN, { weight: 2 });
  });
}

function hierophant(pen: Pen): void {
  backdrop(pen, ink.SLATE);
  pen.shape('M60 440V150C60 70 240 70 240 150V440Z', ink.SAND, { weight: 2.6 });
  rays(pen, { x: 150, y: 160 }, 60, 190, 26, ink.OCHRE, 2.4);
  pillar(pen, 47, 64, 436, ink.STONE, 20);
  pillar(pen, 253, 64, 436, ink.STONE, 20);
  for (const x of [47, 253]) pen.cut(`M${x - 16} 76Q${x} 92 ${x + 16} 76M${x - 10} 66V76M${x + 10} 66V76`, 2.2);
  pen.at({ x: 150, y: 192 }, () => {
    throne(pen, ink.STONE, ink.OCHRE, -50, 52);
    seated(pen, { fill: ink.LIGHT, cloak: ink.RED, length: 208, hem: 52, trim: ink.BLUE });
    pen.shape('M-9 -4C-28 2 -40 16 -42 36C-44 70 -46 110 -48 150C-38 158 -28 156 -22 150L-16 60L0 18L16 60L22 150C28 156 38 158 48 150C46 110 44 70 42 36C40 16 28 2 9 -4Q0 10 -9 -4Z', ink.RED, { shade: { depth: 15 } });
    pen.shape('M-8 14H8L7 170H-7Z', ink.LIGHT, { weight: 2.2 });
    for (const y of [40, 84, 128]) pen.line(`M-4 ${y}H4M0 ${y - 6}V${y + 10}`, 2.6, ink.RED);
  });
  // The staff with three bars, and the hand that blesses.
  pen.line('M222 340V120', 6.6);
  pen.line('M212 132H232M206 146H238M199 160H245', 6.2);
  pen.line('M222 340V120', 3, ink.OCHRE);
  pen.line('M212 132H232M206 146H238M199 160H245', 2.8, ink.OCHRE);
  arm(pen, { shoulder: [182, 210], elbow: [214, 258], hand: [221, 226], sleeve: ink.RED, lining: ink.BLUE, widths: [24, 27, 26] });
  arm(pen, { shoulder: [118, 210], elbow: [84, 224], hand: [84, 168], sleeve: ink.RED, lining: ink.BLUE, widths: [24, 27, 26], grip: 'bless' });
  head(pen, { x: 150, y: 163 }, { hair: 'short', hairColour: ink.LIGHT, beard: 'short', crown: () => tiara(pen) });
  acolyte(pen, 86, false, ink.PLUM, ink.STRAW);
  acolyte(pen, 214, true, ink.BLUE, ink.LIGHT);
  // The keys.
  for (const mirror of [false, true]) {
    pen.at({ x: 150, y: 404, mirror, turn: mirror ? -40 : 40 }, () => {
      pen.line('M0 -22V22M0 20H8M0 13H7', 5.6);
      pen.line('M0 -22V22M0 20H8M0 13H7', 2.6, ink.OCHRE);
      pen.line(ellipse(0, -29, 7), 5.6);
      pen.line(ellipse(0, -29, 7), 2.6, ink.OCHRE);
    });
  }
}

export const MAJORS_A: Partial<Record<Major, Picture>> = {
  'the-fool': fool,
  'the-magician': magician,
  'the-high-priestess': priestess,
  'the-empress': empress,
  'the-emperor': emperor,
  'the-hierophant': hierophant,
};
