// Justice to the World, as signs among the stars.
import type { Major } from '../cards.ts';
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import {
  CENTRE, dial, glory, hills, leaf, moon, peaks, rose, sea, spark, spokes, starPath, sun, wings,
} from './celestial.ts';
import { DEEP, DUSK, GOLD, MIST, NIGHT, PALE, TINTS } from './frame.ts';

type Picture = (pen: Pen) => void;
const TINT = TINTS.major;

function justice(pen: Pen): void {
  dial(pen, CENTRE, 112, 60, MIST);
  // A sword that is the axis of a balance.
  pen.shape('M150 70L160 92L156 330H144L140 92Z', NIGHT, { weight: 2.2 });
  pen.line('M150 76V330', 1.2);
  pen.shape('M112 330Q150 342 188 330L192 338Q150 354 108 338Z', NIGHT, { weight: 2 });
  pen.line('M145 346V386M155 346V386M145 356L155 360M145 366L155 370M145 376L155 380', 1.8);
  pen.shape(ellipse(150, 394, 9), TINT, { weight: 1.8 });
  pen.line('M58 170Q104 150 150 160Q196 150 242 170', 5.4);
  pen.line('M58 170Q104 150 150 160Q196 150 242 170', 2, NIGHT);
  for (const side of [-1, 1]) {
    const x = 150 + side * 92;
    pen.shape(ellipse(x, 170, 5), TINT, { weight: 1.5 });
    pen.line(`M${x} 175L${x - 30} 262M${x} 175L${x + 30} 262`, 1.3);
    pen.shape(`M${x - 34} 262H${x + 34}Q${x + 26} 288 ${x} 288Q${x - 26} 288 ${x - 34} 262Z`, NIGHT, { weight: 2 });
  }
  sun(pen, { x: 58, y: 240 }, 10, 12);
  moon(pen, { x: 242, y: 242 }, 14, -1);
  pen.shape('M126 128L121 104L136 116L150 98L164 116L179 104L174 128Q150 136 126 128Z', NIGHT, { weight: 2 });
  pen.fill(ellipse(150, 122, 4), PALE);
  hills(pen, [[400, 392, 396, 392, 400]], [DUSK]);
  pen.shape(ellipse(150, 394, 9), TINT, { weight: 1.8 });
}

function hangedMan(pen: Pen): void {
  pen.line('M40 102H260', 9);
  pen.line('M40 102H260', 5.4, NIGHT);
  for (const [x, turn] of [[56, -60], [92, -110], [208, -70], [244, -120]] as const) leaf(pen, { x, y: 97, turn }, 20);
  // The figure as a sign: a cross of the legs over a triangle of the arms, and a shining head.
  pen.line('M150 106V122', 2.4);
  pen.shape(ellipse(150, 128, 7), NIGHT, { weight: 1.8 });
  pen.shape('M158 134C162 170 164 196 160 232H140C138 196 140 170 144 134Q151 130 158 134Z', NIGHT, { weight: 2.2 });
  pen.shape('M146 170Q150 180 142 186L118 204L158 226L146 244L92 210Q86 202 94 196L132 168Q140 164 146 170Z', NIGHT, { weight: 2.2 });
  pen.shape('M150 222L214 262L150 318L86 262Z', NIGHT, { weight: 2.3 });
  pen.line('M150 236L196 263L150 304L104 263Z', 1.1);
  pen.shape('M150 250L161 265L150 280L139 265Z', TINT, { weight: 1.6 });
  glory(pen, { x: 150, y: 346 }, 42, 72, 40, GOLD, 1.3);
  pen.shape(ellipse(150, 346, 36), DEEP, { weight: 2 });
  pen.line(ellipse(150, 346, 31), 1);
  pen.shape('M128 340C126 326 138 322 150 322C162 322 174 326 172 340C174 362 162 376 150 376C138 376 126 362 128 340Z', PALE, { weight: 1.4 });
  pen.fill('M128 346C124 376 140 380 150 380C160 380 176 376 172 346C170 362 162 366 150 364C138 366 130 362 128 346Z', GOLD);
  pen.line('M135 350Q141 345 146 350M154 350Q159 345 165 350M150 350V338H154M143 332Q150 328 157 332', 1.6, DEEP);
  for (const [x, y, r] of [[70, 168, 6], [230, 168, 6], [58, 300, 5], [242, 300, 5], [84, 380, 6], [216, 380, 6]] as const) spark(pen, x, y, r);
}

function death(pen: Pen): void {
  // The sun on the horizon, between two pillars.
  sun(pen, { x: 150, y: 352 }, 34, 20, DUSK);
  hills(pen, [[356, 352, 358, 352, 356]], [NIGHT]);
  for (const x of [70, 230]) {
    pen.shape(`M${x - 12} 356V308H${x + 12}V356Z`, NIGHT, { weight: 1.8 });
    pen.shape(`M${x - 16} 310V300H${x - 8}V305H${x - 4}V300H${x + 4}V305H${x + 8}V300H${x + 16}V310Z`, NIGHT, { weight: 1.6 });
  }
  sea(pen, 378, 4, MIST, 12);
  // The scythe is a waning moon.
  pen.line('M204 322L108 92', 5.6);
  pen.line('M204 322L108 92', 2.4, NIGHT);
  pen.shape('M106 96C150 70 226 84 252 158C222 118 170 104 114 116Z', DUSK, { weight: 2.2 });
  pen.line('M120 106C164 92 214 108 240 138', 1.1);
  pen.line('M180 264L200 252M164 226L184 216', 4);
  // A skull like a moon, and the white rose.
  pen.shape('M84 214C80 164 152 164 148 214C148 226 144 234 136 238L134 258Q116 266 98 258L96 238C88 234 84 226 84 214Z', NIGHT, { weight: 2.4 });
  for (const side of [-1, 1]) pen.shape(`M${116 + side * 5} 218C${116 + side * 6} 206 ${116 + side * 24} 206 ${116 + side * 23} 217C${116 + side * 22} 228 ${116 + side * 7} 228 ${116 + side * 5} 218Z`, DEEP, { weight: 1.6 });
  pen.fill('M116 226L121 236H111Z', GOLD);
  pen.line('M102 248H130M108 243V260M116 242V262M124 243V260', 1.3);
  pen.fill(starPath(105, 217, 5, 4, 0.34), TINT);
  pen.fill(starPath(127, 217, 5, 4, 0.34), TINT);
  pen.line('M118 180Q126 186 124 194L130 200', 1.2);
  pen.line('M72 330Q62 300 84 284', 1.6);
  leaf(pen, { x: 70, y: 308, turn: 200 }, 18);
  rose(pen, { x: 90, y: 280, scale: 1.5 }, PALE);
}

function cupAt(pen: Pen, x: number, y: number, turn: number): void {
  pen.at({ x, y, turn }, () => {
    pen.shape('M-20 40Q-5 32 -4 16H4Q5 32 20 40Z', NIGHT, { weight: 1.8 });
    pen.shape('M-30 -30C-30 4 -16 16 0 16C16 16 30 4 30 -30Z', NIGHT, { weight: 2.1 });
    pen.line('M-29 -18Q0 -8 29 -18', 1.2);
    pen.shape(ellipse(0, 20, 4.5), TINT, { weight: 1.4 });
  });
}

function temperance(pen: Pen): void {
  wings(pen, 150, 128, 1.2);
  pen.shape(ellipse(150, 124, 26), DEEP, { weight: 2 });
  pen.line('M150 106L166 134H134Z', 2);
  // One stream between two cups, in the form of an S.
  for (const [shift, width] of [[0, 2.2], [6, 1.2], [-6, 1.2]] as const) {
    pen.line(`M${92 + shift} 206C${120 + shift} 300 ${180 + shift} 190 ${206 + shift} 288`, width, TINTS.cups);
  }
  cupAt(pen, 86, 198, 34);
  cupAt(pen, 208, 318, 0);
  for (const [x, y] of [[136, 206], [164, 286], [120, 300], [182, 214]] as const) spark(pen, x, y, 5);
  // A path to the rising light, irises at the water.
  hills(pen, [[372, 356, 366, 352, 366], [396, 386, 392, 384, 392]], [DUSK, NIGHT]);
  pen.shape('M58 352L66 332L74 344L82 326L90 344L98 332L106 352', DUSK, { weight: 1.6 });
  pen.line('M84 364C104 376 62 386 92 400C108 408 100 420 98 430', 1.6);
  for (const [x, y] of [[222, 388], [246, 380]] as const) {
    pen.line(`M${x} ${y}V430`, 1.5);
    leaf(pen, { x, y: 428, turn: -62 }, 30);
    pen.shape(`M${x} ${y + 4}Q${x - 13} ${y - 2} ${x - 10} ${y - 18}Q${x - 3} ${y - 12} ${x} ${y - 22}Q${x + 3} ${y - 12} ${x + 10} ${y - 18}Q${x + 13} ${y - 2} ${x} ${y + 4}Z`, TINT, { weight: 1.5 });
  }
  sea(pen, 412, 2, MIST, 11);
}

function devil(pen: Pen): void {
  glory(pen, { x: 150, y: 208 }, 96, 118, 60, MIST, 1);
  pen.line(ellipse(150, 208, 92), 2);
  pen.line(ellipse(150, 208, 85), 1);
  // The star upside down, and the goat in it.
  pen.at({ x: 150, y: 208, turn: 180 }, () => pen.line(starPath(0, 0, 85, 5, 0.382), 1.8));
  pen.shape('M122 176C98 168 82 140 92 104C100 132 116 146 136 156ZM178 176C202 168 218 140 208 104C200 132 184 146 164 156Z', NIGHT, { weight: 2.2 });
  for (const mirror of [false, true]) pen.at({ x: 150, y: 0, mirror }, () => pen.line('M22 160L30 170M32 148L42 160M42 134L52 146M50 120L59 130', 1.2));
  pen.shape('M122 186Q92 186 84 204Q104 210 124 202ZM178 186Q208 186 216 204Q196 210 176 202Z', NIGHT, { weight: 2 });
  pen.shape('M118 168Q150 148 182 168Q184 222 166 254L150 280L134 254Q116 222 118 168Z', NIGHT, { weight: 2.4 });
  for (const side of [-1, 1]) {
    pen.shape(`M${150 + side * 8} 202L${150 + side * 26} 192Q${150 + side * 24} 206 ${150 + side * 8} 202Z`, TINTS.wands, { weight: 1.5 });
  }
  pen.line('M150 172V226M138 246Q150 240 162 246M144 252L150 258L156 252M140 266L150 300L160 266', 1.5);
  pen.shape('M150 160L157 170L150 180L143 170Z', TINT, { weight: 1.4 });
  // Two rings on one loose chain, and a torch turned down.
  hills(pen, [[404, 396, 398, 396, 404]], [DUSK]);
  pen.shape('M112 350H188V404H112Z', NIGHT, { weight: 2.2 });
  pen.shape('M104 338H196V352H104Z', NIGHT, { weight: 2 });
  pen.line(ellipse(150, 374, 10), 2.4);
  for (const side of [-1, 1]) {
    pen.line(`M${150 + side * 10} 376Q${150 + side * 50} 420 ${150 + side * 88} 366`, 4.6, GOLD, '0.1 7');
    pen.shape(ellipse(150 + side * 90, 348, 16), DEEP, { weight: 2.2 });
    pen.line(ellipse(150 + side * 90, 348, 10), 1.2);
  }
  pen.line('M150 304V318', 2.4);
  pen.shape('M150 338C138 330 140 318 150 308C160 318 162 330 150 338Z', TINTS.wands, { weight: 1.5 });
}

function tower(pen: Pen): void {
  peaks(pen, [[62, 356], [238, 350]], 440);
  hills(pen, [[424, 392, 368, 396, 424]], [NIGHT]);
  pen.shape('M116 388L122 178H178L184 388Q150 396 116 388Z', DEEP, { weight: 2.4 });
  for (let row = 0; row < 9; ++row) {
    const y = 200 + row * 21;
    pen.line(`M${121 - row * 0.5} ${y}H${179 + row * 0.5}M${row % 2 ? 140 : 150} ${y}V${y + 21}M${row % 2 ? 162 : 132} ${y}V${y + 21}${row % 2 ? '' : `M170 ${y}V${y + 21}`}`, 0.9, MIST);
  }
  for (const [x, y] of [[136, 232], [164, 232], [150, 300]] as const) pen.shape(`M${x - 7} ${y + 22}V${y}Q${x} ${y - 12} ${x + 7} ${y}V${y + 22}Z`, TINTS.wands, { weight: 1.7 });
  pen.shape('M112 182V166H122V172H134V166H146V172H154V166H166V172H178V166H188V182Z', NIGHT, { weight: 2 });
  // The bolt, the crown that falls, sparks.
  pen.shape('M240 52L176 112L194 118L150 168L214 122L196 114L262 66Z', PALE, { weight: 1.6 });
  pen.at({ x: 88, y: 134, turn: -34 }, () => {
    pen.shape('M-26 14L-32 -16L-14 -2L0 -26L14 -2L32 -16L26 14Q0 22 -26 14Z', NIGHT, { weight: 2.1 });
    pen.line('M-26 8Q0 16 26 8', 1.1);
    for (const [x, y] of [[-32, -18], [0, -28], [32, -18]] as const) pen.fill(ellipse(x, y, 3.4), TINT);
  });
  glory(pen, { x: 150, y: 166 }, 34, 66, 20, TINTS.wands, 1.5);
  for (const [x, y] of [[84, 216], [70, 262], [98, 286], [80, 330], [218, 206], [230, 252], [206, 288], [226, 316], [64, 190], [240, 186]] as const) {
    pen.motif('ember', { x, y }, () => pen.fill('M0 7C-6 5 -5 -1 0 -8C5 -1 6 5 0 7Z', TINTS.wands));
  }
}

function star(pen: Pen): void {
  const c = { x: 150, y: 162 };
  dial(pen, c, 92, 56, MIST);
  glory(pen, c, 60, 82, 48, GOLD, 1);
  pen.shape(starPath(c.x, c.y, 78, 8, 0.36), NIGHT, { weight: 2.2 });
  pen.line(spokes(c, 0, 78, 8), 1.1);
  pen.shape(starPath(c.x, c.y, 40, 8, 0.46), DUSK, { weight: 1.8 });
  pen.shape(ellipse(c.x, c.y, 11), TINT, { weight: 1.8 });
  for (const [x, y] of [[52, 112], [248, 112], [44, 190], [256, 190], [76, 262], [224, 262], [150, 288]] as const) {
    pen.motif('seven', { x, y }, () => {
      pen.fill(starPath(0, 0, 11, 8, 0.34), PALE);
      pen.line(ellipse(0, 0, 14), 0.8);
    });
  }
  hills(pen, [[364, 350, 352, 350, 364]], [DUSK]);
  // Two jugs pour: one into the pool, one over the land.
  for (const mirror of [false, true]) {
    pen.at({ x: mirror ? 196 : 104, y: 326, mirror }, () => {
      pen.at({ turn: -52 }, () => {
        pen.shape('M-9 -22H9L7 -14C20 -6 20 14 8 22H-8C-20 14 -20 -6 -7 -14Z', NIGHT, { weight: 2 });
        pen.line('M-14 2Q0 8 14 2M9 -14C24 -16 26 4 16 8', 1.5);
        pen.line('M-11 -22H11', 2.6);
      });
      for (const shift of [0, 5, -5]) pen.line(`M${-20 + shift * 0.7} -14C${-34 + shift} 6 ${-24 + shift} 30 ${-32 + shift} 66`, 1.4, TINTS.cups);
    });
  }
  pen.shape(ellipse(150, 404, 104, 26), DEEP, { weight: 2 });
  for (const r of [84, 60, 34]) pen.line(ellipse(150, 404, r, r * 0.25), 1.1, MIST);
}

function theMoon(pen: Pen): void {
  const c = { x: 150, y: 152 };
  glory(pen, c, 72, 104, 56, GOLD, 1.2);
  pen.shape(ellipse(c.x, c.y, 66), DEEP, { weight: 2 });
  pen.shape('M152 86C192 90 214 122 216 152C216 186 190 214 152 218C170 206 178 196 174 188L164 184L174 179L166 172C170 166 180 166 182 160C172 156 164 150 166 142C168 132 178 126 172 112C168 102 160 94 152 86Z', PALE, { weight: 1.8 });
  pen.line('M178 138Q188 146 198 138', 2, DEEP);
  pen.line('M176 128Q188 120 200 130', 1.6, DEEP);
  for (const [x, y, r] of [[116, 128, 9], [108, 164, 6], [132, 186, 7], [134, 108, 5]] as const) pen.line(ellipse(x, y, r), 1, MIST);
  for (const [x, y] of [[92, 238], [120, 254], [150, 262], [180, 254], [208, 238]] as const) pen.motif('dew', { x, y }, () => pen.fill('M0 7C-6 5 -5 -1 0 -8C5 -1 6 5 0 7Z', GOLD));
  for (const mirror of [false, true]) {
    pen.at({ x: mirror ? 300 : 0, mirror }, () => {
      pen.shape('M40 360V250H78V360Z', NIGHT, { weight: 2.1 });
      pen.shape('M34 252V234H44V241H54V234H64V241H74V234H84V252Z', NIGHT, { weight: 1.9 });
      pen.fill('M54 282Q59 272 64 282V298H54Z', TINT);
      pen.line('M40 310H78M40 330H78M59 310V330M50 330V356M68 330V356', 0.9, MIST);
    });
  }
  hills(pen, [[354, 340, 336, 340, 354]], [DUSK]);
  // The path between a dog and a wolf, and what comes from the water.
  pen.line('M150 338C166 350 134 362 150 376M150 338', 1.8);
  for (const mirror of [false, true]) {
    pen.at({ x: mirror ? 198 : 102, y: 374, mirror }, () => {
      pen.shape('M-20 8L-16 -12L-24 -24L-10 -18L8 -20L14 -36L20 -42L22 -34L32 -30L26 -24L20 -20L16 -8L18 8H12L8 -6L-8 -6L-12 8Z', mirror ? DEEP : NIGHT, { weight: 1.8 });
    });
  }
  pen.shape('M20 394Q150 370 280 394V440H20Z', DEEP, { weight: 2 });
  sea(pen, 404, 3, MIST, 11);
  pen.at({ x: 150, y: 404 }, () => {
    for (const side of [-1, 1]) {
      pen.line(`M${side * 5} -6Q${side * 18} -8 ${side * 17} -20M${side * 6} 0H${side * 15}M${side * 6} 6L${side * 14} 10`, 1.5);
      pen.shape(`M${side * 14} -19Q${side * 12} -30 ${side * 20} -30Q${side * 19} -26 ${side * 23} -25Q${side * 23} -18 ${side * 14} -19Z`, NIGHT, { weight: 1.5 });
    }
    pen.shape('M0 -13Q10 -8 7 8L4 20H-4L-7 8Q-10 -8 0 -13Z', NIGHT, { weight: 1.8 });
    pen.line('M-7 2Q0 6 7 2M-6 9Q0 13 6 9', 1.1);
  });
}

function theSun(pen: Pen): void {
  const c = { x: 150, y: 186 };
  for (let i = 0; i < 24; ++i) {
    const a = 15 * i - 90;
    const [p, q] = [polar(c, 66, a - 6), polar(c, 66, a + 6)];
    if (i % 2 === 0) {
      const tip = polar(c, 120, a);
      pen.shape(`M${p.x} ${p.y}L${tip.x} ${tip.y}L${q.x} ${q.y}Z`, NIGHT, { weight: 1.7 });
      pen.line(`M${c.x} ${c.y}L${tip.x} ${tip.y}`, 0.9);
    } else {
      const [b, d, tip] = [polar(c, 84, a - 8), polar(c, 88, a + 9), polar(c, 104, a)];
      pen.shape(`M${p.x} ${p.y}Q${b.x} ${b.y} ${tip.x} ${tip.y}Q${d.x} ${d.y} ${q.x} ${q.y}Z`, GOLD, { weight: 1.2 });
    }
  }
  pen.shape(ellipse(c.x, c.y, 62), DUSK, { weight: 2.4 });
  pen.line(ellipse(c.x, c.y, 54), 1);
  for (const side of [-1, 1]) {
    pen.line(`M${150 + side * 10} 172Q${150 + side * 22} 160 ${150 + side * 36} 170`, 2);
    pen.shape(`M${150 + side * 11} 184Q${150 + side * 22} 174 ${150 + side * 34} 184Q${150 + side * 22} 192 ${150 + side * 11} 184Z`, DEEP, { weight: 1.5 });
    pen.fill(ellipse(150 + side * 22, 183.5, 4), PALE);
  }
  pen.line('M148 176L144 204H154M132 218Q150 230 168 218M142 228Q150 232 158 228', 1.8);
  pen.shape('M150 146L156 155L150 164L144 155Z', TINT, { weight: 1.4 });
  // Sunflowers look over a wall.
  for (const [x, y] of [[56, 332], [104, 324], [196, 324], [244, 332]] as const) {
    pen.line(`M${x} ${y}V400`, 2);
    pen.motif('sunflower', { x, y }, () => {
      for (let i = 0; i < 12; ++i) pen.at({ turn: i * 30 }, () => pen.shape('M9 -4Q17 -6 23 0Q17 6 9 4Z', NIGHT, { weight: 1.3 }));
      pen.shape(ellipse(0, 0, 10), GOLD, { weight: 1.5 });
      pen.line('M-5 -5L5 5M-7 0L0 7M0 -7L7 0M5 -5L-5 5', 0.9, DEEP);
    });
  }
  pen.shape('M20 378H280V440H20Z', DEEP, { weight: 2.1 });
  pen.line('M20 394H280M20 411H280M60 378V394M116 378V394M172 378V394M228 378V394M88 394V411M144 394V411M200 394V411M256 394V411M60 411V430M116 411V430M172 411V430M228 411V430', 1, MIST);
}

function judgement(pen: Pen): void {
  wings(pen, 150, 116, 1.1);
  glory(pen, { x: 150, y: 104 }, 22, 46, 24, GOLD, 1.3);
  pen.shape(ellipse(150, 104, 16), NIGHT, { weight: 2 });
  pen.fill(starPath(150, 104, 11, 8, 0.42), PALE);
  // The trumpet, and the sound that spreads from it.
  pen.shape('M146 128H154L158 204Q164 224 184 236H116Q136 224 142 204Z', NIGHT, { weight: 2.2 });
  pen.line('M144 150H156M143 178H157M122 232Q150 240 178 232', 1.3);
  pen.shape('M158 152H206V192H158Z', DEEP, { weight: 1.8 });
  pen.line('M182 154V190M160 172H204', 4.4, TINT);
  for (const [r, weight] of [[30, 1.8], [52, 1.4], [74, 1.1]] as const) {
    const [a, b] = [polar({ x: 150, y: 226 }, r, 150), polar({ x: 150, y: 226 }, r, 30)];
    pen.line(`M${a.x} ${a.y}Q150 ${226 + r * 1.52} ${b.x} ${b.y}`, weight, TINT);
  }
  // Three open boxes; a light leaves each.
  hills(pen, [[372, 362, 366, 362, 372]], [DUSK]);
  sea(pen, 384, 4, MIST, 12);
  for (const [x, y, s] of [[70, 372, 0.9], [230, 372, 0.9], [150, 388, 1.1]] as const) {
    pen.at({ x, y, scale: s }, () => {
      pen.shape('M-30 0L-38 -22L26 -32L34 -8Z', DEEP, { weight: 1.8 });
      pen.shape('M-32 -4H32L28 34H-28Z', NIGHT, { weight: 2.1 });
      pen.line('M-22 6H22V26H-22Z', 1);
      pen.line('M0 -40V-12M-12 -34L-6 -12M12 -34L6 -12', 1.2, PALE);
    });
    spark(pen, x, y - 58 * s, 12);
  }
}

function signOf(pen: Pen, x: number, y: number, data: string): void {
  pen.shape(ellipse(x, y, 21), DEEP, { weight: 1.8 });
  pen.line(ellipse(x, y, 17.5), 0.8);
  pen.at({ x, y }, () => pen.line(data, 2, PALE));
}

function world(pen: Pen): void {
  const [rx, ry] = [82, 128];
  glory(pen, CENTRE, 54, 76, 40, MIST, 1);
  // The globe, with its circles.
  pen.shape(ellipse(150, 232, 50), DUSK, { weight: 2.2 });
  pen.line(ellipse(150, 232, 20, 50) + ellipse(150, 232, 38, 50), 1.1);
  pen.line('M100 232H200M107 208Q150 200 193 208M107 256Q150 264 193 256M150 182V282', 1.1);
  pen.shape(starPath(150, 232, 17, 8, 0.44), TINT, { weight: 1.5 });
  // The wreath.
  for (let i = 0; i < 40; ++i) {
    const t = (i / 40) * 2 * Math.PI - Math.PI / 2;
    const p = { x: 150 + Math.cos(t) * rx, y: 232 + Math.sin(t) * ry };
    const tangent = (Math.atan2(Math.cos(t) * ry, -Math.sin(t) * rx) * 180) / Math.PI;
    const way = Math.cos(t) > 0 ? tangent + 180 : tangent;
    leaf(pen, { ...p, turn: way + (i % 2 ? 34 : -34) }, 21);
  }
  pen.line(ellipse(150, 232, rx, ry), 2.2);
  for (const y of [232 - ry, 232 + ry]) {
    pen.line(`M138 ${y - 8}L162 ${y + 8}M138 ${y + 8}L162 ${y - 8}`, 4.6);
    pen.line(`M138 ${y - 8}L162 ${y + 8}M138 ${y + 8}L162 ${y - 8}`, 1.8, TINT);
  }
  moon(pen, { x: 150, y: 142 }, 14, 1);
  sun(pen, { x: 150, y: 322 }, 11, 12);
  // Water-bearer, scorpion or eagle, bull and lion: the four fixed signs.
  signOf(pen, 62, 132, 'M-11 -3L-6 -8L-1 -3L4 -8L9 -3M-11 6L-6 1L-1 6L4 1L9 6');
  signOf(pen, 238, 132, 'M-11 8V-6Q-7 -10 -4 -6V8M-4 -6Q0 -10 3 -6V6Q4 10 8 9L11 5M11 5L7 4M11 5L12 9');
  signOf(pen, 62, 352, 'M-10 -11Q-7 -3 0 -3Q7 -3 10 -11M0 -3C9 -3 9 11 0 11C-9 11 -9 -3 0 -3');
  signOf(pen, 238, 352, 'M-9 5C-3 5 -3 -3 -9 -3M-6 -2C-12 -12 10 -14 6 -2Q0 10 9 8M-9 5C-13 5 -13 -3 -9 -3');
  for (const [x, y] of [[46, 232], [254, 232]] as const) spark(pen, x, y, 9);
}

export const MAJORS_B: Partial<Record<Major, Picture>> = {
  justice,
  'the-hanged-man': hangedMan,
  death,
  temperance,
  'the-devil': devil,
  'the-tower': tower,
  'the-star': star,
  'the-moon': theMoon,
  'the-sun': theSun,
  judgement,
  'the-world': world,
};
