// The Hanged Man to the Tower.
import type { Major } from '../cards.ts';
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { horse } from './animals.ts';
import { banner, masonry } from './buildings.ts';
import { cup } from './emblems.ts';
import { crown } from './headwear.ts';
import * as ink from './palette.ts';
import { arm, handOf, head, limb, robe, wing } from './people.ts';
import { backdrop, cloud, hill, leaf, lily, mountains, rays, skyLines, starPath, tufts, waves } from './sky.ts';

type Picture = (pen: Pen) => void;

function hangedMan(pen: Pen): void {
  backdrop(pen, ink.MIST);
  skyLines(pen, 66, 420, '#8fadab', 12);
  hill(pen, [[10, 410], [90, 400], [200, 410], [290, 402]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  // A living tree in the form of a T.
  limb(pen, [[150, 440], [148, 330], [152, 200], [150, 66]], [26, 21, 20, 20], ink.BROWN, { shade: { gap: 6, depth: 14 } });
  limb(pen, [[36, 96], [90, 90], [210, 92], [264, 96]], [15, 20, 20, 15], ink.BROWN, { shade: { gap: 6, depth: 9, angle: -60 } });
  pen.cut('M60 92H100M180 96H230M146 360V410M154 240V300', 2);
  for (const [x, y, turn] of [[52, 86, -70], [86, 80, -100], [112, 80, -60], [188, 80, -120], [214, 82, -70], [248, 88, -110], [40, 100, 170], [262, 100, 10], [164, 350, -30], [136, 390, 210], [164, 392, -20], [140, 68, 200], [162, 64, -30]] as const) leaf(pen, { x, y, turn }, 22, ink.GREEN, 2);
  rays(pen, { x: 150, y: 330 }, 40, 92, 36, ink.STRAW, 2.6);
  pen.shape(ellipse(150, 330, 42), ink.STRAW, { weight: 2.4 });
  // He hangs by one foot, calm, with the other leg crossed behind it.
  limb(pen, [[152, 208], [112, 178], [148, 148]], [26, 24, 13], ink.RED);
  pen.shape('M142 152C146 140 160 136 168 142L166 150C160 154 152 156 146 158Z', ink.OCHRE, { weight: 2.3 });
  limb(pen, [[146, 212], [150, 168], [152, 128]], [26, 21, 13], ink.RED);
  pen.shape('M143 130C142 118 146 108 150 102H158C161 112 161 122 160 130Z', ink.OCHRE, { weight: 2.4 });
  pen.line('M142 116H163M150 104C146 92 154 84 150 74', 4.6);
  pen.line('M142 116H163M150 104C146 92 154 84 150 74', 2, ink.STRAW);
  limb(pen, [[124, 270], [98, 252], [128, 222]], [22, 21, 17], ink.BLUE);
  limb(pen, [[176, 270], [202, 252], [172, 222]], [22, 21, 17], ink.BLUE);
  pen.shape('M142 300C128 296 118 288 118 276C122 256 132 240 132 218L124 192C140 202 160 202 176 192L168 218C168 240 178 256 182 276C182 288 172 296 158 300Q150 290 142 300Z', ink.BLUE, { shade: { depth: 18 } });
  pen.shape('M131 216Q150 224 169 216V226Q150 234 131 226Z', ink.OCHRE, { weight: 2 });
  pen.cut('M140 236C136 252 132 264 130 280M160 236C164 252 168 264 170 280M150 236V284', 2);
  for (const y of [246, 262, 278]) pen.shape(ellipse(150, y, 3), ink.OCHRE, { weight: 1.5, relief: 0.2 });
  pen.shape('M143 296H157L156 312H144Z', ink.SKIN, { weight: 2.2 });
  head(pen, { x: 150, y: 328, turn: 180 }, { hair: 'short', hairColour: ink.OCHRE, eyes: 'closed' });
  tufts(pen, [[50, 412], [96, 418], [214, 418], [254, 412]], 13);
}

function skull(pen: Pen, x: number, y: number, turn = 0): void {
  pen.at({ x, y, turn }, () => {
    pen.shape('M-15 -4C-17 -22 17 -22 15 -4C16 2 14 6 10 8L9 18Q0 22 -9 18L-10 8C-14 6 -16 2 -15 -4Z', ink.LIGHT, { weight: 2.4, shade: { gap: 4.4, depth: 8, weight: 1.5 } });
    for (const side of [-1, 1]) pen.fill(`M${side * 2.5} 0C${side * 3} -6 ${side * 12} -6 ${side * 11} 0C${side * 10} 5 ${side * 3} 5 ${side * 2.5} 0Z`, ink.INK);
    pen.fill('M0 3L3 9H-3Z', ink.INK);
    pen.line('M-7 13H7M-4 10V17M0 10V18M4 10V17', 1.5);
  });
}

function death(pen: Pen): void {
  backdrop(pen, ink.SLATE);
  skyLines(pen, 66, 250, '#82868c', 11);
  // The sun between two towers, far away.
  pen.shape(ellipse(236, 282, 21), ink.OCHRE, { weight: 2.4 });
  rays(pen, { x: 236, y: 282 }, 26, 84, 24, ink.STRAW, 2);
  hill(pen, [[10, 300], [100, 290], [190, 296], [290, 288]], ink.BLUE, { shade: { depth: 40, gap: 7 } });
  for (const x of [210, 262]) {
    pen.shape(`M${x - 10} 296V258H${x + 10}V296Z`, ink.STONE, { weight: 2.4, shade: { gap: 5, depth: 9 } });
    pen.shape(`M${x - 13} 260V250H${x - 8}V254H${x - 3}V250H${x + 3}V254H${x + 8}V250H${x + 13}V260Z`, ink.STONE, { weight: 2.2 });
    pen.fill(`M${x - 2} 268H${x + 3}V278H${x - 2}Z`, ink.INK);
  }
  pen.shape('M10 330C90 318 210 322 290 312V366H10Z', ink.MIST, { weight: 2.4 });
  waves(pen, 336, 356, ink.BLUE, 11, 24);
  hill(pen, [[10, 366], [120, 356], [290, 362]], ink.SAND, { shade: { depth: 40, gap: 7 } });
  horse(pen, { x: 124, y: 402, scale: 1.12 }, { coat: ink.LIGHT, mane: '#d5cdbb', gait: 'walk', bridle: ink.INK }, () => {
    pen.shape('M-52 -86C-36 -98 0 -96 26 -94C34 -76 30 -58 22 -48C2 -42 -30 -42 -44 -50C-54 -58 -58 -74 -52 -86Z', ink.INK, { weight: 2.4 });
    pen.line('M-46 -54C-30 -46 4 -46 21 -52', 2.4, ink.STRAW, '0.1 6');
    skull(pen, -14, -72);
  });
  // The rider: a skeleton in black armour.
  limb(pen, [[104, 288], [140, 318], [132, 366]], [26, 20, 14], '#3b3432', { shadeInk: ink.STONE });
  pen.shape('M122 362H142C148 366 156 370 158 376H122Z', '#3b3432', { weight: 2.3 });
  pen.cut('M128 322Q140 314 150 322M126 340L142 342', 2.2, 'lens', ink.STONE);
  pen.shape('M84 216C96 204 130 204 142 216C148 240 142 268 134 292Q112 302 90 292C82 268 78 240 84 216Z', '#3b3432', { shade: { depth: 14 }, shadeInk: ink.STONE });
  pen.cut('M94 230Q112 240 132 230M92 246Q112 256 134 246M92 262Q112 272 134 262M113 222V290', 2.2, 'lens', ink.STONE);
  banner(pen, { x: 168, y: 300, turn: 3 }, 220, ink.INK, () => {
    for (let i = 0; i < 5; ++i) {
      const p = polar({ x: 30, y: -192 }, 9, i * 72 - 90);
      pen.shape(ellipse(p.x, p.y, 6.4), ink.LIGHT, { weight: 1.4, relief: 0 });
    }
    pen.shape(ellipse(30, -192, 5.4), ink.STRAW, { weight: 1.4, relief: 0 });
  });
  arm(pen, { shoulder: [140, 224], elbow: [152, 262], hand: [170, 244], sleeve: '#3b3432', lining: ink.STONE, skin: ink.LIGHT, widths: [22, 19, 17] });
  arm(pen, { shoulder: [88, 224], elbow: [88, 266], hand: [136, 276], sleeve: '#3b3432', lining: ink.STONE, skin: ink.LIGHT, widths: [22, 19, 17] });
  pen.shape('M105 204H121L122 192H104Z', ink.LIGHT, { weight: 2 });
  skull(pen, 114, 176);
  pen.shape('M98 172C94 146 134 146 131 172C122 162 106 162 98 172Z', '#3b3432', { weight: 2.4 });
  pen.shape('M112 150C104 132 92 128 82 134C92 138 98 144 102 156Z', ink.RED, { weight: 2.2 });
  // A king has fallen, a child looks up.
  pen.shape('M16 416C30 404 62 402 84 410C94 414 96 428 92 440H16Z', ink.PLUM, { shade: { depth: 26, gap: 5.4, side: 'left' } });
  pen.cut('M30 412C36 420 38 428 36 436M52 408C58 416 60 428 58 436', 2);
  head(pen, { x: 104, y: 418, turn: 78, scale: 0.86 }, { hair: 'bob', hairColour: ink.STONE, beard: 'short', eyes: 'closed' });
  pen.at({ x: 152, y: 428, turn: 40 }, () => crown(pen));
  pen.at({ x: 240, y: 374, scale: 0.8 }, () => robe(pen, { fill: ink.LIGHT, length: 96, hem: 34, shoulders: 22, waist: 18 }));
  arm(pen, { shoulder: [228, 384], elbow: [216, 398], hand: [208, 376], sleeve: ink.LIGHT, widths: [13, 13, 13] });
  head(pen, { x: 238, y: 350, scale: 0.82, turn: -14 }, { hair: 'bob', hairColour: ink.OCHRE, turn: -0.9, crown: () => {
    for (let i = 0; i < 5; ++i) pen.shape(ellipse(-12 + i * 6, -15 - (2 - Math.abs(i - 2)) * 1.6, 3.4), ink.RED, { weight: 1.4, relief: 0.2 });
  } });
}

function temperance(pen: Pen): void {
  backdrop(pen, ink.STRAW);
  skyLines(pen, 62, 124, ink.OCHRE, 11);
  rays(pen, { x: 60, y: 250 }, 30, 120, 26, ink.OCHRE, 2.2);
  mountains(pen, [[32, 262], [92, 274]], 322, ink.BLUE);
  pen.at({ x: 61, y: 244 }, () => pen.shape('M-10 0L-13 -12L-6 -6L0 -15L6 -6L13 -12L10 0Z', ink.OCHRE, { weight: 1.9, relief: 0.3 }));
  hill(pen, [[10, 322], [120, 312], [220, 322], [290, 314]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  pen.shape('M58 318C82 330 40 344 62 360C76 370 84 376 82 392L110 388C110 370 92 364 80 354C66 342 100 330 68 317Z', ink.SAND, { weight: 2.3 });
  pen.shape('M10 400C60 376 110 392 150 396C200 400 250 384 290 392V440H10Z', ink.MIST, { weight: 2.6 });
  waves(pen, 404, 436, ink.BLUE, 11, 26);
  for (const [x, y] of [[250, 322], [270, 340], [236, 348]] as const) {
    pen.line(`M${x} ${y}Q${x + 3} ${y + 40} ${x - 4} ${y + 76}`, 3, ink.MOSS);
    leaf(pen, { x: x - 2, y: y + 70, turn: -68 }, 50, ink.GREEN);
    lily(pen, { x, y, scale: 1.15 }, ink.OCHRE);
  }
  wing(pen, { x: 168, y: 178, scale: 1.25, turn: 8 }, ink.RED, ink.ROSE);
  wing(pen, { x: 132, y: 178, scale: 1.25, turn: -8, mirror: true }, ink.RED, ink.ROSE);
  limb(pen, [[136, 380], [132, 400], [130, 416]], [14, 12, 10], ink.SKIN, { weight: 2.3 });
  pen.shape('M122 414H138C142 418 146 420 146 424H120Z', ink.SKIN, { weight: 2.2 });
  pen.at({ x: 150, y: 182 }, () => {
    robe(pen, { fill: ink.LIGHT, length: 214, hem: 56, trim: ink.BLUE });
    pen.shape('M0 30L20 56H-22Z', ink.OCHRE, { weight: 2, relief: 0.4 });
  });
  pen.cut('M170 300C176 330 180 350 184 380', 2);
  // Water from one cup into the other.
  pen.line('M116 262C150 250 168 290 190 300', 10);
  pen.line('M116 262C150 250 168 290 190 300', 6, ink.BLUE);
  pen.line('M120 260C150 252 168 288 188 298', 1.6, ink.LIGHT);
  arm(pen, { shoulder: [118, 200], elbow: [78, 232], hand: [84, 262], sleeve: ink.LIGHT, lining: ink.BLUE, widths: [22, 25, 24], grip: 'none' });
  cup(pen, { x: 98, y: 256, turn: 62, scale: 0.84 });
  handOf(pen, { x: 87, y: 265, turn: 20 }, 'fist');
  arm(pen, { shoulder: [182, 200], elbow: [222, 258], hand: [214, 326], sleeve: ink.LIGHT, lining: ink.BLUE, widths: [22, 25, 24], grip: 'none' });
  cup(pen, { x: 200, y: 318, turn: -10, scale: 0.84 });
  handOf(pen, { x: 208, y: 334, turn: 160 }, 'fist');
  head(pen, { x: 150, y: 152 }, { hair: 'curls', hairColour: ink.OCHRE, eyes: 'closed', behind: () => {
    pen.line(ellipse(0, -2, 32), 2.2);
    pen.line(ellipse(0, -2, 27), 1.3);
  }, crown: () => {
    pen.shape(ellipse(0, -15, 5), ink.OCHRE, { weight: 1.8, relief: 0.3 });
    pen.fill(ellipse(0, -15, 1.4), ink.INK);
  } });
}

function captive(pen: Pen, x: number, mirror: boolean, skin: string, hairColour: string, hair: 'long' | 'short'): void {
  pen.at({ x, y: 328, mirror }, () => {
    limb(pen, [[-10, 66], [-14, 88], [-12, 108]], [20, 15, 10], skin);
    limb(pen, [[10, 66], [14, 88], [13, 108]], [20, 15, 10], skin);
    pen.shape('M-20 114C-20 106 -6 104 -6 110V115H-20ZM6 114C8 104 22 106 24 114V115H6Z', skin, { weight: 2 });
    pen.shape('M-8 -3C-14 1 -24 2 -25 12C-22 28 -18 34 -18 44C-22 56 -22 64 -20 74H20C22 64 22 56 18 44C18 34 22 28 25 12C24 2 14 1 8 -3Z', skin, { weight: 2.6, shade: { depth: 14 } });
    pen.shape('M-21 54C-12 60 12 60 21 54L22 78L12 88L0 80L-12 88L-22 78Z', ink.GREEN, { weight: 2.3, shade: { gap: 5, depth: 10 } });
    limb(pen, [[-22, 10], [-30, 34], [-24, 58]], [13, 12, 9], skin, { weight: 2.4 });
    limb(pen, [[22, 10], [30, 34], [26, 58]], [13, 12, 9], skin, { weight: 2.4 });
    handOf(pen, { x: -23, y: 61, turn: 80, scale: 0.9 }, 'fist', skin);
    handOf(pen, { x: 26, y: 61, turn: 96, scale: 0.9 }, 'fist', skin);
    pen.shape('M-6 -12H6L8 2H-8Z', skin, { weight: 2 });
    pen.line('M-9 0Q0 7 9 0', 5);
    pen.line('M-9 0Q0 7 9 0', 2, ink.STONE);
    head(pen, { x: 0, y: -26, scale: 0.92 }, { hair, hairColour, skin, turn: -0.5, crown: () => {
      for (const side of [-1, 1]) pen.shape(`M${side * 7} -18C${side * 8} -28 ${side * 14} -30 ${side * 16} -34C${side * 18} -26 ${side * 16} -18 ${side * 12} -14Z`, ink.OCHRE, { weight: 1.8, relief: 0.3 });
    } });
  });
}

function devil(pen: Pen): void {
  backdrop(pen, '#3a2c2b');
  rays(pen, { x: 150, y: 170 }, 30, 250, 36, '#57403a', 3);
  pen.shape('M10 418H290V440H10Z', '#57403a', { weight: 2.4 });
  for (const mirror of [false, true]) {
    pen.at({ x: 150, y: 196, mirror }, () => {
      pen.shape('M16 4C34 -26 60 -56 112 -66C104 -54 104 -44 112 -34C100 -36 94 -28 98 -12C86 -18 78 -12 80 6C68 0 60 6 60 24C46 18 28 16 16 4Z', ink.PLUM, { weight: 2.8, shade: { angle: 50, gap: 6, depth: 18 } });
      pen.cut('M20 2C50 -20 80 -46 110 -64M22 4C52 -8 80 -22 108 -34M22 6C50 2 74 -4 96 -12M24 8C40 8 60 8 78 5', 2.4, 'in');
    });
  }
  // Inverted pentagram.
  pen.line(starPath(150, 84, 22, 5, 0.39).replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, x: string, y: string) => `${x} ${168 - Number(y)}`), 2.6, ink.OCHRE);
  // The block to which they are chained.
  pen.shape('M92 330H208V424H92Z', ink.SLATE, { shade: { depth: 30 } });
  pen.shape('M84 318H216V334H84Z', ink.SLATE, { weight: 2.6, shade: { gap: 5.4, depth: 20, angle: -4 } });
  pen.line(ellipse(150, 362, 11), 6);
  pen.line(ellipse(150, 362, 11), 2.8, ink.OCHRE);
  for (const side of [-1, 1]) {
    const chain = `M${150 + side * 9} 370C${150 + side * 24} 404 ${150 + side * 62} 392 ${150 + side * 84} 332`;
    pen.line(chain, 6.4);
    pen.line(chain, 3, ink.STONE, '4 5');
  }
  // Goat's legs, a broad chest.
  for (const mirror of [false, true]) {
    pen.at({ x: 150, y: 0, mirror }, () => {
      limb(pen, [[12, 268], [46, 282], [34, 318]], [34, 28, 16], ink.BROWN);
      pen.cut('M36 270Q42 276 40 284M46 284Q46 292 40 298M28 272Q32 278 30 286', 2);
      pen.shape('M24 312H44L48 328H36L34 320L31 328H20Z', ink.INK, { weight: 2 });
    });
  }
  pen.shape('M134 188C112 190 104 200 104 216C110 240 122 250 120 270Q150 286 180 270C178 250 190 240 196 216C196 200 188 190 166 188Z', ink.ROSE, { shade: { depth: 20 } });
  pen.cut('M122 226Q136 234 148 226M152 226Q164 234 178 226M150 216V262M134 250Q150 258 166 250', 2.2);
  pen.shape('M118 258Q150 274 182 258L184 284C172 276 162 292 150 284C138 292 128 276 116 284Z', ink.BROWN, { weight: 2.4, shade: { angle: 70, gap: 5, depth: 8 } });
  arm(pen, { shoulder: [108, 206], elbow: [80, 196], hand: [78, 150], sleeve: ink.ROSE, lining: ink.ROSE, skin: ink.ROSE, widths: [25, 19, 15], grip: 'open' });
  // The torch, turned down.
  pen.at({ x: -14, y: 0 }, () => {
    pen.line('M226 236L220 280', 9);
    pen.line('M226 236L220 280', 5, ink.BROWN);
    pen.shape('M210 276C200 288 206 306 218 320C232 308 238 290 228 274C228 282 224 284 221 278C217 286 212 284 210 276Z', ink.OCHRE, { weight: 2.4 });
    pen.fill('M215 288C212 296 214 304 218 310C224 302 226 294 223 288C222 292 218 294 215 288Z', ink.RED);
  });
  arm(pen, { shoulder: [192, 206], elbow: [220, 222], hand: [211, 250], sleeve: ink.ROSE, lining: ink.ROSE, skin: ink.ROSE, widths: [25, 19, 15] });
  head(pen, { x: 150, y: 160, scale: 1.16 }, { hair: 'none', skin: ink.ROSE, hairColour: ink.INK, beard: 'short', behind: () => {
    for (const mirror of [false, true]) {
      pen.at({ mirror }, () => {
        pen.shape('M8 -14C22 -22 34 -36 28 -54C44 -40 38 -16 14 -4Z', ink.STONE, { weight: 2.3, shade: { gap: 4.4, depth: 8, weight: 1.5 } });
        pen.shape('M12 -2C20 -8 28 -8 32 -4C26 2 20 4 13 4Z', ink.ROSE, { weight: 2.1 });
      });
    }
  }, crown: () => pen.shape('M-15 -6C-14 -24 14 -24 15 -6C8 -14 -8 -14 -15 -6Z', ink.INK, { weight: 2 }) });
  captive(pen, 58, false, ink.SKIN, ink.OCHRE, 'long');
  captive(pen, 245, true, ink.DARK_SKIN, ink.INK, 'short');
}

function tower(pen: Pen): void {
  backdrop(pen, ink.NIGHT);
  skyLines(pen, 66, 400, '#43557a', 12);
  cloud(pen, { x: 60, y: 120, scale: 1.1 }, ink.SLATE);
  cloud(pen, { x: 246, y: 196, scale: 1.05, mirror: true }, ink.SLATE);
  cloud(pen, { x: 44, y: 262, scale: 0.9 }, ink.SLATE);
  hill(pen, [[10, 440], [60, 412], [104, 396], [150, 388], [204, 398], [250, 420], [290, 440]], ink.BROWN, { shade: { depth: 50, gap: 6 } });
  pen.cut('M70 424L100 410M200 412L236 428M120 420Q150 408 176 420', 2.4);
  pen.shape('M106 400L112 158H188L196 400Q150 412 106 400Z', ink.STONE, { shade: { depth: 30, gap: 6 } });
  masonry(pen, 114, 172, 186, 396, 18);
  for (const [x, y] of [[132, 214], [166, 214], [150, 290]] as const) {
    pen.shape(`M${x - 9} ${y + 26}V${y + 4}C${x - 9} ${y - 8} ${x + 9} ${y - 8} ${x + 9} ${y + 4}V${y + 26}Z`, ink.INK, { weight: 2.4 });
    pen.shape(`M${x - 6} ${y + 26}C${x - 12} ${y + 12} ${x - 2} ${y + 8} ${x - 3} ${y - 4}C${x + 4} ${y + 2} ${x + 10} ${y + 14} ${x + 6} ${y + 26}Z`, ink.OCHRE, { weight: 1.8, relief: 0.3 });
  }
  // Fire where the crown was, the crown thrown off.
  pen.shape('M106 162C94 140 112 130 106 110C122 118 124 128 126 136C128 116 144 108 142 88C160 98 160 118 158 132C166 126 168 118 166 108C186 120 180 136 186 142C190 138 192 134 192 128C202 144 198 154 194 164Q150 176 106 162Z', ink.RED, { weight: 2.8 });
  pen.shape('M120 162C114 148 126 140 124 130C136 138 136 148 138 152C142 138 150 132 148 120C160 130 160 144 160 152C168 148 168 142 168 138C178 148 178 156 176 164Q150 172 120 162Z', ink.OCHRE, { weight: 2 });
  pen.shape('M104 156H196V170H104Z', ink.STONE, { weight: 2.6, shade: { gap: 5.4, depth: 20, angle: -4 } });
  pen.at({ x: 92, y: 122, turn: -30, scale: 1.5 }, () => crown(pen, ink.OCHRE, ink.BLUE));
  pen.shape('M286 50L214 92L228 102L168 146L196 142L180 160L244 116L228 110L276 70Z', ink.STRAW, { weight: 2.6 });
  // Two fall.
  pen.at({ x: 72, y: 300, turn: 152, scale: 0.84 }, () => {
    limb(pen, [[-10, 78], [-18, 104], [-10, 126]], [18, 15, 11], ink.LIGHT);
    limb(pen, [[10, 78], [26, 98], [40, 118]], [18, 15, 11], ink.LIGHT);
    robe(pen, { fill: ink.BLUE, length: 92, hem: 32, shoulders: 26, waist: 20, belt: ink.OCHRE });
    arm(pen, { shoulder: [-24, 10], elbow: [-44, -8], hand: [-36, -40], sleeve: ink.BLUE, widths: [18, 17, 16], grip: 'open' });
    arm(pen, { shoulder: [24, 10], elbow: [46, -2], hand: [50, -36], sleeve: ink.BLUE, widths: [18, 17, 16], grip: 'open' });
    head(pen, { x: 0, y: -28 }, { hair: 'short', hairColour: ink.OCHRE });
  });
  pen.at({ x: 232, y: 330, turn: -146, scale: 0.84 }, () => {
    robe(pen, { fill: ink.RED, length: 120, hem: 44, shoulders: 26, waist: 20, trim: ink.OCHRE });
    arm(pen, { shoulder: [-24, 10], elbow: [-46, -4], hand: [-44, -38], sleeve: ink.RED, widths: [18, 17, 16], grip: 'open' });
    arm(pen, { shoulder: [24, 10], elbow: [44, -8], hand: [36, -42], sleeve: ink.RED, widths: [18, 17, 16], grip: 'open' });
    head(pen, { x: 0, y: -28 }, { hair: 'bob', hairColour: ink.INK, crown: () => crown(pen) });
  });
  for (const [x, y] of [[90, 180], [78, 214], [102, 240], [212, 240], [218, 270], [96, 340], [206, 300], [70, 376], [236, 258], [92, 370], [216, 386]] as const) {
    pen.motif('spark', { x, y }, () => pen.shape('M0 7C-6 6 -6 -1 -2 -4C-1 -7 1 -9 3 -10C3 -5 7 -2 6 2C6 5 4 7 0 7Z', ink.OCHRE, { weight: 1.6, relief: 0.3 }));
  }
}

export const MAJORS_C: Partial<Record<Major, Picture>> = {
  'the-hanged-man': hangedMan,
  death,
  temperance,
  'the-devil': devil,
  'the-tower': tower,
};
