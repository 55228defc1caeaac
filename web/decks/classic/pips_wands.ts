// The ten pips of wands.
import type { Minor } from '../cards.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { castle, masonry } from './buildings.ts';
import { wand } from './emblems.ts';
import * as ink from './palette.ts';
import { ace, house, ribbon, ship, wands } from './pips.ts';
import {
  backdrop, hill, leaf, lily, mountains, rays, rose, skyLines, star, tree, tufts, waves,
} from './sky.ts';
import { LOOKS, salamander, vine } from './suits.ts';

type Picture = (pen: Pen) => void;

function warmSky(pen: Pen, y: number): void {
  backdrop(pen, ink.STRAW);
  rays(pen, { x: 150, y }, 40, 330, 40, '#e8bf62', 3);
}

function one(pen: Pen): void {
  warmSky(pen, 190);
  mountains(pen, [[60, 322], [262, 318]], 378, ink.ROSE);
  hill(pen, [[10, 372], [100, 356], [200, 370], [290, 352]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  castle(pen, { x: 232, y: 364, scale: 0.8 });
  pen.shape('M10 424C70 400 120 424 170 412C220 402 250 414 290 398V440H10Z', ink.MIST, { weight: 2.4 });
  waves(pen, 424, 438, ink.BLUE, 10, 22);
  ace(pen, 168, 268, () => wand(pen, { x: 170, y: 222 }, { length: 300, width: 20, leaves: 9 }), ink.LIGHT, LOOKS.wands.skin);
  for (const [x, y, turn] of [[104, 120, 30], [232, 150, 140], [92, 176, 70], [244, 226, 110], [220, 96, 60]] as const) leaf(pen, { x, y, turn }, 16, ink.GREEN);
}

function two(pen: Pen): void {
  warmSky(pen, 220);
  mountains(pen, [[60, 236], [114, 256], [226, 232]], 300, ink.PLUM);
  pen.shape('M10 298H290V380H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 310, 360, ink.MIST, 12, 24);
  ship(pen, { x: 106, y: 318, scale: 0.7 });
  pen.shape('M10 366H290V440H10Z', ink.STONE, { weight: 2.8 });
  masonry(pen, 12, 384, 288, 440, 18);
  pen.shape('M10 360V346H40V360H72V346H104V360H196V346H228V360H260V346H290V374H10Z', ink.STONE, { weight: 2.6 });
  // The world in the hand.
  pen.shape(ellipse(150, 222, 52), ink.MIST, { weight: 3, shade: { depth: 20, gap: 5.4 } });
  pen.shape('M112 196C124 182 142 184 146 194C152 204 138 206 140 218C142 228 130 236 122 228C114 222 106 208 112 196ZM160 186C174 182 190 196 194 212C186 220 174 214 170 206C164 202 156 194 160 186ZM150 240C162 232 178 236 180 246C174 260 160 266 154 260C148 254 144 246 150 240Z', ink.GREEN, { weight: 2, relief: 0.4 });
  pen.line('M99 216Q150 240 201 216M150 170Q134 222 150 274', 1.6);
  pen.shape('M118 276H182L190 292H110Z', ink.OCHRE, { weight: 2.6, shade: { gap: 5, depth: 14 } });
  pen.shape('M140 290H160L164 346H136Z', ink.OCHRE, { weight: 2.4, shade: { gap: 5, depth: 10 } });
  wands(pen, [[64, 232], [236, 232]], { length: 290, width: 16, leaves: 8 });
  lily(pen, { x: 128, y: 412 });
  rose(pen, { x: 172, y: 404 }, ink.RED);
  pen.line('M128 412L166 428M172 410L136 428', 2.2, ink.MOSS);
}

function three(pen: Pen): void {
  warmSky(pen, 250);
  mountains(pen, [[250, 236], [206, 252]], 290, ink.ROSE);
  pen.shape('M10 288H290V440H10Z', ink.OCHRE, { weight: 2.5 });
  waves(pen, 300, 420, '#b98430', 13, 26);
  ship(pen, { x: 104, y: 304, scale: 0.8 });
  ship(pen, { x: 196, y: 318, scale: 1 }, ink.ROSE);
  ship(pen, { x: 262, y: 300, scale: 0.66 });
  hill(pen, [[10, 356], [70, 362], [150, 380], [216, 400], [262, 440]], ink.BROWN, { shade: { depth: 50, gap: 6 } });
  pen.shape('M10 356C60 352 110 366 150 378C186 388 214 394 230 408C190 408 150 396 110 390C70 386 30 378 10 382Z', ink.GREEN, { weight: 2.5 });
  wands(pen, [[66, 238], [150, 250], [228, 268]], { length: 284, width: 16, leaves: 8 });
  tufts(pen, [[40, 372], [108, 380], [186, 396]], 12);
}

function four(pen: Pen): void {
  warmSky(pen, 200);
  castle(pen, { x: 118, y: 330, scale: 1.15 }, ink.SAND, ink.RED);
  castle(pen, { x: 190, y: 330, scale: 1, mirror: true }, ink.SAND, ink.RED);
  hill(pen, [[10, 330], [100, 320], [200, 330], [290, 322]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  pen.shape('M128 326H172L214 440H86Z', ink.SAND, { weight: 2.4 });
  wands(pen, [[52, 256], [104, 248], [196, 248], [248, 256]], { length: 330, width: 15, leaves: 6 });
  // A garland from staff to staff.
  pen.line('M44 118C70 166 86 166 104 128C124 184 176 184 196 128C214 166 230 166 256 118', 6, ink.MOSS);
  const spots = [[58, 138], [76, 154], [92, 146], [114, 150], [132, 166], [150, 170], [168, 166], [186, 150], [208, 146], [224, 154], [242, 138]] as const;
  spots.forEach(([x, y], i) => {
    leaf(pen, { x, y, turn: 60 + i * 8 }, 17, ink.GREEN);
    leaf(pen, { x, y, turn: -50 - i * 6 }, 17, ink.GREEN);
    if (i % 2 === 0) rose(pen, { x, y }, i % 4 ? ink.LIGHT : ink.RED);
    else pen.motif('orange', { x, y: y + 6 }, () => pen.shape(ellipse(0, 0, 7), ink.OCHRE, { weight: 1.9, relief: 0.4 }));
  });
  for (const [x, y] of [[70, 414], [88, 426], [230, 416], [212, 428], [40, 426], [262, 426]] as const) rose(pen, { x, y }, x % 4 ? ink.RED : ink.LIGHT);
}

function five(pen: Pen): void {
  warmSky(pen, 226);
  hill(pen, [[10, 376], [90, 366], [200, 380], [290, 368]], ink.SAND, { shade: { depth: 44, gap: 7 } });
  pen.cut('M40 402Q80 392 110 402M180 416Q220 406 258 414M90 426H140', 2.3);
  wands(pen, [[150, 232, 0], [118, 240, 38], [184, 236, -38], [104, 222, -64], [198, 246, 66]], { length: 282, width: 16, leaves: 6 });
  for (const [x, y, r] of [[150, 210, 13], [182, 178, 9], [112, 190, 9], [176, 262, 9], [126, 262, 9]] as const) star(pen, x, y, r, ink.LIGHT, 8);
  tufts(pen, [[60, 388], [232, 386], [150, 432]], 12, ink.BROWN);
}

function six(pen: Pen): void {
  warmSky(pen, 160);
  hill(pen, [[10, 384], [150, 372], [290, 384]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  wands(pen, [[54, 270, -5], [92, 276, -3], [208, 276, 3], [246, 270, 5]], { length: 256, width: 14, leaves: 5 });
  wands(pen, [[128, 306, -2]], { length: 220, width: 14, leaves: 3 });
  wand(pen, { x: 160, y: 254 }, { length: 318, width: 18, leaves: 4 });
  // The wreath of the victor.
  for (const mirror of [false, true]) {
    pen.at({ x: 160, y: 152, mirror }, () => {
      for (let i = 0; i < 9; ++i) {
        const a = (80 - i * 19) * (Math.PI / 180);
        const [x, y] = [Math.cos(a) * 46, Math.sin(a) * 46];
        leaf(pen, { x, y, turn: 80 - i * 19 - 62 }, 24, ink.GREEN, 2);
        leaf(pen, { x, y, turn: 80 - i * 19 - 118 }, 20, ink.MOSS, 2);
      }
    });
  }
  ribbon(pen, { x: 160, y: 202, scale: 1.2 }, ink.RED);
  for (const [x, y] of [[40, 408], [78, 420], [116, 410], [206, 414], [244, 406], [268, 424]] as const) rose(pen, { x, y }, ink.RED);
}

function seven(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  skyLines(pen, 62, 300, '#e0b455', 11);
  hill(pen, [[10, 408], [70, 366], [120, 336], [160, 330], [206, 350], [250, 386], [290, 412]], ink.GREEN, { shade: { depth: 60, gap: 7 } });
  pen.shape('M96 352C120 332 150 326 178 336C190 342 200 350 206 360C170 350 130 350 96 352Z', ink.MOSS, { weight: 2.3 });
  wand(pen, { x: 152, y: 196, turn: 16 }, { length: 288, width: 20, leaves: 8 });
  wands(pen, [[44, 348, 8], [86, 366, 4], [128, 386, 2], [178, 386, -2], [222, 366, -5], [262, 346, -9]], { length: 190, width: 14, leaves: 4 });
}

function eight(pen: Pen): void {
  backdrop(pen, ink.MIST);
  skyLines(pen, 64, 340, '#8fadab', 11);
  hill(pen, [[10, 356], [100, 344], [200, 356], [290, 340]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  house(pen, { x: 236, y: 350, scale: 0.8 });
  tree(pen, { x: 204, y: 354, scale: 0.5 });
  pen.shape('M10 400C80 376 130 410 180 396C230 384 260 400 290 386V440H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 410, 438, ink.MIST, 11, 24);
  const spots = [84, 138, 192, 246].flatMap((y) => [[90, y + 20], [206, y]] as const);
  wands(pen, spots.map(([x, y]) => [x, y, 62] as const), { length: 116, width: 12, leaves: 3 });
}

function nine(pen: Pen): void {
  warmSky(pen, 330);
  mountains(pen, [[40, 300], [262, 292]], 356, ink.PLUM);
  hill(pen, [[10, 354], [100, 346], [200, 354], [290, 346]], ink.GREEN);
  wands(pen, [[40, 262], [70, 254], [100, 260], [130, 252], [170, 252], [200, 260], [230, 254], [260, 262]], { length: 252, width: 13, leaves: 4 });
  pen.shape('M10 378C100 366 200 366 290 378V440H10Z', ink.SAND, { shade: { depth: 44, gap: 7 } });
  wand(pen, { x: 154, y: 276, turn: 7 }, { length: 286, width: 20, leaves: 5 });
  pen.shape('M140 262L172 254L174 282L142 290Z', ink.LIGHT, { weight: 2.4, shade: { depth: 10, gap: 4.4 } });
  pen.cut('M141 270L173 261M141 280L174 271', 1.9);
  pen.shape('M146 288C144 300 140 306 136 314L146 310L152 316C152 306 152 298 152 287Z', ink.LIGHT, { weight: 2 });
  tufts(pen, [[48, 408], [96, 424], [214, 420], [258, 404]], 12, ink.BROWN);
}

function ten(pen: Pen): void {
  warmSky(pen, 300);
  hill(pen, [[10, 364], [100, 352], [200, 362], [290, 350]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  house(pen, { x: 246, y: 356, scale: 0.84 });
  house(pen, { x: 208, y: 360, scale: 0.64 }, ink.SAND, ink.BROWN);
  tree(pen, { x: 50, y: 364, scale: 0.8 });
  pen.shape('M232 358C214 376 250 384 224 398C190 412 140 420 120 440H196C200 424 240 414 250 396C258 380 236 374 244 358Z', ink.SAND, { weight: 2.3 });
  const spots = [-34, -27, -20, -13, -6, 2, 9, 17, 25, 33].map((turn, i) => {
    const rad = (turn * Math.PI) / 180;
    return [150 + Math.sin(rad) * 34, 300 - Math.cos(rad) * 34 - 40 + (i % 2) * 8, turn] as const;
  });
  wands(pen, spots, { length: 296, width: 14, leaves: 5 });
  // The rope that holds them.
  for (const y of [282, 292, 302]) {
    pen.line(`M110 ${y}Q150 ${y + 12} 190 ${y - 2}`, 10.4);
    pen.line(`M110 ${y}Q150 ${y + 12} 190 ${y - 2}`, 6.4, ink.SAND);
    pen.line(`M112 ${y}Q150 ${y + 12} 188 ${y - 2}`, 5, ink.BROWN, '1.4 5');
  }
  vine(pen, [[36, 424, -20], [264, 424, 200]]);
  salamander(pen, 78, 418, 1.3);
}

export const WANDS: Partial<Record<Minor, Picture>> = {
  'ace-of-wands': one,
  'two-of-wands': two,
  'three-of-wands': three,
  'four-of-wands': four,
  'five-of-wands': five,
  'six-of-wands': six,
  'seven-of-wands': seven,
  'eight-of-wands': eight,
  'nine-of-wands': nine,
  'ten-of-wands': ten,
};
