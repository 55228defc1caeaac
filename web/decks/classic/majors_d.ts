// The Star to the World.
import type { Major } from '../cards.ts';
import { polar, type Place } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { bird, dog, horse } from './animals.ts';
import { banner, masonry } from './buildings.ts';
import { garland } from './headwear.ts';
import { corners } from './majors_b.ts';
import * as ink from './palette.ts';
import { arm, head, limb, robe, wing } from './people.ts';
import { backdrop, cloud, hill, leaf, mountains, rays, skyLines, star, starPath, tree, tufts, waves } from './sky.ts';

type Picture = (pen: Pen) => void;

function jug(pen: Pen, place: Place, fill: string): void {
  pen.at(place, () => {
    pen.line('M12 -14C26 -16 28 6 13 8', 6);
    pen.line('M12 -14C26 -16 28 6 13 8', 2.8, fill);
    pen.shape('M-9 -24H9L8 -16C18 -8 20 10 10 22H-10C-20 10 -18 -8 -8 -16Z', fill, { weight: 2.5, shade: { gap: 4.8, depth: 11, weight: 1.7 } });
    pen.shape(ellipse(0, -24, 9.5, 3), ink.INK, { weight: 2, relief: 0 });
    pen.line('M-13 -4Q0 1 13 -4', 1.8);
  });
}

function theStar(pen: Pen): void {
  backdrop(pen, ink.BLUE);
  skyLines(pen, 66, 300, '#5b8799', 12);
  rays(pen, { x: 150, y: 122 }, 46, 104, 32, ink.MIST, 2);
  pen.shape(starPath(150, 122, 52, 8, 0.4), ink.STRAW, { weight: 2.8 });
  pen.shape(starPath(150, 122, 30, 8, 0.5), ink.OCHRE, { weight: 2, relief: 0.4 });
  for (const [x, y] of [[58, 88], [242, 88], [44, 160], [256, 160], [90, 190], [212, 190], [62, 232]] as const) star(pen, x, y, 13, ink.LIGHT, 8);
  mountains(pen, [[58, 286], [16, 300]], 350, ink.PLUM);
  hill(pen, [[10, 344], [110, 338], [200, 330], [290, 318]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  tree(pen, { x: 254, y: 326, scale: 1.1 });
  bird(pen, { x: 252, y: 244, scale: 0.8 }, ink.RED);
  const pool = 'M10 396C60 376 120 384 150 398C180 412 214 420 204 440H10Z';
  pen.shape(pool, ink.MIST, { weight: 2.7 });
  pen.within(pool, () => waves(pen, 402, 436, ink.BLUE, 10, 24));
  // Water from the two jugs: into the pool, and over the land.
  const streams = [
    'M60 334C54 354 64 374 58 398',
    'M252 332C258 352 250 374 254 394',
    'M254 394C242 404 228 404 212 414',
    'M254 394C264 406 260 418 272 430',
    'M254 394C252 410 242 420 234 438',
  ];
  pen.line(streams.join(''), 9.6);
  pen.line(streams.join(''), 6, ink.MIST);
  pen.line('M60 340C56 356 63 372 58 394M253 338C257 354 251 372 254 390', 1.7, ink.LIGHT);
  pen.line('M36 400Q58 390 80 400M28 408Q58 398 92 408', 2.2);
  // She kneels with one foot in the water.
  limb(pen, [[124, 344], [108, 372], [112, 408]], [24, 18, 12], ink.SKIN, { weight: 2.5 });
  pen.shape('M104 402H118C118 410 112 414 98 414C96 408 100 404 104 402Z', ink.SKIN, { weight: 2.2 });
  pen.shape('M134 292C118 308 104 330 106 350C116 364 138 366 150 368L148 396C176 404 214 402 226 396C230 380 222 330 180 292Q157 304 134 292Z', ink.LIGHT, { shade: { depth: 24 } });
  pen.cut('M146 306C134 322 124 338 122 354M160 308C164 332 160 352 152 364M172 306C190 330 202 362 206 394M166 312C178 340 184 368 184 396', 2.6, 'in');
  pen.shape('M150 210C142 216 132 216 128 226C128 244 138 258 138 274L134 294Q157 306 180 294L176 274C176 258 186 244 186 226C182 216 172 216 164 210Q157 222 150 210Z', ink.LIGHT, { shade: { depth: 15 } });
  pen.shape('M135 284Q157 296 179 284V292Q157 305 134 293Z', ink.OCHRE, { weight: 2 });
  pen.shape('M150 200H164L166 216H148Z', ink.SKIN, { weight: 2.2 });
  jug(pen, { x: 80, y: 316, turn: -128 }, ink.RED);
  arm(pen, { shoulder: [134, 230], elbow: [100, 262], hand: [88, 302], sleeve: ink.SKIN, lining: ink.SKIN, widths: [18, 15, 12] });
  jug(pen, { x: 232, y: 312, turn: 128, mirror: true }, ink.OCHRE);
  arm(pen, { shoulder: [180, 230], elbow: [214, 258], hand: [224, 298], sleeve: ink.SKIN, lining: ink.SKIN, widths: [18, 15, 12] });
  head(pen, { x: 152, y: 182, turn: -10 }, { hair: 'long', hairColour: ink.OCHRE, turn: -0.7, eyes: 'closed' });
  tufts(pen, [[268, 388], [214, 414], [276, 420]], 11);
}

function moon(pen: Pen): void {
  backdrop(pen, ink.NIGHT);
  skyLines(pen, 66, 300, '#43557a', 12);
  rays(pen, { x: 150, y: 134 }, 62, 104, 32, ink.STRAW, 3);
  pen.shape(ellipse(150, 134, 56), ink.STRAW, { weight: 3 });
  pen.shape('M154 80C190 84 206 112 205 136C204 166 182 188 150 190C166 184 168 174 164 168L158 164L166 160L160 154C164 150 172 150 174 146C168 142 160 138 160 130C162 122 168 116 160 104C154 94 150 88 154 80Z', ink.LIGHT, { weight: 2.4, shade: { gap: 5, depth: 16 } });
  pen.cut('M164 122Q172 116 182 122', 2.4);
  pen.cut('M166 128Q174 132 182 128', 2.2);
  for (const [x, y] of [[110, 214], [134, 226], [166, 228], [192, 212], [90, 240], [212, 238], [150, 250], [120, 256], [182, 258]] as const) {
    pen.motif('dew', { x, y }, () => pen.shape('M0 8C-6 6 -5 -1 0 -8C5 -1 6 6 0 8Z', ink.OCHRE, { weight: 1.6, relief: 0.3 }));
  }
  mountains(pen, [[110, 286], [196, 280], [150, 300]], 350, '#4a5d80');
  for (const mirror of [false, true]) {
    pen.at({ x: mirror ? 300 : 0, mirror }, () => {
      pen.shape('M26 352V226H72V352Z', ink.STONE, { shade: { depth: 18, gap: 6 } });
      pen.shape('M20 228V206H30V214H42V206H56V214H68V206H78V228Z', ink.STONE, { weight: 2.6 });
      masonry(pen, 27, 240, 71, 350, 17);
      pen.shape('M42 268V254C42 246 56 246 56 254V268Z', ink.OCHRE, { weight: 2.2 });
    });
  }
  hill(pen, [[10, 352], [80, 338], [150, 346], [220, 338], [290, 352]], ink.MOSS, { shade: { depth: 40, gap: 7 } });
  pen.shape('M146 346C158 352 138 358 148 366C164 376 128 384 136 396L170 394C176 382 156 376 166 366C172 358 152 354 156 345Z', ink.SAND, { weight: 2.4 });
  pen.shape('M10 400C70 384 230 384 290 400V440H10Z', ink.BLUE, { weight: 2.8 });
  waves(pen, 406, 438, ink.MIST, 10, 24);
  dog(pen, { x: 88, y: 392, scale: 0.95, turn: -14 }, ink.SAND);
  dog(pen, { x: 214, y: 392, scale: 0.95, turn: 14, mirror: true }, ink.SLATE);
  // The crayfish.
  pen.at({ x: 150, y: 408 }, () => {
    for (const mirror of [false, true]) {
      pen.at({ mirror }, () => {
        pen.line('M8 -4C16 -8 20 -12 21 -18M9 2L20 0M9 7L19 8', 2.6);
        pen.shape('M18 -16C16 -24 20 -30 26 -30C24 -26 26 -24 30 -25C31 -19 26 -13 18 -16Z', ink.RED, { weight: 2 });
        pen.line('M4 -13C6 -20 10 -24 14 -34', 1.6);
      });
    }
    pen.shape('M0 -15C10 -14 13 -2 10 8C9 14 6 16 5 20L10 28H-10L-5 20C-6 16 -9 14 -10 8C-13 -2 -10 -14 0 -15Z', ink.RED, { weight: 2.4, shade: { gap: 4.6, depth: 7, weight: 1.5 } });
    pen.cut('M-9 3Q0 8 9 3M-8 10Q0 15 8 10M-5 17Q0 20 5 17', 1.8);
    pen.fill(ellipse(-4, -9, 1.6) + ellipse(4, -9, 1.6), ink.INK);
  });
}

function sunflower(pen: Pen, x: number, y: number): void {
  pen.motif('sunflower', { x, y }, () => {
    for (let i = 0; i < 12; ++i) {
      pen.at({ turn: i * 30 }, () => pen.shape('M9 -4C14 -7 20 -5 22 0C20 5 14 7 9 4Z', ink.OCHRE, { weight: 1.5, relief: 0.2 }));
    }
    pen.shape(ellipse(0, 0, 10.5), ink.BROWN, { weight: 2, relief: 0.4 });
    pen.line('M-6 -4L4 6M-2 -7L7 2M-7 2L-2 7M-4 6L6 -4', 1.2, ink.OCHRE);
  });
}

function theSun(pen: Pen): void {
  backdrop(pen, ink.MIST);
  const centre = { x: 150, y: 132 };
  rays(pen, centre, 96, 240, 40, ink.LIGHT, 3);
  for (let i = 0; i < 16; ++i) {
    const angle = (360 / 16) * i - 90;
    const [a, b, tip] = [polar(centre, 58, angle - 9.5), polar(centre, 58, angle + 9.5), polar(centre, i % 2 ? 92 : 100, angle)];
    if (i % 2 === 0) {
      pen.shape(`M${a.x} ${a.y}L${tip.x} ${tip.y}L${b.x} ${b.y}Z`, ink.OCHRE, { weight: 2.2, relief: 0.4 });
    } else {
      const [c, d] = [polar(centre, 72, angle - 11), polar(centre, 82, angle + 8)];
      const [e, f] = [polar(centre, 84, angle + 12), polar(centre, 72, angle - 1)];
      pen.shape(`M${a.x} ${a.y}C${c.x} ${c.y} ${d.x} ${d.y} ${tip.x} ${tip.y}C${e.x} ${e.y} ${f.x} ${f.y} ${b.x} ${b.y}Z`, ink.RED, { weight: 2.2, relief: 0.4 });
    }
  }
  pen.shape(ellipse(150, 132, 56), ink.STRAW, { weight: 3, shade: { depth: 16, gap: 5.6 } });
  for (const side of [-1, 1]) {
    pen.cut(`M${150 + side * 8} 118Q${150 + side * 22} 106 ${150 + side * 36} 120`, 3);
    pen.cut(`M${150 + side * 11} 128Q${150 + side * 22} 119 ${150 + side * 34} 129`, 2.6);
    pen.cut(`M${150 + side * 12} 129Q${150 + side * 22} 135 ${150 + side * 33} 129`, 1.8);
    pen.fill(ellipse(150 + side * 22, 127, 3.6), ink.INK);
    pen.fill(ellipse(150 + side * 32, 147, 8, 6.5), ink.ROSE);
  }
  pen.cut('M148 120C152 136 156 144 152 149L144 149', 2.6, 'out');
  pen.cut('M130 161Q150 174 170 161', 3.4);
  pen.cut('M142 172Q150 175 158 172', 2);
  // A garden wall with sunflowers behind it.
  for (const [x, y] of [[40, 276], [86, 262], [218, 264], [262, 278]] as const) {
    pen.line(`M${x} ${y}V340`, 3.6, ink.MOSS);
    leaf(pen, { x, y: y + 34, turn: -20 }, 20, ink.GREEN);
    leaf(pen, { x, y: y + 30, turn: 200 }, 20, ink.GREEN);
    sunflower(pen, x, y);
  }
  pen.shape('M10 318H290V400H10Z', ink.STONE, { weight: 2.8 });
  masonry(pen, 12, 332, 288, 400, 17);
  pen.shape('M10 314H290V330H10Z', ink.STONE, { weight: 2.5 });
  hill(pen, [[10, 398], [150, 390], [290, 398]], ink.GREEN, { shade: { depth: 40, gap: 7 } });
  banner(pen, { x: 86, y: 366, turn: -16 }, 128, ink.RED);
  horse(pen, { x: 146, y: 424, scale: 1.02 }, { coat: ink.LIGHT, mane: '#e3d6bd', gait: 'walk', bridle: ink.RED }, () => {
    pen.shape('M-30 -92C-10 -96 12 -94 22 -93C26 -82 24 -70 18 -64C0 -58 -16 -60 -26 -66Z', ink.RED, { weight: 2.2 });
    pen.line('M-24 -68C-10 -62 4 -62 17 -66', 2.4, ink.STRAW);
  });
  limb(pen, [[138, 330], [158, 350], [150, 380]], [20, 16, 11], ink.SKIN);
  pen.shape('M144 376H156C160 382 164 384 166 388H146Z', ink.SKIN, { weight: 2.1 });
  pen.shape('M130 272C120 276 116 282 118 292C120 308 126 318 124 336Q140 344 156 336C154 318 160 308 162 292C164 282 160 276 150 272Z', ink.SKIN, { weight: 2.6, shade: { depth: 13 } });
  pen.shape('M119 322Q140 334 160 320L160 338C150 346 134 346 122 338Z', ink.LIGHT, { weight: 2.2 });
  arm(pen, { shoulder: [122, 284], elbow: [100, 282], hand: [72, 294], sleeve: ink.SKIN, lining: ink.SKIN, widths: [15, 13, 11] });
  arm(pen, { shoulder: [158, 284], elbow: [184, 286], hand: [206, 266], sleeve: ink.SKIN, lining: ink.SKIN, widths: [15, 13, 11], grip: 'open' });
  head(pen, { x: 140, y: 250 }, { hair: 'curls', hairColour: ink.OCHRE, crown: () => garland(pen, ink.OCHRE) });
}

function riser(pen: Pen, x: number, y: number, hair: 'long' | 'short' | 'bob', turn: number, hairColour: string, skin: string): void {
  pen.at({ x, y }, () => {
    pen.shape('M-30 46L-34 18H34L30 46Z', ink.SLATE, { weight: 2.4 });
    arm(pen, { shoulder: [-18, -16], elbow: [-33, -30], hand: [-26, -64], sleeve: ink.LIGHT, lining: ink.STONE, widths: [17, 18, 19], grip: 'open', skin });
    arm(pen, { shoulder: [18, -16], elbow: [33, -30], hand: [26, -64], sleeve: ink.LIGHT, lining: ink.STONE, widths: [17, 18, 19], grip: 'open', skin });
    pen.shape('M-6 -36H6L8 -22H-8Z', skin, { weight: 2.1 });
    pen.shape('M-8 -28C-20 -24 -25 -20 -24 -8C-22 8 -20 14 -22 30H22C20 14 22 8 24 -8C25 -20 20 -24 8 -28Q0 -16 -8 -28Z', ink.LIGHT, { weight: 2.6, shade: { depth: 13 } });
    pen.cut('M-8 -8C-10 4 -10 14 -12 26M8 -8C10 4 10 14 12 26', 2);
    head(pen, { x: 0, y: -50, scale: 0.88, turn: turn * 8 }, { hair, hairColour, turn, skin });
    pen.shape('M-38 26H38L34 62H-34Z', ink.STONE, { weight: 2.7, shade: { depth: 14 } });
    pen.shape('M-42 20H42V30H-42Z', ink.STONE, { weight: 2.4 });
  });
}

function judgement(pen: Pen): void {
  backdrop(pen, ink.MIST);
  rays(pen, { x: 150, y: 120 }, 70, 240, 36, ink.LIGHT, 3);
  mountains(pen, [[30, 262], [84, 282], [216, 280], [272, 260]], 332, ink.BLUE, ink.LIGHT);
  pen.shape('M10 330H290V440H10Z', ink.BLUE, { weight: 2.6 });
  waves(pen, 340, 436, ink.MIST, 12, 24);
  wing(pen, { x: 166, y: 152, scale: 1.1, turn: 4 }, ink.RED, ink.ROSE);
  wing(pen, { x: 134, y: 152, scale: 1.1, turn: -4, mirror: true }, ink.RED, ink.ROSE);
  pen.at({ x: 150, y: 136, scale: 0.9 }, () => robe(pen, { fill: ink.BLUE, length: 120, hem: 44, trim: ink.OCHRE }));
  head(pen, { x: 150, y: 108, scale: 0.96 }, { hair: 'curls', hairColour: ink.OCHRE, eyes: 'closed' });
  // The trumpet with its flag.
  pen.shape('M147 122H153L157 196C160 208 168 214 172 218H128C132 214 140 208 143 196Z', ink.OCHRE, { weight: 2.5, shade: { gap: 5, depth: 8 } });
  pen.shape('M158 158H206V196H158Z', ink.LIGHT, { weight: 2.4, shade: { angle: 70, gap: 5, depth: 10 } });
  pen.line('M182 160V194M160 177H204', 7.5, ink.RED);
  arm(pen, { shoulder: [128, 148], elbow: [116, 176], hand: [144, 172], sleeve: ink.BLUE, lining: ink.OCHRE, widths: [18, 20, 20] });
  arm(pen, { shoulder: [172, 148], elbow: [182, 172], hand: [157, 150], sleeve: ink.BLUE, lining: ink.OCHRE, widths: [18, 20, 20] });
  for (const [x, y, scale, mirror] of [[84, 234, 1, false], [216, 234, 1, true], [150, 240, 1.25, false]] as const) cloud(pen, { x, y, scale, mirror });
  riser(pen, 72, 376, 'long', 0.8, ink.OCHRE, ink.SKIN);
  riser(pen, 228, 376, 'short', -0.8, ink.INK, ink.DARK_SKIN);
  riser(pen, 150, 392, 'bob', 0, ink.BROWN, ink.SKIN);
}

function world(pen: Pen): void {
  backdrop(pen, ink.BLUE);
  skyLines(pen, 64, 430, '#5b8799', 12);
  corners(pen);
  pen.shape(ellipse(150, 246, 82, 142), ink.STRAW, { weight: 2.4 });
  pen.within(ellipse(150, 246, 82, 142), () => rays(pen, { x: 150, y: 240 }, 30, 190, 30, ink.OCHRE, 2));
  // The wreath.
  pen.line(ellipse(150, 246, 84, 144), 13);
  pen.line(ellipse(150, 246, 84, 144), 8, ink.MOSS);
  for (let i = 0; i < 44; ++i) {
    const t = (i / 44) * 360 - 90;
    const rad = (t * Math.PI) / 180;
    const p = { x: 150 + Math.cos(rad) * 84, y: 246 + Math.sin(rad) * 144 };
    const upward = Math.cos(rad) > 0 ? -1 : 1;
    const tangent = (Math.atan2(Math.cos(rad) * 144, -Math.sin(rad) * 84) * 180) / Math.PI;
    const way = upward > 0 ? tangent : tangent + 180;
    leaf(pen, { x: p.x, y: p.y, turn: way + (i % 2 ? 32 : -32) }, 21, ink.GREEN, 1.9);
  }
  for (const y of [104, 388]) {
    pen.line(`M134 ${y - 9}L166 ${y + 9}M134 ${y + 9}L166 ${y - 9}`, 10);
    pen.line(`M134 ${y - 9}L166 ${y + 9}M134 ${y + 9}L166 ${y - 9}`, 5.6, ink.RED);
  }
  // The dancer with her scarf.
  pen.shape('M110 204C84 220 92 262 116 268C140 276 176 262 196 280C210 294 206 330 192 350C196 326 186 308 166 306C132 306 96 300 88 262C82 236 90 212 110 204Z', ink.PLUM, { shade: { depth: 14, gap: 5 } });
  limb(pen, [[156, 284], [176, 312], [146, 332]], [25, 19, 12], ink.SKIN);
  pen.shape('M150 326L144 338C138 338 132 342 128 340C128 334 136 330 142 326Z', ink.SKIN, { weight: 2.1 });
  limb(pen, [[144, 286], [142, 326], [146, 364]], [27, 20, 12], ink.SKIN);
  pen.shape('M140 358H152C154 366 158 374 158 378H142C140 372 140 364 140 358Z', ink.SKIN, { weight: 2.1 });
  pen.shape('M144 196C134 200 126 202 124 210C126 226 132 234 134 244C128 258 126 270 128 286C138 296 162 296 172 286C174 270 172 258 166 244C168 234 174 226 176 210C174 202 166 200 156 196Z', ink.SKIN, { weight: 2.7, shade: { depth: 14 } });
  pen.shape('M126 218C136 214 142 220 150 219C158 220 164 214 174 218C174 230 166 238 158 234C152 230 148 230 142 234C134 238 126 230 126 218Z', ink.PLUM, { weight: 2.2 });
  pen.shape('M127 268C142 276 158 276 173 268L174 288C164 298 158 304 150 304C142 304 136 298 126 288Z', ink.PLUM, { weight: 2.3, shade: { depth: 12 } });
  pen.shape('M143 184H157L158 202H142Z', ink.SKIN, { weight: 2.1 });
  for (const side of [-1, 1]) {
    const x = 150 + side * 44;
    pen.line(`M${x} 250L${x + side * 6} 194`, 6.6);
    pen.line(`M${x} 250L${x + side * 6} 194`, 3, ink.LIGHT);
    for (const [dx, dy] of [[0, 250], [side * 6, 194]] as const) pen.shape(ellipse(x + dx, dy, 4), ink.OCHRE, { weight: 1.7, relief: 0.3 });
    arm(pen, { shoulder: [150 + side * 23, 212], elbow: [150 + side * 40, 244], hand: [x + side * 3, 222], sleeve: ink.SKIN, lining: ink.SKIN, widths: [15, 13, 11] });
  }
  head(pen, { x: 150, y: 166 }, { hair: 'long', hairColour: ink.BROWN, turn: -0.4, crown: () => garland(pen, ink.ROSE) });
}

export const MAJORS_D: Partial<Record<Major, Picture>> = {
  'the-star': theStar,
  'the-moon': moon,
  'the-sun': theSun,
  judgement,
  'the-world': world,
};
