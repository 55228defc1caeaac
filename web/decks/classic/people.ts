// Parts of people, shared by majors and courts so that all come from one hand: heads, hair and
// beards, arms with hands, robes. Coordinates of a part are its own; heads are 38 high.
import { tube } from '../kit/hatch.ts';
import type { Place, Point } from '../kit/matrix.ts';
import { ellipse, smooth } from '../kit/path.ts';
import type { Pen, ShapeOptions } from '../kit/pen.ts';
import { BROWN, DARK_SKIN, INK, SKIN } from './palette.ts';

export type Hair = 'long' | 'bob' | 'short' | 'curls' | 'none';

export interface Face {
  /** From -1, looking to the left, to 1. */
  turn?: number;
  hair?: Hair;
  hairColour?: string;
  beard?: 'long' | 'short' | 'moustache';
  skin?: string;
  eyes?: 'open' | 'closed';
  /** Drawn last, over the hair: the brow is at y = -12, 15 wide to each side. */
  crown?: () => void;
  /** Drawn before anything else of the head. */
  behind?: () => void;
}

/** A flush that suits the skin. */
const cheekOf = (skin: string): string => (skin === DARK_SKIN ? '#a8643f' : '#e5a384');

/** A head around its centre. */
export function head(pen: Pen, place: Place, face: Face = {}): void {
  const { turn = 0, hair = 'short', hairColour = BROWN, skin = SKIN } = face;
  pen.at(place, () => {
    face.behind?.();
    hairBehind(pen, hair, hairColour);
    if (face.beard === 'long') beardOf(pen, 'long', hairColour, turn);
    pen.shape(
      'M-14.5 -6C-15 -22 15 -22 14.5 -6C15 6 8 19.5 0 19.5C-8 19.5 -15 6 -14.5 -6Z',
      skin,
      { weight: 2.4, shade: { gap: 4.4, depth: 9, weight: 1.5 } },
    );
    features(pen, turn * 4, face);
    if (face.beard) beardOf(pen, face.beard === 'long' ? 'moustache' : face.beard, hairColour, turn);
    hairBefore(pen, hair, hairColour, turn);
    face.crown?.();
  });
}

function features(pen: Pen, shift: number, { eyes = 'open', skin = SKIN }: Face): void {
  for (const side of [-1, 1]) {
    const x = side * 6.2 + shift;
    pen.cut(`M${x - 4.2} -5Q${x} -8 ${x + 4} -5.4`, 1.9);
    if (eyes === 'open') {
      pen.cut(`M${x - 4} -.4Q${x} -4 ${x + 4} -.2`, 1.9);
      pen.fill(ellipse(x + shift * 0.15, 0.1, 1.7), INK);
    } else {
      pen.cut(`M${x - 4} -1Q${x} 2.6 ${x + 4} -1`, 2);
    }
    pen.fill(ellipse(x + side * 2, 6.4, 2.9, 2.4), cheekOf(skin));
  }
  const nose = shift === 0 ? 1 : Math.sign(shift);
  pen.cut(`M${shift * 1.2} -4Q${shift * 1.5 + nose * 2.4} 3 ${shift * 1.5 + nose * 2.6} 6L${shift * 1.4 - nose * 1.6} 6.6`, 1.7, 'out');
  pen.cut(`M${shift - 4.4} 11Q${shift} 13.6 ${shift + 4.4} 10.8`, 2.3);
  pen.cut(`M${shift - 2} 14.6Q${shift} 15.4 ${shift + 2} 14.6`, 1.3);
}

function hairBehind(pen: Pen, hair: Hair, colour: string): void {
  // Two locks, so that neck and collar show between them.
  if (hair === 'long') {
    for (const mirror of [false, true]) {
      pen.at({ mirror }, () => {
        pen.shape('M13 -14C22 2 19 18 25 34C27 42 20 46 15 42C8 36 10 22 5 10Z', colour, { weight: 2.4 });
        pen.cut('M16 0C18 16 15 26 20 40M13 12C14 22 12 30 16 40', 1.8);
      });
    }
  } else if (hair === 'bob') {
    for (const mirror of [false, true]) {
      pen.at({ mirror }, () => {
        pen.shape('M13 -14C22 0 23 12 20 21C15 25 8 23 5 17Z', colour, { weight: 2.4 });
        pen.cut('M16 -2C18 8 17 14 15 20', 1.8);
      });
    }
  } else if (hair === 'curls') {
    pen.shape(
      'M-13 -16C-20 -14 -22 -7 -19 -3C-24 0 -24 7 -19 9C-20 15 -13 18 -10 14H10C13 18 20 15 19 9C24 7 24 0 19 -3C22 -7 20 -14 13 -16Z',
      colour,
      { weight: 2.6 },
    );
  }
}

function hairBefore(pen: Pen, hair: Hair, colour: string, turn: number): void {
  const part = turn * 5;
  if (hair === 'none') return;
  if (hair === 'curls') {
    pen.shape(
      'M-16 -4C-20 -8 -17 -14 -13 -14C-13 -20 -6 -22 -3 -19C0 -23 8 -22 9 -18C15 -18 19 -11 15.5 -5C14 -9 10 -11 7 -10C4 -13 -2 -12 -4 -10C-9 -12 -14 -9 -16 -4Z',
      colour,
      { weight: 2.4 },
    );
    return;
  }
  const low = hair === 'short' ? 1 : hair === 'long' ? 3 : 7;
  pen.shape(
    `M-15 ${low}C-19 -22 -6 -23.5 ${part} -21C8 -23.5 19 -22 15 ${low}C13 -3 ${9 + part} -12 ${part + 1} -15C${part - 8} -13 -12.5 -4 -15 ${low}Z`,
    colour,
    { weight: 2.4 },
  );
  pen.cut(`M${part} -20C${part - 6} -18 -11 -13 -13.5 -4M${part + 1} -20C${part + 8} -18 12 -12 13.5 -4`, 1.6);
}

function beardOf(pen: Pen, kind: 'long' | 'short' | 'moustache', colour: string, turn: number): void {
  const x = turn * 4;
  if (kind === 'long') {
    pen.shape('M-14 2C-15 20 -13 36 -1 50C12 36 15 20 14 2Z', colour, { weight: 2.4, shade: { gap: 5, depth: 8, weight: 1.5 } });
    pen.cut('M-7 20C-7 30 -4 38 -1 44M0 20V40M7 20C7 30 4 36 1 42', 1.8);
    return;
  }
  if (kind === 'short') {
    pen.shape(
      `M-14.8 0C-15 16 -8 26 0 26C8 26 15 16 14.8 0C13 8 9 9.5 ${x + 5} 8.5C${x + 2} 7 ${x - 2} 7 ${x - 5} 8.5C-9 9.5 -13 8 -14.8 0Z`,
      colour,
      { weight: 2.2 },
    );
    pen.cut(`M${x - 4} 12.6Q${x} 11 ${x + 4} 12.6`, 2.2);
    pen.cut('M-8 17Q-6 22 -3 24M8 17Q6 22 3 24M0 17V24', 1.6);
    return;
  }
  pen.shape(
    `M-14.6 3C-14 16 -9 22 0 22C9 22 14 16 14.6 3C12 9 9 10 ${x + 6} 9C${x + 2} 7.2 ${x - 2} 7.2 ${x - 6} 9C-9 10 -12 9 -14.6 3Z`,
    colour,
    { weight: 1.8 },
  );
  pen.cut(`M${x - 4} 12.4Q${x} 10.8 ${x + 4} 12.4`, 2.2);
}

/** Something long and round: points in the middle, widths at each. */
export function limb(
  pen: Pen,
  points: [number, number][],
  widths: number[],
  fill: string,
  options: ShapeOptions = {},
): void {
  const spine: Point[] = points.map(([x, y]) => ({ x, y }));
  pen.shape([smooth(tube(spine, widths), true)], fill, {
    shade: { gap: 4.8, depth: 9, weight: 1.7 },
    ...options,
  });
}

export interface Arm {
  shoulder: [number, number];
  elbow: [number, number];
  hand: [number, number];
  sleeve: string;
  lining?: string;
  skin?: string;
  /** At the shoulder, the elbow and the cuff. */
  widths?: [number, number, number];
  grip?: 'fist' | 'open' | 'point' | 'bless' | 'none';
  /** Of the hand, in degrees from pointing along the forearm. */
  bend?: number;
}

/** A sleeve from the shoulder to the wrist and the hand that comes out of it. */
export function arm(pen: Pen, how: Arm): void {
  const { shoulder, elbow, hand, sleeve, lining = INK, skin = SKIN } = how;
  const { widths = [19, 18, 17], grip = 'fist', bend = 0 } = how;
  const along = Math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]);
  const degrees = (along * 180) / Math.PI;
  const back = (by: number): [number, number] => [
    hand[0] - Math.cos(along) * by,
    hand[1] - Math.sin(along) * by,
  ];
  const cuff = back(13);
  limb(pen, [shoulder, elbow, cuff], widths, sleeve, { weight: 2.8 });
  pen.at({ x: cuff[0], y: cuff[1], turn: degrees }, () => {
    pen.shape(ellipse(0, 0, Math.min(5.5, widths[2] * 0.26), widths[2] / 2), lining, { weight: 2.2 });
  });
  limb(pen, [back(14), back(7), hand], [8, 9, 9], skin, { weight: 2.2, shade: false });
  if (grip !== 'none') handOf(pen, { x: hand[0], y: hand[1], turn: degrees + bend }, grip, skin);
}

/** A hand at the end of an arm that points along x. */
export function handOf(
  pen: Pen,
  place: Place,
  grip: 'fist' | 'open' | 'point' | 'bless',
  skin = SKIN,
): void {
  const thin: ShapeOptions = { weight: 2.2, relief: 0.5 };
  pen.at(place, () => {
    if (grip === 'fist') {
      pen.shape('M-5 -5.5C0 -8.5 7 -7.5 8.5 -3C10 2 8 7.5 2 8C-3 8.5 -7 5 -7 0C-7 -3 -6.5 -4.5 -5 -5.5Z', skin, thin);
      pen.cut('M8 -3.5C5 -2 4 -2 2 -2.5M9 .5C6 1.5 4 1.5 2 1M7.5 4.5C5 5 4 5 2 4.5', 1.5);
    } else if (grip === 'open') {
      pen.shape('M-6 -4.5C0 -7 8 -6 17 -4C19 -3 18 -1 16 -1C19 0 19 2 16 2.5C17 4 15 5.5 12 4.5C5 7 -3 7 -6 4.5Z', skin, thin);
      pen.cut('M16 -1L6 -1.5M16 2.5L6 1.5', 1.4);
      pen.shape('M0 -5C3 -9 7 -11 9 -10C10 -8 7 -5 4 -3Z', skin, { weight: 1.8, relief: 0.4 });
    } else if (grip === 'point') {
      pen.shape('M-6 -5C-1 -7 5 -6 8 -4.5L20 -4C22.5 -3 22 -.5 20 -.3L9 .3C10 4 6 7 1 7C-4 7 -7 3 -6 -5Z', skin, thin);
      pen.cut('M8.5 1.5C6 2.5 4 2.5 2 2M7 5C5 5.5 3 5.5 2 5', 1.5);
    } else {
      pen.shape('M-6 -5C-1 -7 5 -6 8 -6L19 -6.5C21 -6 21 -3.5 19 -3L19 -2.6C21 -2 21 .5 19 .8L8 1.5C10 5 6 8 1 7.5C-4 7 -7 3 -6 -5Z', skin, thin);
      pen.cut('M19 -2.8L8 -2.4M8.5 2.5C6 3.5 4 3.5 2 3', 1.4);
    }
  });
}

export interface Robe {
  fill: string;
  trim?: string;
  belt?: string;
  /** From the neck to the hem. */
  length?: number;
  shoulders?: number;
  waist?: number;
  hem?: number;
  skin?: string;
}

/** A standing figure's robe with its neck; the neck's base is at the origin. */
export function robe(pen: Pen, how: Robe): void {
  const { fill, trim, belt, length = 200, shoulders = 30, waist = 23, hem = 48, skin = SKIN } = how;
  const w = length * 0.36;
  pen.shape('M-6.5 -14H6.5L8 4H-8Z', skin, { weight: 2.2, shade: { gap: 4, depth: 8, weight: 1.5 } });
  pen.shape(
    `M-8 -3C-14 1 ${-shoulders + 3} 1 ${-shoulders} 10C${-shoulders - 1} 26 ${-waist - 4} ${w - 16} ${-waist} ${w}` +
      `C${-waist - 9} ${w + 36} ${-hem + 4} ${length - 40} ${-hem} ${length}Q0 ${length + 9} ${hem} ${length}` +
      `C${hem - 4} ${length - 40} ${waist + 9} ${w + 36} ${waist} ${w}C${waist + 4} ${w - 16} ${shoulders + 1} 26 ${shoulders} 10` +
      `C${shoulders - 3} 1 14 1 8 -3Q0 9 -8 -3Z`,
    fill,
    { shade: { depth: 20 } },
  );
  for (const x of [-0.62, -0.2, 0.28, 0.66]) {
    pen.cut(`M${x * waist * 0.8} ${w + 8}C${x * waist * 1.2} ${w + 40} ${x * hem * 0.8} ${length - 50} ${x * hem} ${length - 4}`, 2.6, 'out');
  }
  pen.cut(`M${-waist * 0.5} ${w - 6}C${-waist * 0.7} ${w - 18} ${-shoulders * 0.5} 30 ${-shoulders * 0.42} 22`, 2, 'in');
  pen.cut(`M${waist * 0.4} ${w - 6}C${waist * 0.6} ${w - 18} ${shoulders * 0.4} 30 ${shoulders * 0.36} 22`, 2, 'in');
  if (trim) {
    pen.line(`M${-hem + 2.5} ${length - 8}Q0 ${length + 1} ${hem - 2.5} ${length - 8}`, 5.2, INK);
    pen.line(`M${-hem + 2.5} ${length - 8}Q0 ${length + 1} ${hem - 2.5} ${length - 8}`, 2.6, trim);
    pen.shape('M-9.5 -3.5Q0 11 9.5 -3.5L11.5 2Q0 17 -11.5 2Z', trim, { weight: 1.8 });
  }
  if (belt) {
    pen.shape(`M${-waist - 0.5} ${w - 4}Q0 ${w + 3} ${waist + 0.5} ${w - 4}V${w + 4}Q0 ${w + 11} ${-waist - 0.5} ${w + 4}Z`, belt, { weight: 2 });
  }
}

export interface Seat {
  fill: string;
  trim?: string;
  belt?: string;
  cloak?: string;
  /** From the neck to the hem. */
  length?: number;
  shoulders?: number;
  knees?: number;
  hem?: number;
  skin?: string;
}

/** A figure that sits and faces us; the neck's base is at the origin. */
export function seated(pen: Pen, how: Seat): void {
  const { fill, trim, belt, cloak, length = 190, shoulders = 32, knees = 46, hem = 54 } = how;
  const { skin = SKIN } = how;
  const w = length * 0.36;
  const k = length * 0.5;
  if (cloak) {
    pen.shape(
      `M-10 -4C${-shoulders} -2 ${-shoulders - 9} 8 ${-shoulders - 11} 22C${-shoulders - 22} 60 ${-hem - 16} ${length - 50} ${-hem - 20} ${length - 2}` +
        `Q0 ${length + 12} ${hem + 20} ${length - 2}C${hem + 16} ${length - 50} ${shoulders + 22} 60 ${shoulders + 11} 22C${shoulders + 9} 8 ${shoulders} -2 10 -4Z`,
      cloak,
      { shade: { depth: 26 } },
    );
  }
  pen.shape('M-6.5 -14H6.5L8 4H-8Z', skin, { weight: 2.2, shade: { gap: 4, depth: 8, weight: 1.5 } });
  pen.shape(
    `M-8 -3C-14 1 ${-shoulders + 3} 1 ${-shoulders} 10C${-shoulders} 26 -28 ${w - 16} -25 ${w}` +
      `C-36 ${w + 6} ${-knees} ${k - 8} ${-knees - 1} ${k + 14}C${-knees} ${k + 44} ${-hem + 2} ${length - 30} ${-hem} ${length}` +
      `Q0 ${length + 9} ${hem} ${length}C${hem - 2} ${length - 30} ${knees} ${k + 44} ${knees + 1} ${k + 14}` +
      `C${knees} ${k - 8} 36 ${w + 6} 25 ${w}C28 ${w - 16} ${shoulders} 26 ${shoulders} 10C${shoulders - 3} 1 14 1 8 -3Q0 9 -8 -3Z`,
    fill,
    { shade: { depth: 18 } },
  );
  const knee = knees - 16;
  pen.cut(
    `M${-knee - 8} ${k + 4}Q${-knee} ${k - 4} ${-knee + 10} ${k + 4}M${knee - 10} ${k + 4}Q${knee} ${k - 4} ${knee + 8} ${k + 4}` +
      `M-12 ${w + 12}Q0 ${w + 26} 12 ${w + 12}M-19 ${w + 18}Q0 ${w + 46} 19 ${w + 18}`,
    2.4,
  );
  pen.cut(
    `M${-knee - 2} ${k + 12}C${-knee - 2} ${k + 40} ${-hem * 0.75} ${length - 34} ${-hem * 0.78} ${length - 6}` +
      `M${-knee + 9} ${k + 10}C${-knee + 4} ${k + 40} ${-hem * 0.36} ${length - 34} ${-hem * 0.4} ${length - 6}` +
      `M0 ${k + 20}C3 ${k + 44} -2 ${length - 34} 1 ${length - 2}` +
      `M${knee - 9} ${k + 10}C${knee - 4} ${k + 40} ${hem * 0.36} ${length - 34} ${hem * 0.4} ${length - 6}` +
      `M${knee + 2} ${k + 12}C${knee + 2} ${k + 40} ${hem * 0.75} ${length - 34} ${hem * 0.78} ${length - 6}`,
    2.6,
    'out',
  );
  if (trim) {
    pen.line(`M${-hem + 2} ${length - 8}Q0 ${length + 1} ${hem - 2} ${length - 8}`, 5.2, INK);
    pen.line(`M${-hem + 2} ${length - 8}Q0 ${length + 1} ${hem - 2} ${length - 8}`, 2.6, trim);
    pen.shape('M-9.5 -3.5Q0 11 9.5 -3.5L11.5 2Q0 17 -11.5 2Z', trim, { weight: 1.8 });
  }
  if (belt) {
    pen.shape(`M-25.5 ${w - 5}Q0 ${w + 2} 25.5 ${w - 5}V${w + 3}Q0 ${w + 10} -25.5 ${w + 3}Z`, belt, { weight: 2 });
  }
}

/** A feathered wing from the shoulder at the origin up to the right, 84 wide. */
export function wing(pen: Pen, place: Place, fill: string, tips: string): void {
  pen.at(place, () => {
    pen.shape(
      'M0 4C2 -28 34 -58 84 -62C82 -53 77 -48 72 -46C80 -44 86 -40 88 -36C82 -31 75 -29 69 -30C76 -25 80 -20 80 -15C73 -12 66 -13 60 -16C65 -9 67 -3 65 2' +
        'C58 2 52 0 47 -4C50 3 50 9 48 13C41 12 36 9 33 5C33 12 31 17 27 20C16 18 6 14 0 4Z',
      tips,
      { weight: 2.5, shade: { angle: -40, gap: 5, depth: 14, weight: 1.6 } },
    );
    pen.shape('M0 4C4 -22 28 -46 62 -52C58 -42 52 -38 46 -36C50 -32 50 -28 48 -25C40 -26 36 -25 32 -22C34 -17 34 -13 32 -10C26 -12 22 -11 19 -8C19 -3 17 1 14 4C8 6 4 6 0 4Z', fill, { weight: 2.2 });
    pen.cut('M8 0C14 -20 30 -36 50 -44M14 0C18 -12 26 -22 38 -30', 1.7);
    pen.cut('M72 -46L50 -36M69 -30L48 -26M60 -16L42 -16M47 -4L34 -8M33 5L26 0', 1.6);
  });
}

export interface Youth {
  tunic: string;
  hosen: string;
  boots: string;
  trim: string;
  skin?: string;
}

/** A young person who stands with legs apart, 190 from the neck at the origin to the soles. */
export function youth(pen: Pen, how: Youth): void {
  const { tunic, hosen, boots, trim, skin = SKIN } = how;
  for (const side of [-1, 1]) {
    limb(pen, [[side * 14, 100], [side * 17, 136], [side * 19, 164]], [26, 20, 14], hosen);
    pen.at({ x: side * 19, y: 164, mirror: side < 0 }, () => {
      pen.shape('M-9 -20H9L10 6C12 14 20 16 26 22V27H-9C-11 10 -10 -6 -9 -20Z', boots, { weight: 2.5, shade: { gap: 5, depth: 8, weight: 1.6 } });
      pen.line('M-9 -14H9', 2);
    });
  }
  pen.shape('M-6.5 -14H6.5L8 4H-8Z', skin, { weight: 2.2, shade: { gap: 4, depth: 8, weight: 1.5 } });
  pen.shape(
    'M-8 -3C-16 1 -26 2 -30 12C-30 30 -22 46 -21 60C-28 82 -38 100 -42 118Q0 132 42 118C38 100 28 82 21 60C22 46 30 30 30 12C26 2 16 1 8 -3Q0 9 -8 -3Z',
    tunic,
    { shade: { depth: 18 } },
  );
  pen.cut('M-13 66C-17 84 -24 100 -26 118M-3 68C-4 86 -7 102 -8 122M9 67C11 84 13 100 14 121M16 64C22 82 28 98 31 116', 2.5, 'out');
  pen.line('M-40 112Q0 126 40 112', 5.2, INK);
  pen.line('M-40 112Q0 126 40 112', 2.6, trim);
  pen.shape('M-21.5 56Q0 64 21.5 56V64Q0 72 -21.5 64Z', trim, { weight: 2 });
  pen.shape('M-9.5 -3.5Q0 11 9.5 -3.5L12 3Q0 18 -12 3Z', trim, { weight: 1.8 });
}
