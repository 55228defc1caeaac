// The Fool to the Wheel of Fortune, as signs among the stars.
import type { Major } from '../cards.ts';
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import {
  CENTRE, dial, glory, hills, leaf, lemniscate, moon, peaks, rose, sea, spark, spokes, starPath, sun, wings,
} from './celestial.ts';
import { emblem } from './emblems.ts';
import { DEEP, DUSK, GOLD, MIST, NIGHT, PALE, TINTS } from './frame.ts';

type Picture = (pen: Pen) => void;
const TINT = TINTS.major;

function fool(pen: Pen): void {
  sun(pen, { x: 206, y: 120 }, 28, 16);
  peaks(pen, [[238, 286], [262, 310]], 360);
  // The cliff, and a step beyond it.
  pen.shape('M20 330L122 322L160 330L150 352L158 372L146 392L152 440H20Z', NIGHT, { weight: 2.2 });
  pen.line('M40 344L112 338M46 362L132 354M40 384L126 376M50 404L132 398', 1, MIST);
  for (const [x, y, r] of [[176, 318, 8], [200, 302, 6.5], [222, 284, 5], [240, 262, 4], [254, 238, 3]] as const) spark(pen, x, y, r);
  // Staff and bag.
  pen.line('M138 320L74 150', 3.4);
  pen.line('M131 302L138 320', 5);
  pen.shape('M80 156C54 158 40 190 56 208C76 224 106 206 102 180C100 168 92 160 86 154Z', NIGHT, { weight: 2.2 });
  pen.line('M72 158Q82 166 92 160M76 160C66 172 62 186 66 202M86 160C94 172 96 186 90 200', 1.2);
  pen.shape(starPath(79, 186, 13, 5, 0.382), TINT, { weight: 1.4 });
  pen.shape('M66 150Q74 138 88 144Q84 152 76 158Q68 156 66 150Z', NIGHT, { weight: 1.8 });
  // The rose, and a small dog made of five lines.
  pen.line('M108 322Q118 300 112 282', 1.6);
  leaf(pen, { x: 113, y: 300, turn: -30 }, 14);
  rose(pen, { x: 111, y: 274 }, PALE);
  pen.shape('M40 330L44 308L34 296L46 300L62 300L70 288L74 296L84 300L78 308L70 310L68 330H63L62 316L50 316L46 330Z', NIGHT, { weight: 1.7 });
}

function magician(pen: Pen): void {
  lemniscate(pen, 150, 96, 15);
  glory(pen, CENTRE, 70, 112, 48, MIST, 1);
  // As above, so below: two triangles around one point.
  pen.shape('M150 140L214 250H86Z', NIGHT, { weight: 2.2 });
  pen.line('M150 300L86 190H214Z', 2.2);
  pen.line(ellipse(150, 220, 72), 1.2);
  pen.shape(ellipse(150, 220, 24), DEEP, { weight: 1.8 });
  pen.shape('M130 220Q150 200 170 220Q150 240 130 220Z', NIGHT, { weight: 1.6 });
  pen.shape(ellipse(150, 220, 7), TINT, { weight: 1.4 });
  pen.line('M150 118V148M150 292V326', 2.6);
  spark(pen, 150, 126, 12);
  // The table with the four tools.
  pen.shape('M40 352H260L268 366H32Z', NIGHT, { weight: 2 });
  pen.line('M32 366V374H268V366M52 374V426M248 374V426M66 374V426M234 374V426', 1.8);
  emblem(pen, 'wands', { x: 66, y: 318, scale: 0.78 });
  emblem(pen, 'cups', { x: 118, y: 320, scale: 0.78 });
  emblem(pen, 'swords', { x: 182, y: 318, scale: 0.78 });
  emblem(pen, 'pentacles', { x: 234, y: 326, scale: 0.76 });
  for (const x of [100, 150, 200]) rose(pen, { x, y: 404 }, TINT);
}

function column(pen: Pen, x: number, top: number, base: number, light: boolean): void {
  pen.shape(`M${x - 15} ${top + 14}H${x + 15}V${base - 12}H${x - 15}Z`, light ? DUSK : DEEP, { weight: 2 });
  pen.line(`M${x - 5} ${top + 16}V${base - 14}M${x + 5} ${top + 16}V${base - 14}`, 1, light ? GOLD : MIST);
  pen.shape(`M${x - 22} ${top}H${x + 22}L${x + 15} ${top + 14}H${x - 15}Z`, light ? DUSK : DEEP, { weight: 1.8 });
  pen.shape(`M${x - 15} ${base - 12}H${x + 15}L${x + 22} ${base}H${x - 22}Z`, light ? DUSK : DEEP, { weight: 1.8 });
  pen.line(`M${x - 14} ${top + 7}H${x + 14}`, 1);
}

function priestess(pen: Pen): void {
  column(pen, 62, 130, 408, false);
  column(pen, 238, 130, 408, true);
  // The veil: rows of drops.
  for (let row = 0; row < 9; ++row) {
    for (let k = 0; k < 6 - (row % 2); ++k) {
      const [x, y] = [100 + k * 20 + (row % 2) * 10, 150 + row * 24];
      pen.motif('seed', { x, y }, () => pen.line('M0 -5Q5 2 0 6Q-5 2 0 -5Z', 1, MIST));
    }
  }
  glory(pen, { x: 150, y: 214 }, 56, 84, 40, GOLD, 1.2);
  pen.shape(ellipse(150, 214, 52), DEEP, { weight: 2 });
  moon(pen, { x: 150, y: 214 }, 40, 2);
  pen.line('M134 206Q140 211 146 206M154 206Q160 211 166 206M150 208L147 222H152M142 231Q150 236 158 231', 1.6, DEEP);
  moon(pen, { x: 92, y: 214 }, 19, -1);
  moon(pen, { x: 208, y: 214 }, 19, 1);
  // The scroll.
  pen.shape('M112 318Q150 326 188 318V350Q150 358 112 350Z', NIGHT, { weight: 2 });
  for (const x of [112, 188]) pen.shape(ellipse(x, 334, 6, 19), NIGHT, { weight: 1.8 });
  pen.line('M128 330H172M128 338H172M134 346H166', 1.1);
  sea(pen, 386, 4, MIST, 12);
  moon(pen, { x: 150, y: 392, turn: 90 }, 18, -1, TINT);
}

function empress(pen: Pen): void {
  dial(pen, { x: 150, y: 206 }, 98, 72, GOLD);
  for (let i = 0; i < 12; ++i) {
    const p = polar({ x: 150, y: 206 }, 76, i * 30 - 90);
    pen.motif('twelve', p, () => pen.fill(starPath(0, 0, 7, 5, 0.42), PALE));
  }
  // The sign of Venus in a heart.
  pen.shape('M150 276C112 246 96 216 104 192C110 172 140 170 150 194C160 170 190 172 196 192C204 216 188 246 150 276Z', NIGHT, { weight: 2.4 });
  pen.line(ellipse(150, 210, 17), 2.8);
  pen.line('M150 227V258M138 243H162', 2.8);
  pen.fill(ellipse(150, 210, 6), TINT);
  hills(pen, [[350, 336, 344, 332, 350], [376, 366, 372, 362, 376]], [DUSK, NIGHT]);
  // Wheat to both sides.
  for (const mirror of [false, true]) {
    for (const [x, y, turn] of [[-24, 292, -6], [-58, 300, -14], [-90, 318, -22]] as const) {
      pen.at({ x: 150, y: 0, mirror }, () => {
        pen.line(`M${x * 0.9} 430Q${x * 0.92} 370 ${x} ${y + 36}`, 1.5);
        pen.motif('ear', { x, y: y + 14, turn }, () => {
          for (let i = 0; i < 5; ++i) for (const side of [-1, 1]) {
            const at = 20 - i * 10;
            pen.shape(`M0 ${at}Q${side * 10} ${at - 4} ${side * 9} ${at - 15}Q${side * 1} ${at - 10} 0 ${at}Z`, NIGHT, { weight: 1.2 });
          }
          pen.line('M0 22V-34', 1.1);
        });
      });
    }
  }
  rose(pen, { x: 150, y: 396, scale: 1.3 }, TINT);
  leaf(pen, { x: 164, y: 402, turn: 20 }, 20);
  leaf(pen, { x: 136, y: 402, turn: 160 }, 20);
}

function spiral(x: number, y: number, r: number, turns: number, way: number, start: number): string {
  let data = '';
  for (let i = 0; i <= turns * 12; ++i) {
    const t = i / (turns * 12);
    const p = polar({ x, y }, r * (1 - t * 0.86), start + way * t * turns * 360);
    data += `${i ? 'L' : 'M'}${p.x} ${p.y}`;
  }
  return data;
}

function emperor(pen: Pen): void {
  peaks(pen, [[60, 262], [240, 262], [104, 298], [196, 298]], 380);
  glory(pen, { x: 150, y: 186 }, 86, 116, 36, GOLD, 1.3);
  // A ram's head whose horns turn like galaxies.
  for (const side of [-1, 1]) {
    pen.line(spiral(150 + side * 58, 186, 42, 1.6, side, side > 0 ? 200 : -20), 7.6);
    pen.line(spiral(150 + side * 58, 186, 42, 1.6, side, side > 0 ? 200 : -20), 4.4, NIGHT);
    pen.line(spiral(150 + side * 58, 186, 42, 1.6, side, side > 0 ? 200 : -20), 1.4, GOLD, '1 5');
  }
  pen.shape('M122 166Q150 150 178 166Q182 206 164 238L150 252L136 238Q118 206 122 166Z', NIGHT, { weight: 2.4 });
  pen.line('M150 160V214M136 238Q150 228 164 238M142 242L150 248L158 242', 1.5);
  pen.line('M130 190Q138 182 144 192M156 192Q162 182 170 190', 2);
  pen.shape('M150 168L157 180L150 192L143 180Z', TINT, { weight: 1.4 });
  // The crown above, the cube below.
  pen.shape('M122 136L116 104L134 120L150 94L166 120L184 104L178 136Q150 144 122 136Z', NIGHT, { weight: 2.2 });
  pen.line('M121 130Q150 138 179 130', 1.1);
  for (const [x, y] of [[116, 102], [150, 91], [184, 102]] as const) pen.fill(ellipse(x, y, 3.6), PALE);
  pen.shape('M98 330L150 306L202 330V396L150 420L98 396Z', NIGHT, { weight: 2.2 });
  pen.line('M98 330L150 354L202 330M150 354V420', 1.8);
  pen.line('M150 370V408M138 382H162', 2.4);
  pen.line(ellipse(150, 364, 7), 2.2);
  pen.line('M110 344V392M122 350V398M190 344V392M178 350V398', 0.9, MIST);
}

function hierophant(pen: Pen): void {
  column(pen, 58, 150, 412, false);
  column(pen, 242, 150, 412, false);
  glory(pen, { x: 150, y: 160 }, 62, 100, 36, GOLD, 1.3);
  // Three crowns.
  pen.shape('M116 194C108 140 126 104 150 90C174 104 192 140 184 194Q150 204 116 194Z', NIGHT, { weight: 2.3 });
  for (const [y, w] of [[188, 36], [158, 36], [130, 27]] as const) {
    pen.shape(`M${150 - w} ${y}L${150 - w - 4} ${y - 18}L${150 - w / 2} ${y - 8}L150 ${y - 20}L${150 + w / 2} ${y - 8}L${150 + w + 4} ${y - 18}L${150 + w} ${y}Q150 ${y + 10} ${150 - w} ${y}Z`, DUSK, { weight: 1.8 });
    pen.fill(ellipse(150, y - 3, 3), TINT);
  }
  pen.line('M150 90V72M143 79H157', 2.2);
  // The keys cross under it.
  for (const mirror of [false, true]) {
    pen.at({ x: 150, y: 300, mirror, turn: mirror ? -32 : 32 }, () => {
      pen.line('M0 -52V84M0 78H18V66M0 62H14', 6);
      pen.line('M0 -52V84M0 78H18V66M0 62H14', 2.8, mirror ? NIGHT : DUSK);
      pen.shape(ellipse(0, -68, 17), NIGHT, { weight: 2.2 });
      pen.line(ellipse(0, -68, 8), 1.5);
      for (const a of [-90, 150, 30]) {
        const p = polar({ x: 0, y: -68 }, 17, a);
        pen.fill(ellipse(p.x, p.y, 3), GOLD);
      }
    });
  }
  pen.shape(ellipse(150, 300, 14), DEEP, { weight: 2 });
  spark(pen, 150, 300, 11);
}

function lovers(pen: Pen): void {
  wings(pen, 150, 126, 1.16);
  glory(pen, { x: 150, y: 118 }, 20, 44, 24, GOLD, 1.3);
  pen.shape(ellipse(150, 118, 15), NIGHT, { weight: 2 });
  pen.fill(starPath(150, 118, 11, 6, 0.5), PALE);
  // Sun and moon meet in an almond.
  pen.shape(ellipse(114, 248, 66), DUSK, { weight: 2.2 });
  pen.shape(ellipse(186, 248, 66), DUSK, { weight: 2.2 });
  pen.shape('M150 192.7Q214 248 150 303.3Q86 248 150 192.7Z', NIGHT, { weight: 1.2 });
  pen.line(ellipse(114, 248, 66), 2.2);
  pen.line(ellipse(186, 248, 66), 2.2);
  pen.line(ellipse(114, 248, 59) + ellipse(186, 248, 59), 0.9);
  sun(pen, { x: 88, y: 248 }, 15, 12);
  moon(pen, { x: 212, y: 248 }, 24, -1);
  pen.shape('M150 282C128 262 122 248 128 238C134 230 146 232 150 242C154 232 166 230 172 238C178 248 172 262 150 282Z', TINT, { weight: 1.8 });
  hills(pen, [[366, 350, 340, 350, 366], [390, 380, 376, 380, 390]], [DUSK, NIGHT]);
  // Two trees: one with fruit, one with flames.
  for (const side of [-1, 1]) {
    const x = 150 + side * 92;
    pen.line(`M${x} 420V356M${x} 384L${x - 14} 364M${x} 376L${x + 14} 358`, 2.2);
    pen.line(ellipse(x, 348, 26), 1.6);
    for (let i = 0; i < 7; ++i) {
      const p = polar({ x, y: 348 }, i ? 16 : 0, i * 60);
      if (side < 0) pen.fill(ellipse(p.x, p.y, 3), TINT);
      else pen.motif('flame', p, () => pen.fill('M0 5C-5 3 -4 -2 0 -7C4 -2 5 3 0 5Z', TINTS.wands));
    }
  }
  pen.line('M150 326C138 344 162 360 148 378C140 390 152 402 150 424', 1.3, MIST);
}

function chariot(pen: Pen): void {
  // A canopy of stars on two posts.
  pen.shape('M62 156C70 96 110 72 150 70C190 72 230 96 238 156Q216 168 194 156Q172 170 150 156Q128 170 106 156Q84 168 62 156Z', DUSK, { weight: 2.2 });
  pen.line('M106 156C112 118 130 90 150 70M194 156C188 118 170 90 150 70', 1.2);
  for (const [x, y] of [[92, 136], [124, 116], [150, 134], [176, 116], [208, 136]] as const) pen.fill(starPath(x, y, 6.5, 6, 0.45), PALE);
  pen.line('M78 160V316M222 160V316', 3);
  wings(pen, 150, 214, 0.82);
  pen.shape(ellipse(150, 208, 22), NIGHT, { weight: 2.2 });
  pen.shape(starPath(150, 208, 16, 8, 0.44), TINT, { weight: 1.3 });
  // The car and its wheels.
  pen.shape('M84 270H216L206 336H94Z', NIGHT, { weight: 2.3 });
  pen.line('M86 282H214M92 324H208', 1.2);
  pen.shape('M150 288L162 304L150 320L138 304Z', TINT, { weight: 1.5 });
  for (const side of [-1, 1]) {
    const centre = { x: 150 + side * 76, y: 344 };
    pen.shape(ellipse(centre.x, centre.y, 38), DEEP, { weight: 2.3 });
    pen.line(ellipse(centre.x, centre.y, 31), 1.2);
    pen.line(spokes(centre, 9, 31, 12), 1.5);
    pen.shape(ellipse(centre.x, centre.y, 8), NIGHT, { weight: 1.8 });
  }
  // What draws it: a dark moon and a bright one.
  moon(pen, { x: 124, y: 374, turn: 14 }, 25, 1, PALE);
  moon(pen, { x: 176, y: 374, turn: -14 }, 25, -1, MIST);
  pen.line('M60 412H240M84 422H216', 1.3, MIST);
}

function strength(pen: Pen): void {
  lemniscate(pen, 150, 92, 15);
  const centre = { x: 150, y: 232 };
  // The lion's mane is a sun.
  for (let i = 0; i < 28; ++i) {
    const a = (360 / 28) * i - 90;
    const [b, c, tip] = [polar(centre, 62, a - 7), polar(centre, 62, a + 7), polar(centre, i % 2 ? 92 : 108, a)];
    const [q, r] = [polar(centre, 84, a - 7), polar(centre, 84, a + 4)];
    pen.shape(`M${b.x} ${b.y}Q${q.x} ${q.y} ${tip.x} ${tip.y}Q${r.x} ${r.y} ${c.x} ${c.y}Z`, i % 2 ? DUSK : NIGHT, { weight: 1.5 });
  }
  for (const side of [-1, 1]) pen.shape(ellipse(150 + side * 42, 188, 14), NIGHT, { weight: 1.8 });
  pen.shape('M96 218C92 170 208 170 204 218C202 250 196 262 188 268C178 296 122 296 112 268C104 262 98 250 96 218Z', NIGHT, { weight: 2.4 });
  pen.line('M136 194C134 216 136 230 132 244M164 194C166 216 164 230 168 244', 1.5);
  for (const side of [-1, 1]) {
    pen.shape(`M${150 + side * 16} 220Q${150 + side * 28} 208 ${150 + side * 42} 218Q${150 + side * 30} 228 ${150 + side * 16} 220Z`, DEEP, { weight: 1.6 });
    pen.fill(ellipse(150 + side * 29, 218, 4), TINTS.wands);
    pen.line(`M${150 + side * 12} 264L${150 + side * 44} 258M${150 + side * 12} 269L${150 + side * 44} 270`, 0.9);
  }
  pen.shape('M134 246Q150 240 166 246Q162 258 150 262Q138 258 134 246Z', GOLD, { weight: 1.4 });
  pen.line('M150 262V272M130 274Q142 280 150 272Q158 280 170 274', 1.7);
  pen.shape('M150 172L157 184L150 196L143 184Z', TINT, { weight: 1.4 });
  // A chain of roses, lightly tied.
  pen.line('M40 352Q150 436 260 352', 1.8);
  for (let i = 0; i < 7; ++i) {
    const t = i / 6;
    const [x, y] = [40 + 220 * t, 352 + 84 * 2 * t * (1 - t)];
    leaf(pen, { x: x + 8, y: y + 4, turn: -30 + t * 60 }, 18);
    leaf(pen, { x: x - 8, y: y + 4, turn: 210 + t * 60 }, 18);
    rose(pen, { x, y }, TINT);
  }
}

function hermit(pen: Pen): void {
  const light = { x: 150, y: 196 };
  glory(pen, light, 60, 124, 40, MIST, 1.1);
  glory(pen, light, 46, 72, 24, GOLD, 1.6);
  peaks(pen, [[150, 296], [72, 336], [232, 330]], 440);
  pen.shape('M150 296L128 328L140 324L150 334L162 322L174 330Z', PALE, { weight: 1.4 });
  // The lantern hangs from the staff's crook.
  pen.line('M206 420C202 320 210 220 200 140C194 106 152 104 150 134', 5.6);
  pen.line('M206 420C202 320 210 220 200 140C194 106 152 104 150 134', 2.2, NIGHT);
  pen.line('M150 134V148', 1.8);
  pen.line(ellipse(150, 153, 5), 1.8);
  pen.shape('M122 178L150 158L178 178Z', NIGHT, { weight: 2.2 });
  pen.shape('M122 178H178V234H122Z', DEEP, { weight: 2.4 });
  pen.line('M128 184H172V228H128Z', 1.1);
  pen.line('M150 184L169 217H131ZM150 228L131 195H169Z', 2.2, PALE);
  pen.fill(ellipse(150, 206, 6), TINT);
  pen.shape('M116 234H184V243H116Z', NIGHT, { weight: 2 });
  for (const [x, y] of [[66, 110], [92, 78], [244, 116], [58, 168], [246, 196]] as const) spark(pen, x, y, 5);
}

function wheel(pen: Pen): void {
  const c = CENTRE;
  dial(pen, c, 104, 72);
  pen.shape(ellipse(c.x, c.y, 84), DUSK, { weight: 2.4 });
  pen.line(spokes(c, 24, 84, 8), 4.6);
  pen.line(spokes(c, 24, 84, 8), 1.8, NIGHT);
  pen.shape(ellipse(c.x, c.y, 54), NIGHT, { weight: 1.8 });
  pen.line(ellipse(c.x, c.y, 48), 0.9);
  // A wheel of eight phases of the moon.
  for (const [i, phase] of [2, -1, -1, -1, 0, 1, 1, 1].entries()) {
    const p = polar(c, 69, i * 45 - 90 + 22.5);
    moon(pen, p, 10.5, phase);
  }
  pen.shape(starPath(c.x, c.y, 44, 8, 0.4), NIGHT, { weight: 2 });
  pen.line(spokes(c, 0, 44, 8), 1);
  pen.shape(ellipse(c.x, c.y, 12), TINT, { weight: 1.8 });
  // Above the sphinx's crown, to the sides a serpent that falls and one that rises.
  pen.shape('M134 120L128 98L142 108L150 92L158 108L172 98L166 120Q150 126 134 120Z', NIGHT, { weight: 1.9 });
  for (const side of [-1, 1]) {
    const way = side < 0 ? 1 : -1;
    const snake = `M${150 + side * 112} ${232 - way * 92}C${150 + side * 132} ${232 - way * 60} ${150 + side * 98} ${232 - way * 34} ${150 + side * 114} ${232}C${150 + side * 130} ${232 + way * 34} ${150 + side * 96} ${232 + way * 60} ${150 + side * 112} ${232 + way * 92}`;
    pen.line(snake, 5.4);
    pen.line(snake, 2.6, NIGHT);
    pen.shape(ellipse(150 + side * 112, 232 + way * 95, 5, 7), TINT, { weight: 1.5 });
  }
  hills(pen, [[384, 372, 380, 370, 384]], [DUSK]);
  sea(pen, 398, 3, MIST, 12);
}

export const MAJORS_A: Partial<Record<Major, Picture>> = {
  'the-fool': fool,
  'the-magician': magician,
  'the-high-priestess': priestess,
  'the-empress': empress,
  'the-emperor': emperor,
  'the-hierophant': hierophant,
  'the-lovers': lovers,
  'the-chariot': chariot,
  strength,
  'the-hermit': hermit,
  'wheel-of-fortune': wheel,
};
