// Queens and kings, each on the throne of their suit.
import type { Minor, Suit } from '../cards.ts';
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { bird, bullHead, lionHead } from './animals.ts';
import { cup, pentacle, sword, wand } from './emblems.ts';
import { crown, laurel, veil } from './headwear.ts';
import * as ink from './palette.ts';
import { arm, handOf, head, seated, type Face } from './people.ts';
import { cloud, crescent, rose, tufts, waves } from './sky.ts';
import { LANDS, LOOKS, salamander, vine } from './suits.ts';

type Picture = (pen: Pen) => void;

const NECK = { x: 150, y: 196 };

interface Royal {
  suit: Suit;
  /** Behind the figure, around the neck. */
  seat: () => void;
  robe: string;
  cloak: string;
  belt?: string;
  /** Over the robe, around the neck. */
  adorn?: () => void;
  left: { elbow: [number, number]; hand: [number, number]; grip?: 'fist' | 'open'; bend?: number };
  right: { elbow: [number, number]; hand: [number, number]; grip?: 'fist' | 'open'; bend?: number };
  /** What is held, before the arms and after them. */
  before?: () => void;
  after?: () => void;
  face: Face;
  horizon?: number;
}

function royal(pen: Pen, how: Royal): void {
  const look = LOOKS[how.suit];
  LANDS[how.suit](pen, how.horizon);
  pen.at(NECK, () => {
    how.seat();
    seated(pen, { fill: how.robe, cloak: how.cloak, trim: look.trim, length: 206, hem: 54, skin: look.skin, ...(how.belt ? { belt: how.belt } : {}) });
    how.adorn?.();
  });
  how.before?.();
  const common = { sleeve: how.robe, lining: look.trim, skin: look.skin, widths: [23, 26, 25] as [number, number, number] };
  arm(pen, { ...common, shoulder: [118, 214], ...how.left });
  arm(pen, { ...common, shoulder: [182, 214], ...how.right });
  how.after?.();
  head(pen, { x: 150 + (how.face.turn ?? 0) * 2, y: 166, turn: (how.face.turn ?? 0) * 5 }, { skin: look.skin, hairColour: look.hair, ...how.face });
}

function backrest(pen: Pen, fill: string, inner: string, top = -74, half = 58): void {
  pen.shape(`M${-half} 150V${top + 26}C${-half + 6} ${top - 6} ${half - 6} ${top - 6} ${half} ${top + 26}V150Z`, fill, { shade: { depth: 16, gap: 6 } });
  pen.shape(`M${-half + 12} 140V${top + 36}C${-half + 18} ${top + 10} ${half - 18} ${top + 10} ${half - 12} ${top + 36}V140Z`, inner, { weight: 2.2 });
  for (const side of [-1, 1]) {
    const x = side * (half + 10);
    pen.shape(`M${x - 14} 90H${x + 14}V206H${x - 14}Z`, fill, { weight: 2.6, shade: { depth: 14, gap: 5.6 } });
    pen.shape(`M${x - 18} 80H${x + 18}V93H${x - 18}Z`, fill, { weight: 2.4 });
  }
}

function flowerHead(pen: Pen, x: number, y: number, scale = 1): void {
  pen.motif(`sunflower ${scale}`, { x, y }, () => pen.at({ scale }, () => {
    for (let i = 0; i < 12; ++i) pen.at({ turn: i * 30 }, () => pen.shape('M7 -4C12 -7 18 -5 20 0C18 5 12 7 7 4Z', ink.STRAW, { weight: 1.4, relief: 0 }));
    pen.shape(ellipse(0, 0, 9), ink.BROWN, { weight: 1.8, relief: 0.3 });
  }));
}

function cat(pen: Pen, x: number, y: number): void {
  pen.at({ x, y }, () => {
    pen.line('M14 -4C28 -4 30 -18 24 -26', 7);
    pen.shape('M-16 2C-20 -16 -14 -30 -8 -36C-14 -42 -13 -52 -12 -58L-5 -52H5L12 -58C13 -52 14 -42 8 -36C14 -30 20 -16 16 2Z', ink.INK, { weight: 2, relief: 0 });
    for (const side of [-1, 1]) {
      pen.fill(ellipse(side * 5, -46, 2.6, 2), ink.STRAW);
      pen.fill(ellipse(side * 5, -46, 0.9, 2), ink.INK);
    }
    pen.cut('M-5 0V-16M5 0V-16M-2 -41Q0 -39 2 -41', 1.5, 'lens', ink.STONE);
  });
}

function queenOfWands(pen: Pen): void {
  royal(pen, {
    suit: 'wands', robe: ink.OCHRE, cloak: ink.RED, belt: ink.LIGHT,
    seat: () => {
      backrest(pen, ink.BROWN, ink.RED);
      for (const side of [-1, 1]) {
        lionHead(pen, { x: side * 60, y: -60, scale: 0.5 });
        lionHead(pen, { x: side * 70, y: 92, scale: 0.44 });
      }
      for (const [x, y] of [[-34, -30], [34, -30]] as const) flowerHead(pen, x, y, 0.7);
    },
    before: () => {
      wand(pen, { x: 82, y: 218, turn: -3 }, { length: 286, width: 12, leaves: 7 });
      pen.line('M222 300C222 270 226 250 230 232', 3.6, ink.MOSS);
      flowerHead(pen, 231, 222, 1.15);
    },
    left: { elbow: [96, 268], hand: [82, 236] },
    right: { elbow: [206, 270], hand: [224, 262] },
    after: () => cat(pen, 150, 424),
    face: { hair: 'long', turn: 0.5, crown: () => crown(pen, ink.STRAW, ink.GREEN) },
  });
  tufts(pen, [[44, 420], [262, 418]], 10, ink.BROWN);
}

function shell(pen: Pen, x: number, y: number, scale = 1): void {
  pen.motif(`shell ${scale}`, { x, y }, () => pen.at({ scale }, () => {
    pen.shape('M-5 16C-22 10 -28 -8 -20 -18C-14 -24 -8 -24 -5 -20C-2 -26 6 -26 9 -20C14 -24 22 -20 23 -14C28 -4 20 10 5 16Z', ink.LIGHT, { weight: 2.1, relief: 0.4 });
    pen.cut('M0 14L-16 -14M0 14L-5 -18M0 14L9 -17M0 14L20 -10', 1.6);
    pen.shape('M-7 14H7V20H-7Z', ink.LIGHT, { weight: 1.8, relief: 0.3 });
  }));
}

function queenOfCups(pen: Pen): void {
  royal(pen, {
    suit: 'cups', robe: ink.LIGHT, cloak: ink.BLUE, belt: ink.ROSE, horizon: 306,
    seat: () => {
      backrest(pen, ink.SAND, ink.MIST);
      shell(pen, 0, -78, 1.5);
      for (const side of [-1, 1]) shell(pen, side * 68, 72, 0.9);
      for (const [x, y] of [[-58, -20], [58, -20], [-58, 30], [58, 30]] as const) pen.shape(ellipse(x, y, 5), ink.ROSE, { weight: 1.8, relief: 0.3 });
    },
    before: () => {
      pen.shape('M60 210L68 180L76 170L84 180L92 210Z', ink.OCHRE, { weight: 2.2 });
      pen.line('M76 170V156M69 163H83', 3);
      for (const mirror of [false, true]) pen.at({ x: 76, y: 208, mirror }, () => pen.shape('M12 -2C20 -8 26 -20 22 -34C14 -30 10 -18 8 -10Z', ink.LIGHT, { weight: 1.9, relief: 0.4 }));
      cup(pen, { x: 76, y: 236, scale: 1.12 });
    },
    left: { elbow: [90, 288], hand: [82, 262] },
    right: { elbow: [184, 276], hand: [108, 256], grip: 'open', bend: -20 },
    face: { hair: 'none', turn: -0.7, eyes: 'closed', behind: () => veil(pen, ink.MIST), crown: () => {
      pen.shape('M-15 4C-16 -12 -10 -18 0 -18C10 -18 16 -12 15 4C18 -16 12 -24 0 -24C-12 -24 -18 -16 -15 4Z', ink.OCHRE, { weight: 2 });
      crown(pen, ink.OCHRE, ink.BLUE);
    } },
  });
  pen.shape('M10 408C70 396 110 412 160 404C210 398 250 410 290 402V440H10Z', ink.BLUE, { weight: 2.5 });
  waves(pen, 414, 436, ink.MIST, 10, 22);
}

function butterfly(pen: Pen, x: number, y: number, scale = 1): void {
  pen.motif(`butterfly ${scale}`, { x, y }, () => pen.at({ scale }, () => {
    for (const mirror of [false, true]) pen.at({ mirror }, () => {
      pen.shape('M1 0C6 -12 18 -16 20 -8C21 -2 14 3 8 2C14 4 16 12 10 14C5 14 2 8 1 3Z', ink.OCHRE, { weight: 1.7, relief: 0.3 });
    });
    pen.line('M0 -5V8M0 -5L-4 -11M0 -5L4 -11', 2);
  }));
}

function queenOfSwords(pen: Pen): void {
  royal(pen, {
    suit: 'swords', robe: ink.LIGHT, cloak: ink.SLATE, belt: ink.RED, horizon: 356,
    seat: () => {
      backrest(pen, ink.STONE, ink.SLATE);
      butterfly(pen, -34, -20);
      butterfly(pen, 34, -20);
      butterfly(pen, 0, -72, 1.2);
      pen.at({ x: -68, y: 140, scale: 0.5 }, () => head(pen, {}, { hair: 'curls', hairColour: ink.OCHRE }));
    },
    before: () => sword(pen, { x: 84, y: 166, turn: -3 }, { length: 220, guard: 20, grip: ink.BLUE }),
    left: { elbow: [96, 282], hand: [88, 256], bend: 20 },
    right: { elbow: [216, 262], hand: [232, 214], grip: 'open' },
    face: { hair: 'bob', hairColour: ink.STONE, turn: 0.6, behind: () => veil(pen, ink.LIGHT), crown: () => crown(pen, ink.OCHRE, ink.RED) },
  });
  bird(pen, { x: 246, y: 86, scale: 0.6 }, ink.INK);
  cloud(pen, { x: 42, y: 392, scale: 0.9 });
  cloud(pen, { x: 262, y: 402, scale: 0.9, mirror: true });
}

function rabbit(pen: Pen, x: number, y: number): void {
  pen.at({ x, y }, () => {
    pen.shape('M8 -28C4 -40 4 -52 9 -54C14 -52 14 -40 13 -30ZM16 -28C18 -40 22 -50 27 -50C29 -44 24 -34 20 -26Z', ink.STONE, { weight: 2 });
    pen.shape('M-24 0C-32 -10 -24 -26 -8 -24C0 -24 4 -22 6 -22C6 -30 14 -34 22 -28C30 -22 28 -14 20 -12C16 -8 14 -4 16 0Z', ink.STONE, { weight: 2.4, shade: { gap: 5, depth: 12 } });
    pen.shape(ellipse(-26, -6, 6), ink.LIGHT, { weight: 2 });
    pen.fill(ellipse(18, -22, 1.8), ink.INK);
    pen.cut('M-14 -4C-14 -14 -4 -16 2 -12', 2);
  });
}

function queenOfPentacles(pen: Pen): void {
  royal(pen, {
    suit: 'pentacles', robe: ink.RED, cloak: ink.GREEN, belt: ink.OCHRE,
    seat: () => {
      backrest(pen, ink.BROWN, ink.MOSS);
      for (const side of [-1, 1]) {
        pen.at({ x: side * 68, y: 74, mirror: side < 0 }, () => {
          pen.shape('M-14 6C-14 -14 4 -20 14 -10C20 -4 18 6 12 8Z', ink.STONE, { weight: 2.2, shade: { gap: 5, depth: 8 } });
          pen.shape('M-6 -10C-20 -16 -22 2 -12 4C-8 2 -8 -2 -10 -4Z', ink.LIGHT, { weight: 2 });
        });
      }
    },
    before: () => pentacle(pen, { x: 150, y: 284 }, 36),
    left: { elbow: [92, 272], hand: [116, 300], grip: 'open', bend: -20 },
    right: { elbow: [208, 272], hand: [184, 300], grip: 'open', bend: 20 },
    face: { hair: 'long', turn: -0.5, eyes: 'closed', crown: () => crown(pen, ink.OCHRE, ink.GREEN) },
  });
  // An arbour of roses.
  pen.line('M26 300C14 160 60 70 150 66C240 70 286 160 274 300', 5.4, ink.MOSS);
  vine(pen, [[24, 236, 20], [28, 190, -10], [40, 146, -30], [62, 108, -50], [92, 84, -70], [208, 84, -100], [238, 108, -120], [260, 146, -140], [272, 190, -160], [276, 236, 170]], ink.RED);
  rabbit(pen, 232, 424);
  for (const [x, y] of [[46, 412], [80, 426], [30, 428]] as const) rose(pen, { x, y }, ink.ROSE);
}

function kingOfWands(pen: Pen): void {
  royal(pen, {
    suit: 'wands', robe: ink.RED, cloak: ink.OCHRE, belt: ink.INK,
    seat: () => {
      backrest(pen, ink.BROWN, ink.OCHRE, -96, 62);
      for (const [x, y] of [[-32, -58], [34, -50], [-30, -14], [36, -4], [-34, 30], [36, 40]] as const) salamander(pen, x, y, 1);
      for (const side of [-1, 1]) lionHead(pen, { x: side * 72, y: 74, scale: 0.56 });
    },
    adorn: () => {
      pen.shape('M-9 -4C-26 0 -36 8 -40 22C-24 32 -12 26 0 36C12 26 24 32 40 22C36 8 26 0 9 -4Q0 12 -9 -4Z', ink.OCHRE, { weight: 2.5, shade: { depth: 14 } });
      pen.shape('M0 32L7 42L0 52L-7 42Z', ink.RED, { weight: 2, relief: 0.4 });
    },
    before: () => wand(pen, { x: 226, y: 236, turn: 5 }, { length: 316, width: 13, leaves: 7 }),
    left: { elbow: [90, 270], hand: [108, 292] },
    right: { elbow: [204, 280], hand: [227, 252] },
    face: { hair: 'short', beard: 'short', turn: 0.5, crown: () => crown(pen, ink.STRAW, ink.RED) },
  });
  salamander(pen, 56, 420, 1.5);
}

function kingOfCups(pen: Pen): void {
  royal(pen, {
    suit: 'cups', robe: ink.BLUE, cloak: ink.OCHRE, horizon: 292,
    seat: () => {
      backrest(pen, ink.STONE, ink.LIGHT, -96, 60);
      shell(pen, 0, -98, 1.4);
      for (const side of [-1, 1]) pen.cut(`M${side * 84} 96C${side * 70} 90 ${side * 66} 104 ${side * 76} 106C${side * 82} 106 ${side * 80} 98 ${side * 76} 100`, 2.4);
    },
    adorn: () => {
      pen.line('M-26 8Q0 50 26 8', 6.4);
      pen.line('M-26 8Q0 50 26 8', 3.2, ink.OCHRE);
      pen.shape('M-10 34C-4 26 6 28 10 34L17 29V41L10 36C6 42 -4 42 -10 34Z', ink.STRAW, { weight: 1.8, relief: 0.3 });
    },
    before: () => {
      cup(pen, { x: 78, y: 226, scale: 1.06 });
      pen.line('M222 316V214', 6.4);
      pen.line('M222 316V214', 3, ink.OCHRE);
      pen.shape(ellipse(222, 204, 12), ink.OCHRE, { weight: 2.3, shade: { gap: 4.4, depth: 8, weight: 1.5 } });
      pen.shape('M214 196L218 180L222 190L226 180L230 196Z', ink.OCHRE, { weight: 2 });
    },
    left: { elbow: [90, 286], hand: [80, 250] },
    right: { elbow: [208, 286], hand: [222, 262] },
    face: { hair: 'bob', hairColour: ink.BROWN, beard: 'moustache', turn: -0.5, crown: () => crown(pen, ink.OCHRE, ink.BLUE) },
  });
  // His throne stands in the sea; a ship and a fish go by.
  pen.shape('M10 396C60 384 110 400 150 392C200 386 250 400 290 390V440H10Z', ink.BLUE, { weight: 2.6 });
  waves(pen, 404, 436, ink.MIST, 11, 24);
  pen.at({ x: 254, y: 304 }, () => {
    pen.shape('M-20 -2H20C16 10 -14 10 -20 -2Z', ink.BROWN, { weight: 2.1 });
    pen.line('M0 -2V-34', 2.4);
    pen.shape('M2 -32C16 -26 16 -12 2 -6Z', ink.LIGHT, { weight: 2 });
  });
  pen.shape('M28 330C36 316 56 314 62 326L74 318V336L62 330C56 342 36 342 28 330Z', ink.ROSE, { weight: 2.2, shade: { gap: 4.6, depth: 8 } });
  pen.fill(ellipse(38, 328, 2), ink.INK);
}

function kingOfSwords(pen: Pen): void {
  royal(pen, {
    suit: 'swords', robe: ink.BLUE, cloak: ink.PLUM, horizon: 352,
    seat: () => {
      backrest(pen, ink.STONE, ink.SLATE, -100, 58);
      butterfly(pen, -30, -50);
      butterfly(pen, 30, -50);
      crescent(pen, { x: -34, y: -12 }, 9, ink.STRAW, 1.8);
      crescent(pen, { x: 34, y: -12, mirror: true }, 9, ink.STRAW, 1.8);
      butterfly(pen, 0, -84, 1.2);
    },
    adorn: () => pen.shape('M-9 -4C-26 0 -38 10 -42 28C-28 22 -18 22 0 30C18 22 28 22 42 28C38 10 26 0 9 -4Q0 12 -9 -4Z', ink.PLUM, { weight: 2.5, shade: { depth: 14 } }),
    before: () => sword(pen, { x: 214, y: 180, turn: 9 }, { length: 226, guard: 21, grip: ink.RED }),
    left: { elbow: [92, 272], hand: [108, 296], grip: 'open' },
    right: { elbow: [202, 286], hand: [202, 268], bend: -10 },
    face: { hair: 'bob', hairColour: ink.STONE, beard: 'short', crown: () => crown(pen, ink.OCHRE, ink.BLUE) },
  });
  for (const [x, y] of [[250, 84], [270, 104]] as const) bird(pen, { x, y, scale: 0.44 }, ink.INK);
}

function kingOfPentacles(pen: Pen): void {
  royal(pen, {
    suit: 'pentacles', robe: ink.PLUM, cloak: ink.MOSS, belt: ink.OCHRE,
    seat: () => {
      backrest(pen, '#57463c', ink.BROWN, -96, 64);
      bullHead(pen, { x: -62, y: -72, scale: 0.72 }, ink.STONE);
      bullHead(pen, { x: 62, y: -72, scale: 0.72 }, ink.STONE);
      for (const side of [-1, 1]) bullHead(pen, { x: side * 74, y: 78, scale: 0.64 }, ink.STONE);
    },
    adorn: () => {
      for (const [x, y] of [[-30, 126], [-8, 140], [26, 124], [10, 166], [-36, 168], [38, 166], [-14, 186], [0, 40], [-14, 60], [14, 58]] as const) {
        pen.motif('grapes', { x, y }, () => {
          for (let i = 0; i < 6; ++i) {
            const p = [[-4, -3], [0, -3], [4, -3], [-2, 1], [2, 1], [0, 5]][i]!;
            pen.fill(ellipse(p[0]!, p[1]!, 2.4), ink.OCHRE);
          }
        });
      }
    },
    before: () => {
      pen.line('M82 320V206', 6.4);
      pen.line('M82 320V206', 3, ink.OCHRE);
      pen.shape(ellipse(82, 196, 11), ink.OCHRE, { weight: 2.3, shade: { gap: 4.4, depth: 8, weight: 1.5 } });
    },
    left: { elbow: [92, 288], hand: [82, 258] },
    right: { elbow: [214, 262], hand: [208, 284], grip: 'open' },
    after: () => {
      pentacle(pen, { x: 204, y: 304 }, 32);
      handOf(pen, { x: 212, y: 278, turn: 104 }, 'open', LOOKS.pentacles.skin);
    },
    face: { hair: 'short', beard: 'short', crown: () => {
      crown(pen, ink.OCHRE, ink.RED);
      pen.at({ y: 2 }, () => laurel(pen, ink.GREEN));
    } },
  });
  vine(pen, [[34, 300, -60], [30, 340, -90], [40, 384, -60], [268, 320, -100], [272, 360, -80], [262, 404, -110]]);
  for (const [x, y] of [[52, 410], [256, 424], [30, 424]] as const) {
    for (let i = 0; i < 6; ++i) {
      const p = polar({ x, y }, i ? 6 : 0, i * 72);
      pen.shape(ellipse(p.x, p.y, 5), ink.PLUM, { weight: 1.6, relief: 0.2 });
    }
  }
}

export const QUEENS_AND_KINGS: Partial<Record<Minor, Picture>> = {
  'queen-of-wands': queenOfWands,
  'queen-of-cups': queenOfCups,
  'queen-of-swords': queenOfSwords,
  'queen-of-pentacles': queenOfPentacles,
  'king-of-wands': kingOfWands,
  'king-of-cups': kingOfCups,
  'king-of-swords': kingOfSwords,
  'king-of-pentacles': kingOfPentacles,
};
