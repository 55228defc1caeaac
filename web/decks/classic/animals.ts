// Animals, each standing with its feet near the origin and looking to the right.
import type { Place } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { limb } from './people.ts';
import { INK, LIGHT, OCHRE, RED } from './palette.ts';

/** A small dog, about 66 long; leap turns it up on its hind legs. */
export function dog(pen: Pen, place: Place, fill: string = LIGHT): void {
  pen.at(place, () => {
    pen.shape('M-30 -26C-38 -32 -44 -42 -40 -50C-36 -48 -34 -40 -26 -34Z', fill, { weight: 2.2 });
    pen.shape('M-20 -18L-26 -9L-22 0H-14L-15 -4L-18 -7L-10 -14ZM14 -16L24 -2L30 -2L30 1H20L8 -12Z', fill, { weight: 2.2, relief: 0.4 });
    pen.shape(
      'M-30 -26C-26 -36 -10 -33 2 -34C10 -36 12 -44 16 -49C20 -56 30 -57 34 -52L47 -46C50 -42 47 -38 42 -38L33 -37C31 -30 27 -26 24 -20L26 -8L32 -3V0H22L15 -14C4 -14 -8 -14 -14 -17L-18 -8L-12 -3V0H-22L-28 -12C-32 -16 -32 -22 -30 -26Z',
      fill,
      { weight: 2.6, shade: { angle: 20, gap: 5, depth: 12, weight: 1.7 } },
    );
    pen.shape('M22 -54C16 -56 11 -50 12 -40C17 -38 22 -44 25 -50Z', fill, { weight: 2.2 });
    pen.fill(ellipse(32, -47.5, 1.9), INK);
    pen.fill(ellipse(46.5, -44, 2.4), INK);
    pen.cut('M43 -40Q37 -38 34 -40', 1.7);
    pen.line('M13 -36Q19 -30 27 -28', 3.6, RED);
  });
}

/** A bird that flies, wings up, 40 wide. */
export function bird(pen: Pen, place: Place, fill: string = LIGHT): void {
  pen.at(place, () => {
    pen.shape('M-4 -2C-14 -10 -16 -22 -12 -30C-4 -26 4 -16 6 -6Z', fill, { weight: 2.2, shade: { angle: 50, gap: 4, depth: 10, weight: 1.4 } });
    pen.shape('M-24 4C-16 -2 -8 -6 2 -6C8 -10 15 -9 17 -4L23 -2L17 0C14 7 2 10 -8 6L-24 9Z', fill, { weight: 2.2 });
    pen.shape('M0 -3C-2 -14 4 -26 12 -31C16 -22 14 -10 8 -2Z', fill, { weight: 2.2, shade: { angle: 60, gap: 4, depth: 10, weight: 1.4 } });
    pen.fill(ellipse(14, -4, 1.3), INK);
    pen.fill('M17 -4L23 -2L17 0Z', OCHRE);
  });
}

export type Gait = 'stand' | 'walk' | 'gallop' | 'rear';

interface Coat {
  coat: string;
  mane: string;
  gait?: Gait;
  bridle?: string;
}

/** Legs as hip, knee and fetlock: far fore, far hind, near fore, near hind. */
const LEGS: Record<Gait, [number, number][][]> = {
  stand: [
    [[40, -58], [44, -30], [42, -8]],
    [[-44, -60], [-48, -34], [-44, -8]],
    [[50, -58], [56, -30], [54, -8]],
    [[-52, -64], [-62, -34], [-56, -8]],
  ],
  walk: [
    [[42, -56], [34, -30], [26, -9]],
    [[-44, -60], [-38, -34], [-34, -8]],
    [[52, -58], [78, -46], [74, -22]],
    [[-52, -64], [-68, -36], [-70, -9]],
  ],
  gallop: [
    [[46, -56], [76, -40], [100, -30]],
    [[-46, -60], [-66, -34], [-92, -20]],
    [[52, -60], [84, -56], [108, -46]],
    [[-52, -66], [-78, -44], [-104, -36]],
  ],
  rear: [
    [[46, -58], [72, -62], [82, -38]],
    [[-44, -58], [-38, -28], [-58, -4]],
    [[54, -64], [84, -76], [98, -54]],
    [[-52, -64], [-56, -32], [-78, -10]],
  ],
};

/** A horse 150 long, its back at y = -92; a rider is drawn by `saddle` before the near legs. */
export function horse(pen: Pen, place: Place, how: Coat, saddle?: () => void): void {
  const { coat, mane, gait = 'stand', bridle = RED } = how;
  const legs = LEGS[gait];
  pen.at(place, () => {
    for (const joints of legs.slice(0, 2)) leg(pen, joints, coat);
    pen.shape('M-58 -82C-76 -92 -94 -74 -92 -48C-92 -30 -84 -18 -94 -6C-76 -8 -68 -26 -72 -44C-74 -58 -68 -66 -60 -66Z', mane, { weight: 2.4, shade: { angle: 70, gap: 4.6, depth: 9, weight: 1.6 } });
    for (const joints of legs.slice(2)) leg(pen, joints, coat);
    pen.shape(
      'M-58 -84C-40 -98 -10 -90 10 -92C28 -94 38 -110 48 -128C54 -140 64 -147 76 -147L80 -157L85 -145C94 -138 105 -119 113 -106C116 -99 110 -93 103 -95' +
        'C96 -97 90 -103 82 -107C78 -96 76 -84 70 -70C66 -54 56 -46 44 -45C16 -36 -20 -36 -36 -44C-54 -44 -68 -56 -67 -70C-66 -78 -63 -82 -58 -84Z',
      coat,
      { weight: 2.8, shade: { angle: 24, gap: 5.6, depth: 18, weight: 2 } },
    );
    pen.cut('M-40 -46C-52 -54 -54 -66 -50 -74M50 -50C58 -58 60 -66 60 -74M82 -108C86 -112 88 -118 86 -124', 2.2);
    pen.shape(
      'M80 -150C64 -154 52 -142 45 -129C36 -113 26 -99 8 -95C18 -86 26 -90 31 -86C34 -96 42 -92 45 -96C46 -106 54 -104 57 -110C58 -119 66 -120 69 -126C71 -134 78 -136 80 -150Z',
      mane,
      { weight: 2.3 },
    );
    pen.cut('M72 -146C62 -142 56 -130 52 -120M50 -128C42 -116 36 -104 28 -98', 1.7);
    pen.fill(ellipse(90, -127, 2.4), INK);
    pen.cut('M86 -132Q90 -135 94 -131', 1.8);
    pen.fill(ellipse(109, -102, 1.6), INK);
    pen.line('M80 -112L98 -132M98 -98L106 -116M99 -106C84 -100 60 -98 34 -100', 2.6, bridle);
    saddle?.();
  });
}

function leg(pen: Pen, joints: [number, number][], coat: string): void {
  const [top, knee, end] = joints as [[number, number], [number, number], [number, number]];
  limb(pen, [top, knee, end], [27, 12.5, 10], coat, { weight: 2.5 });
  const angle = (Math.atan2(end[1] - knee[1], end[0] - knee[0]) * 180) / Math.PI - 90;
  pen.at({ x: end[0], y: end[1], turn: angle }, () => {
    pen.shape('M-5.5 -1H5.5L8.5 8.5H-6Z', INK, { weight: 1.8, relief: 0 });
  });
}

/** A lion's head with its mane, seen from the front, 64 across. */
export function lionHead(pen: Pen, place: Place, coat: string = OCHRE, mane = '#b5702f'): void {
  pen.at(place, () => {
    let scallops = '';
    for (let i = 0; i < 14; ++i) {
      const a = ((i * 360) / 14 - 90) * (Math.PI / 180);
      const b = (((i + 0.5) * 360) / 14 - 90) * (Math.PI / 180);
      const c = (((i + 1) * 360) / 14 - 90) * (Math.PI / 180);
      if (i === 0) scallops += `M${Math.cos(a) * 28} ${Math.sin(a) * 29}`;
      scallops += `Q${Math.cos(b) * 44} ${Math.sin(b) * 46} ${Math.cos(c) * 28} ${Math.sin(c) * 29}`;
    }
    pen.shape(`${scallops}Z`, mane, { weight: 2.5, shade: { gap: 5, depth: 13, weight: 1.8 } });
    for (let i = 0; i < 14; ++i) {
      const a = (((i + 0.5) * 360) / 14 - 90) * (Math.PI / 180);
      pen.cut(`M${Math.cos(a) * 23} ${Math.sin(a) * 24}L${Math.cos(a) * 33} ${Math.sin(a) * 35}`, 1.7);
    }
    for (const side of [-1, 1]) pen.shape(ellipse(side * 15, -17, 5.5), coat, { weight: 2.2, relief: 0.4 });
    pen.shape('M-18 -4C-20 -22 20 -22 18 -4C17 4 15 8 13 12C9 22 -9 22 -13 12C-15 8 -17 4 -18 -4Z', coat, { weight: 2.4, shade: { gap: 4.6, depth: 8, weight: 1.5 } });
    for (const side of [-1, 1]) {
      pen.cut(`M${side * 3} -9Q${side * 8} -13 ${side * 13} -8`, 2.2);
      pen.fill(ellipse(side * 7.5, -5, 2), INK);
    }
    pen.shape('M-10 8C-10 2 -4 2 0 4C4 2 10 2 10 8C10 15 4 17 0 15C-4 17 -10 15 -10 8Z', '#f3d69b', { weight: 1.8, relief: 0 });
    pen.fill('M-5 2H5L0 8Z', INK);
    pen.cut('M0 7V12M-5 13Q-2 14 0 12Q2 14 5 13', 1.7);
  });
}

/** A bull's head from the front, 50 across. */
export function bullHead(pen: Pen, place: Place, coat = '#b98a5c'): void {
  pen.at(place, () => {
    for (const mirror of [false, true]) {
      pen.at({ mirror }, () => {
        pen.shape('M10 -14C22 -14 28 -22 26 -34C34 -24 32 -8 14 -6Z', LIGHT, { weight: 2.1, relief: 0.4 });
        pen.shape('M14 -7C22 -10 29 -7 31 -2C25 2 18 2 13 0Z', coat, { weight: 2.1, relief: 0.4 });
      });
    }
    pen.shape('M-16 -14C-10 -20 10 -20 16 -14C18 -4 14 4 12 14C12 24 -12 24 -12 14C-14 4 -18 -4 -16 -14Z', coat, { weight: 2.4, shade: { gap: 4.6, depth: 9, weight: 1.6 } });
    pen.shape('M-12 12C-12 6 12 6 12 12C13 22 6 25 0 25C-6 25 -13 22 -12 12Z', LIGHT, { weight: 2, relief: 0.4 });
    for (const side of [-1, 1]) {
      pen.fill(ellipse(side * 9, -4, 2), INK);
      pen.cut(`M${side * 5} -8Q${side * 9} -11 ${side * 13} -7`, 1.8);
      pen.fill(ellipse(side * 4.5, 15, 1.7), INK);
    }
    pen.cut('M-4 20Q0 22 4 20M-4 -16Q0 -8 4 -16M0 -18Q1 -12 0 -8', 1.6);
  });
}

/** An eagle's head and breast, looking to the right. */
export function eagleHead(pen: Pen, place: Place, coat = '#a9793f'): void {
  pen.at(place, () => {
    pen.shape('M-16 24C-22 0 -14 -22 4 -22C12 -22 17 -17 18 -12C24 -10 27 -5 25 0C22 -3 18 -3 14 -2C12 8 16 16 18 24Z', coat, { weight: 2.4, shade: { gap: 4.8, depth: 9, weight: 1.6 } });
    pen.shape('M13 -13C20 -15 28 -10 25 1C22 -3 18 -4 13 -3Z', OCHRE, { weight: 2, relief: 0.4 });
    pen.fill(ellipse(7, -11, 2), INK);
    pen.cut('M1 -15Q7 -18 13 -14', 2);
    pen.cut('M-10 0Q-6 6 -10 12M-2 4Q2 10 -2 16M6 6Q9 12 6 18M-12 14Q-9 20 -12 24', 1.8);
  });
}

/** A sphinx that sits and faces us, 96 high. */
export function sphinx(pen: Pen, place: Place, coat: string, cloth: string, stripes: string): void {
  pen.at(place, () => {
    const dark = coat === INK;
    const line = dark ? LIGHT : INK;
    pen.shape('M-30 0C-40 -10 -38 -34 -24 -40C-16 -46 16 -46 24 -40C38 -34 40 -10 30 0Z', coat, { weight: 2.5, shade: { gap: 5, depth: 10, weight: 1.7 }, shadeInk: line });
    pen.shape('M-17 0C-18 -20 -18 -36 -14 -48H14C18 -36 18 -20 17 0Z', coat, { weight: 2.3, ink: dark ? '#7d7468' : INK });
    pen.cut('M0 -4V-30', 2, 'lens', line);
    pen.shape('M-22 2C-23 -7 -4 -7 -2 2ZM2 2C4 -7 23 -7 22 2Z', coat, { weight: 2.1, ink: dark ? '#7d7468' : INK });
    pen.shape('M-13 -42L-22 -46C-24 -66 -20 -90 0 -90C20 -90 24 -66 22 -46L13 -42L12 -62H-12Z', cloth, { weight: 2.4 });
    pen.cut('M-21 -60L-13 -58M-22 -52L-13 -50M21 -60L13 -58M22 -52L13 -50M-18 -74L-12 -70M18 -74L12 -70', 2.6, 'lens', stripes);
    pen.at({ y: -64, scale: 0.86 }, () => {
      pen.shape('M-13 -8C-13 -18 13 -18 13 -8C13 6 7 17 0 17C-7 17 -13 6 -13 -8Z', dark ? '#8b7361' : '#f2d3ac', { weight: 2.2, shade: { gap: 4.4, depth: 8, weight: 1.4 } });
      for (const side of [-1, 1]) {
        pen.cut(`M${side * 2} -6Q${side * 6} -9 ${side * 10} -5`, 1.8);
        pen.fill(ellipse(side * 6, -2, 1.7), INK);
      }
      pen.cut('M0 -3Q2 4 2 6L-2 6M-4 11Q0 13 4 11', 1.7);
    });
  });
}
