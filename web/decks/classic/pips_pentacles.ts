// The ten pips of pentacles.
import type { Minor } from '../cards.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { bird, dog } from './animals.ts';
import { castle, masonry, pillar } from './buildings.ts';
import { crown } from './headwear.ts';
import * as ink from './palette.ts';
import { ace, house, pentacles, ship } from './pips.ts';
import {
  backdrop, hill, leaf, lily, mountains, rays, rose, skyLines, tree, tufts, waves,
} from './sky.ts';
import { LOOKS, vine } from './suits.ts';

type Picture = (pen: Pen) => void;

function evening(pen: Pen, until = 300): void {
  backdrop(pen, ink.SAND);
  skyLines(pen, 62, until, '#d9bd85', 11);
}

function one(pen: Pen): void {
  evening(pen);
  rays(pen, { x: 172, y: 178 }, 80, 280, 36, ink.LIGHT, 2.6);
  mountains(pen, [[150, 316]], 372, ink.MIST, ink.LIGHT);
  hill(pen, [[10, 362], [150, 352], [290, 362]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  // A gate in a hedge of roses.
  pen.shape('M10 346C40 330 80 336 104 346V400H10ZM196 346C220 336 260 330 290 346V400H196Z', ink.MOSS, { weight: 2.7, shade: { depth: 26 } });
  pen.shape('M100 404V330C100 284 200 284 200 330V404H184V334C184 308 116 308 116 334V404Z', ink.MOSS, { weight: 2.7, shade: { depth: 8 } });
  for (const [x, y] of [[104, 336], [118, 308], [150, 296], [182, 308], [196, 336], [34, 352], [66, 346], [236, 346], [266, 352], [106, 372], [194, 372]] as const) rose(pen, { x, y, scale: 0.9 }, ink.RED);
  pen.shape('M122 400H178L206 440H94Z', ink.OCHRE, { weight: 2.4 });
  ace(pen, 164, 236, () => pentacles(pen, [[172, 170]], 64), ink.LIGHT, LOOKS.pentacles.skin);
  for (const [x, y] of [[46, 412], [76, 424], [226, 424], [256, 410]] as const) lily(pen, { x, y });
}

function two(pen: Pen): void {
  evening(pen);
  pen.shape('M10 306C40 270 70 330 100 300C130 268 160 330 200 296C230 270 260 316 290 290V440H10Z', ink.BLUE, { weight: 2.7 });
  waves(pen, 330, 386, ink.MIST, 14, 26);
  ship(pen, { x: 78, y: 312, scale: 1, turn: 12 });
  ship(pen, { x: 236, y: 296, scale: 1.1, turn: -10 }, ink.ROSE);
  hill(pen, [[10, 392], [150, 382], [290, 392]], ink.STONE, { shade: { depth: 44, gap: 7 } });
  // One endless band around both.
  const band = 'M0 0C26 -74 128 -78 128 0C128 78 26 74 0 0C-26 -74 -128 -78 -128 0C-128 78 -26 74 0 0Z';
  pen.at({ x: 150, y: 186, turn: -30 }, () => {
    pen.line(band, 22);
    pen.line(band, 16, ink.GREEN);
    pen.line(band, 2.2, ink.STRAW, '3 6');
  });
  pentacles(pen, [[212, 150], [88, 222]], 37);
}

function three(pen: Pen): void {
  backdrop(pen, ink.STONE);
  masonry(pen, 20, 40, 280, 436, 22);
  pen.shape('M34 440V190C34 100 110 64 150 52C190 64 266 100 266 190V440Z', ink.SAND, { weight: 3.2 });
  pen.shape('M52 440V200C52 130 110 94 150 82C190 94 248 130 248 200V440Z', '#3a3440', { weight: 2.6 });
  // Tracery with the three.
  for (const [x, y] of [[150, 140], [106, 210], [194, 210]] as const) {
    pen.shape(ellipse(x, y, 47), ink.STONE, { weight: 2.8, shade: { depth: 12, gap: 5 } });
  }
  pentacles(pen, [[150, 140], [106, 210], [194, 210]], 36);
  pillar(pen, 150, 252, 420, ink.STONE, 13);
  pen.shape('M52 418H248V440H52Z', ink.STONE, { weight: 2.6, shade: { depth: 40, gap: 6, angle: -4 } });
  for (const x of [96, 204]) pen.shape(`M${x - 24} 418V320C${x - 24} 288 ${x + 24} 288 ${x + 24} 320V418Z`, '#54495c', { weight: 2.6 });
  // The tools of the work.
  pen.at({ x: 96, y: 366, turn: -24 }, () => {
    pen.shape('M-4 -6H4V46H-4Z', ink.BROWN, { weight: 2.2, shade: { depth: 4, gap: 5 } });
    pen.shape('M-18 -24H18V-4H-18Z', '#c9cdc8', { weight: 2.4, shade: { depth: 10, gap: 4.6 } });
  });
  pen.at({ x: 204, y: 366, turn: 20 }, () => {
    pen.shape('M-5 10H5V44C5 50 -5 50 -5 44Z', ink.BROWN, { weight: 2.2, shade: { depth: 4, gap: 5 } });
    pen.shape('M-4 12L-9 -30L0 -38L9 -30L4 12Z', '#c9cdc8', { weight: 2.4, shade: { depth: 7, gap: 4.6 } });
  });
}

function four(pen: Pen): void {
  evening(pen);
  for (const [x, y, s] of [[48, 322, 1], [112, 330, 0.8], [190, 330, 0.9], [252, 322, 1]] as const) castle(pen, { x, y, scale: s }, ink.STONE, s === 1 ? ink.PLUM : ink.RED);
  pen.shape('M10 324C90 314 210 314 290 324V440H10Z', ink.STONE, { shade: { depth: 44, gap: 7 } });
  // A chest that nothing leaves: one on it, two held, one under the crown.
  pen.shape('M78 330H222V418H78Z', ink.BROWN, { shade: { depth: 26 } });
  pen.shape('M70 332C70 292 230 292 230 332V342H70Z', ink.BROWN, { shade: { depth: 26, angle: -6 } });
  for (const x of [92, 208]) pen.shape(`M${x - 8} 304H${x + 8}V420H${x - 8}Z`, ink.OCHRE, { weight: 2.3, shade: { depth: 6, gap: 5 } });
  pen.shape('M136 334H164V366C164 378 136 378 136 366Z', ink.OCHRE, { weight: 2.5 });
  pen.fill(ellipse(150, 350, 4.5) + 'M147.5 350H152.5L154 364H146Z', ink.INK);
  pentacles(pen, [[150, 256], [76, 212], [224, 212], [150, 164]], 40);
  pen.at({ x: 150, y: 124, scale: 1.7 }, () => crown(pen, ink.OCHRE, ink.RED));
  pen.cut('M28 408H70M230 412H274M40 428H100', 2.1);
}

function five(pen: Pen): void {
  backdrop(pen, ink.NIGHT);
  pen.shape('M56 360V150C56 92 110 60 150 50C190 60 244 92 244 150V360Z', ink.STONE, { weight: 3.2, shade: { depth: 14, gap: 6 } });
  pen.shape('M72 346V154C72 108 116 80 150 70C184 80 228 108 228 154V346Z', '#463d2a', { weight: 2.6 });
  // Coloured glass, lit from within.
  const glass: [string, string][] = [
    ['M78 340V262H146V340Z', ink.BLUE], ['M154 340V262H222V340Z', ink.GREEN], ['M78 256V190H146V256Z', ink.GREEN], ['M154 256V190H222V256Z', ink.BLUE],
    ['M78 184V156C80 122 116 92 146 80V184Z', ink.RED], ['M154 184V80C184 92 220 122 222 156V184Z', ink.PLUM],
  ];
  for (const [data, fill] of glass) pen.shape(data, fill, { weight: 2 });
  pentacles(pen, [[150, 124], [112, 214], [188, 214], [112, 300], [188, 300]], 30);
  hill(pen, [[10, 372], [100, 362], [200, 374], [290, 360]], ink.LIGHT, { shade: { depth: 60, gap: 7 } });
  // A crutch in the snow, and tracks that go by.
  pen.at({ x: 222, y: 388, turn: 22 }, () => {
    pen.line('M0 40V-36M-16 -36H16', 8);
    pen.line('M0 40V-36M-16 -36H16', 4.4, ink.BROWN);
  });
  for (const [x, y] of [[48, 412], [76, 402], [104, 414], [132, 404], [160, 416], [186, 406]] as const) pen.shape(ellipse(x, y, 8, 4), ink.MIST, { weight: 1.9, relief: 0.3 });
  for (let i = 0; i < 42; ++i) {
    const [x, y] = [pen.random.between(28, 272), pen.random.between(60, 400)];
    pen.motif('snow', { x, y }, () => pen.fill(ellipse(0, 0, 2.4), ink.LIGHT));
  }
}

function six(pen: Pen): void {
  evening(pen, 340);
  hill(pen, [[10, 384], [150, 372], [290, 384]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  house(pen, { x: 60, y: 384, scale: 0.8 });
  tree(pen, { x: 244, y: 386, scale: 0.7 });
  // Scales in balance, that give.
  pen.line('M150 84V386M76 128Q150 96 224 128', 10);
  pen.line('M150 84V386M76 128Q150 96 224 128', 5.4, ink.OCHRE);
  pen.shape('M112 396C118 378 182 378 188 396V408H112Z', ink.OCHRE, { weight: 2.7, shade: { depth: 18, gap: 5 } });
  pen.shape(ellipse(150, 106, 12), ink.RED, { weight: 2.4 });
  for (const x of [76, 224]) {
    pen.line(`M${x} 128L${x - 42} 274M${x} 128L${x + 42} 274M${x} 128V262`, 2.2);
    pen.shape(`M${x - 50} 272H${x + 50}C${x + 42} 310 ${x - 42} 310 ${x - 50} 272Z`, ink.OCHRE, { weight: 2.7, shade: { depth: 22, gap: 5 } });
  }
  pentacles(pen, [[76, 216], [55, 254], [97, 254], [224, 216], [203, 254], [245, 254]], 21.5);
  for (const [x, y] of [[82, 330], [104, 346], [196, 336], [218, 352], [92, 370], [206, 374]] as const) pen.motif('coin', { x, y }, () => pen.shape(ellipse(0, 0, 7, 5.6), ink.STRAW, { weight: 1.9, relief: 0.4 }));
  tufts(pen, [[34, 416], [92, 426], [214, 426], [266, 414]], 12);
}

function seven(pen: Pen): void {
  evening(pen);
  mountains(pen, [[50, 280], [256, 286]], 346, ink.PLUM);
  hill(pen, [[10, 348], [100, 338], [200, 350], [290, 340]], ink.OCHRE, { shade: { depth: 44, gap: 7 } });
  pen.cut('M30 384Q80 374 120 384M180 400Q230 390 274 398M40 416Q90 408 130 418', 2.2);
  // A bush that bears, and the hoe that rests.
  pen.shape('M92 430C52 424 34 384 46 350C22 320 30 270 58 258C50 212 84 172 122 174C160 152 208 182 206 226C232 244 240 290 220 320C232 360 214 412 170 426C146 436 116 436 92 430Z', ink.MOSS, { shade: { depth: 34 } });
  for (const [x, y, turn] of [[64, 240, 200], [52, 300, 190], [60, 380, 170], [100, 190, 250], [160, 184, 290], [204, 244, -10], [218, 300, 0], [204, 376, 20], [96, 290, 30], [150, 330, 130], [128, 236, 70], [110, 400, 80], [162, 400, 40], [176, 262, 100]] as const) leaf(pen, { x, y, turn }, 24, ink.GREEN, 2);
  pentacles(pen, [[128, 214], [84, 264], [170, 268], [122, 306], [76, 348], [174, 348], [124, 388]], 28);
  pen.line('M232 436L262 196', 9);
  pen.line('M232 436L262 196', 5, ink.BROWN);
  pen.shape('M254 204L268 182C282 178 292 184 296 196L276 198L266 212Z', '#c9cdc8', { weight: 2.5, shade: { depth: 10, gap: 4.6 } });
}

function eight(pen: Pen): void {
  evening(pen);
  castle(pen, { x: 56, y: 336, scale: 0.9 }, ink.STONE, ink.RED);
  house(pen, { x: 104, y: 338, scale: 0.7 });
  hill(pen, [[10, 340], [100, 330], [200, 342], [290, 332]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  // The work that is done hangs on a post.
  pen.shape('M192 58H216V440H192Z', ink.BROWN, { shade: { depth: 10 } });
  pen.shape('M150 58H258V74H150Z', ink.BROWN, { weight: 2.6, shade: { depth: 20, gap: 5.4, angle: -4 } });
  pentacles(pen, [[204, 108], [204, 166], [204, 224], [204, 282], [204, 340], [204, 398]], 27);
  // The bench with the piece in work.
  pen.shape('M26 388H40L36 440H22ZM150 388H164L170 440H156Z', ink.BROWN, { weight: 2.5 });
  pen.shape('M18 372H172V390H18Z', '#c08a55', { weight: 2.8, shade: { depth: 30, gap: 5.4, angle: -4 } });
  pentacles(pen, [[82, 338], [52, 408]], 33);
  pen.at({ x: 126, y: 318, turn: 42 }, () => {
    pen.shape('M-4 -4H4V48H-4Z', ink.OCHRE, { weight: 2.2, shade: { depth: 4, gap: 5 } });
    pen.shape('M-18 -22H18V-2H-18Z', '#c9cdc8', { weight: 2.4, shade: { depth: 10, gap: 4.6 } });
  });
  pen.at({ x: 146, y: 364, turn: 98 }, () => pen.shape('M-3 0H3L4 -30L0 -38L-4 -30Z', '#c9cdc8', { weight: 2.1 }));
}

function nine(pen: Pen): void {
  evening(pen);
  house(pen, { x: 252, y: 330, scale: 1.1 }, ink.LIGHT, ink.PLUM);
  hill(pen, [[10, 334], [150, 324], [290, 334]], ink.GREEN, { shade: { depth: 44, gap: 7 } });
  // A vineyard on trellises.
  pen.line('M48 440V110M150 440V96M252 440V110M30 150H270M30 250H270M30 350H270', 6.4);
  pen.line('M48 440V110M150 440V96M252 440V110M30 150H270M30 250H270M30 350H270', 3, ink.BROWN);
  vine(pen, [[40, 140, -40], [96, 146, 10], [204, 146, -60], [262, 140, 20], [44, 244, 60], [100, 250, -20], [196, 250, 30], [258, 246, -70], [42, 344, 20], [98, 352, 50], [206, 352, -10], [260, 346, 40]]);
  const grapes = [[100, 128], [200, 128], [74, 232], [226, 232], [100, 330], [200, 330]] as const;
  for (const [x, y] of grapes) {
    pen.motif('grapes', { x, y: y + 38 }, () => {
      for (const [dx, dy] of [[-8, -6], [0, -7], [8, -6], [-4, 1], [4, 1], [0, 8]] as const) pen.shape(ellipse(dx, dy, 5), ink.PLUM, { weight: 1.6, relief: 0.2 });
    });
  }
  pentacles(pen, [[66, 116], [150, 108], [234, 116], [66, 206], [234, 206], [66, 298], [234, 298], [112, 398], [190, 398]], 27);
  // A falcon on its perch, and a snail.
  pen.shape('M136 306H164V318H136Z', ink.RED, { weight: 2.3 });
  pen.line('M150 318V350', 4.6);
  pen.shape('M150 212C164 212 172 222 170 232L170 240C173 262 168 286 160 302L150 322L142 302C132 280 130 250 136 228C138 218 142 212 150 212Z', '#a9793f', { weight: 2.7, shade: { depth: 12, gap: 5 } });
  pen.shape('M138 244C136 268 140 288 148 304C156 286 158 262 152 242Z', ink.BROWN, { weight: 2.1, shade: { depth: 8, gap: 4.6 } });
  pen.shape('M150 246C160 250 164 266 160 284C156 292 150 296 148 292C154 276 154 258 150 246Z', ink.LIGHT, { weight: 1.6, relief: 0.3 });
  pen.shape('M168 226C176 226 182 232 180 242C176 238 172 238 168 238Z', ink.OCHRE, { weight: 2 });
  pen.fill(ellipse(159, 226, 3), ink.INK);
  pen.cut('M152 220Q160 216 167 222', 2);
  pen.shape('M38 424C38 408 60 406 62 420C64 414 74 414 74 408L77 408C79 416 78 426 68 430H36Z', ink.STONE, { weight: 2.2 });
  pen.cut('M46 422Q44 414 50 414Q56 416 52 422', 1.8);
}

function ten(pen: Pen): void {
  evening(pen);
  mountains(pen, [[150, 250]], 318, ink.MIST, ink.LIGHT);
  castle(pen, { x: 150, y: 330, scale: 1.3 }, ink.SAND, ink.RED);
  pen.shape('M10 326C90 318 210 318 290 326V440H10Z', ink.GREEN, { weight: 2.6 });
  pen.shape('M112 330H188L236 440H64Z', ink.SAND, { weight: 2.4 });
  // An old archway with arms on it.
  pen.shape('M10 440V40H290V440H252V190C252 110 48 110 48 190V440Z', ink.STONE, { weight: 3, shade: { depth: 18, gap: 6 } });
  pen.line('M10 150H52M10 200H46M10 250H46M10 300H46M10 350H46M10 400H46M248 150H290M254 200H290M254 250H290M254 300H290M254 350H290M254 400H290', 1.6);
  const spots = [[150, 96], [78, 138], [222, 138], [78, 208], [222, 208], [150, 178], [78, 286], [222, 286], [150, 262], [150, 350]] as const;
  // The ten as a tree.
  pen.line('M150 96L78 138V286L150 350L222 286V138L150 96M78 138L150 178L222 138M78 208H222M150 178V350M78 208L150 262L222 208M78 286L150 262L222 286', 2.6);
  pentacles(pen, spots, 24.5);
  dog(pen, { x: 102, y: 428, scale: 0.9 }, ink.LIGHT);
  dog(pen, { x: 206, y: 430, scale: 0.9, mirror: true }, ink.STONE);
  vine(pen, [[28, 92, 30], [36, 130, 60], [24, 176, 90], [30, 232, 80], [272, 92, 120], [266, 130, 100], [276, 176, 90], [270, 232, 96]]);
  bird(pen, { x: 64, y: 86, scale: 0.5 }, ink.LIGHT);
}

export const PENTACLES: Partial<Record<Minor, Picture>> = {
  'ace-of-pentacles': one,
  'two-of-pentacles': two,
  'three-of-pentacles': three,
  'four-of-pentacles': four,
  'five-of-pentacles': five,
  'six-of-pentacles': six,
  'seven-of-pentacles': seven,
  'eight-of-pentacles': eight,
  'nine-of-pentacles': nine,
  'ten-of-pentacles': ten,
};
