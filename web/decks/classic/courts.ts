// Pages and knights. Pages stand with their suit's thing in hand, knights ride.
import type { Minor, Suit } from '../cards.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { bird, horse, type Gait } from './animals.ts';
import { cup, pentacle, sword, wand } from './emblems.ts';
import { cap, helmet } from './headwear.ts';
import * as ink from './palette.ts';
import { arm, head, limb, youth } from './people.ts';
import { tufts } from './sky.ts';
import { LANDS, LOOKS, salamander } from './suits.ts';

type Picture = (pen: Pen) => void;

const ARMOUR = '#c9cdc8';

function page(pen: Pen, suit: Suit, holds: () => void, turn: number, mirror = false): void {
  const look = LOOKS[suit];
  LANDS[suit](pen);
  const scale = 1.14;
  pen.at({ x: 150 - 150 * scale, y: 412 - 405 * scale, scale }, () => {
    pen.shape(mirror
      ? 'M168 218C196 226 210 260 222 330C206 340 190 338 178 330Z'
      : 'M132 218C104 226 90 260 78 330C94 340 110 338 122 330Z', look.cloak, { shade: { depth: 18 } });
    pen.at({ x: 150, y: 214 }, () => youth(pen, { tunic: look.robe, hosen: look.hosen, boots: look.cloak, trim: look.trim, skin: look.skin }));
    holds();
    head(pen, { x: 150 + turn * 2, y: 184, turn: turn * -6 }, {
      turn, hair: 'bob', hairColour: look.hair, skin: look.skin,
      crown: () => pen.at({ mirror: turn > 0 }, () => cap(pen, look.cloak, look.trim)),
    });
  });
}

function pageOfWands(pen: Pen): void {
  const { robe: sleeve, skin, trim: lining } = LOOKS.wands;
  page(pen, 'wands', () => {
    for (const [x, y] of [[130, 290], [168, 300], [146, 312], [176, 322], [120, 318]] as const) salamander(pen, x, y, 0.7);
    wand(pen, { x: 208, y: 240, turn: 2 }, { length: 320, width: 13, leaves: 7 });
    arm(pen, { shoulder: [124, 228], elbow: [128, 268], hand: [203, 262], sleeve, lining, skin, widths: [20, 22, 20] });
    arm(pen, { shoulder: [176, 228], elbow: [196, 246], hand: [206, 204], sleeve, lining, skin, widths: [20, 22, 20] });
  }, 0.8);
  tufts(pen, [[40, 416], [258, 420]], 10, ink.BROWN);
}

function pageOfCups(pen: Pen): void {
  const { robe: sleeve, skin, trim: lining } = LOOKS.cups;
  page(pen, 'cups', () => {
    for (const [x, y] of [[130, 244], [168, 238], [136, 300], [164, 306], [150, 322], [178, 316], [120, 318]] as const) {
      pen.motif('water lily', { x, y }, () => pen.shape('M0 5C-7 4 -9 -2 -8 -6L-4 -3L0 -8L4 -3L8 -6C9 -2 7 4 0 5Z', ink.ROSE, { weight: 1.5, relief: 0.2 }));
    }
    arm(pen, { shoulder: [176, 228], elbow: [200, 262], hand: [170, 276], sleeve, lining, skin, widths: [20, 22, 20] });
    // A fish looks out of the cup.
    pen.shape('M84 192C80 168 90 154 104 160C110 150 117 155 114 165C118 174 113 190 106 196H88Z', ink.MIST, { weight: 2.3, shade: { gap: 4.4, depth: 8, weight: 1.5 } });
    pen.fill(ellipse(95, 169, 2.4), ink.INK);
    pen.cut('M84 178Q91 179 94 174M104 168Q111 176 106 188', 1.7);
    cup(pen, { x: 98, y: 224, scale: 1.04 });
    arm(pen, { shoulder: [124, 228], elbow: [92, 282], hand: [98, 246], sleeve, lining, skin, widths: [20, 22, 20] });
  }, -0.8, true);
}

function pageOfSwords(pen: Pen): void {
  const { robe: sleeve, skin, trim: lining } = LOOKS.swords;
  page(pen, 'swords', () => {
    sword(pen, { x: 214, y: 176, turn: 14 }, { length: 226, guard: 21, grip: ink.PLUM });
    arm(pen, { shoulder: [176, 228], elbow: [208, 272], hand: [192, 264], sleeve, lining, skin, widths: [20, 21, 19] });
    arm(pen, { shoulder: [124, 228], elbow: [130, 272], hand: [186, 280], sleeve, lining, skin, widths: [20, 21, 19] });
  }, -0.8);
  for (const [x, y, s] of [[60, 84, 0.5], [92, 70, 0.42], [110, 92, 0.36]] as const) bird(pen, { x, y, scale: s }, ink.INK);
}

function pageOfPentacles(pen: Pen): void {
  const { robe: sleeve, skin, trim: lining } = LOOKS.pentacles;
  page(pen, 'pentacles', () => {
    pentacle(pen, { x: 92, y: 168 }, 37);
    arm(pen, { shoulder: [176, 228], elbow: [164, 262], hand: [118, 206], sleeve, lining, skin, widths: [20, 21, 19], grip: 'open', bend: -10 });
    arm(pen, { shoulder: [124, 228], elbow: [92, 252], hand: [84, 208], sleeve, lining, skin, widths: [20, 21, 19], grip: 'open' });
  }, -0.8, true);
}

interface Mount {
  gait: Gait;
  coat: string;
  mane: string;
  turn: number;
  x?: number;
  y: number;
  scale?: number;
}

/** A rider in armour; what they hold is drawn in the horse's coordinates before the near arm. */
function knight(pen: Pen, suit: Suit, mount: Mount, plume: string, holds: () => void, grip: { elbow: [number, number]; hand: [number, number] }): void {
  const look = LOOKS[suit];
  const { gait, coat, mane, turn, x = 136, y, scale = 1.06 } = mount;
  horse(pen, { x, y, scale, turn }, { coat, mane, gait, bridle: look.cloak }, () => {
    pen.shape('M-54 -86C-40 -98 2 -96 26 -94C36 -78 30 -56 20 -44C2 -38 -30 -38 -46 -48C-56 -58 -60 -74 -54 -86Z', look.cloak, { weight: 2.5, shade: { depth: 14, gap: 5 } });
    pen.line('M-48 -53C-30 -43 2 -43 18 -49', 2.8, look.trim);
    // What flies behind in the wind.
    pen.shape('M-14 -170C-40 -164 -62 -140 -84 -112C-70 -110 -62 -112 -54 -108C-50 -100 -40 -98 -24 -100Z', look.cloak, { shade: { angle: 50, depth: 18 } });
    limb(pen, [[-8, -98], [22, -82], [14, -42]], [28, 21, 13], ARMOUR);
    pen.cut('M12 -72Q22 -76 32 -72', 2);
    pen.shape('M4 -46H22C26 -42 34 -40 38 -34H4Z', ARMOUR, { weight: 2.4 });
    pen.shape('M-6 -176C-22 -172 -32 -166 -32 -152C-30 -134 -26 -120 -26 -104C-24 -92 -18 -88 -4 -88C10 -88 16 -92 18 -104C18 -120 22 -134 24 -152C24 -166 14 -172 -2 -176Z', look.robe, { shade: { depth: 16 } });
    pen.shape('M-26 -112Q-4 -104 18 -112L19 -102Q-4 -94 -27 -102Z', look.trim, { weight: 2 });
    pen.cut('M-18 -98C-20 -92 -20 -90 -18 -88M-4 -96V-88M10 -98C12 -92 12 -90 10 -88', 1.8);
    holds();
    const shoulder: [number, number] = [12, -160];
    arm(pen, { shoulder, elbow: grip.elbow, hand: grip.hand, sleeve: ARMOUR, lining: ink.INK, skin: look.skin, widths: [21, 19, 16] });
    pen.shape(ellipse(12, -160, 13, 11), ARMOUR, { weight: 2.4, shade: { gap: 4.4, depth: 9, weight: 1.5 } });
    pen.line('M2 -156Q14 -150 24 -158', 1.6);
    pen.shape('M-12 -186H6L7 -172H-13Z', ARMOUR, { weight: 2.2 });
    head(pen, { x: -2, y: -202 }, { turn: 0.8, hair: 'none', skin: look.skin, crown: () => helmet(pen, plume, ARMOUR) });
  });
}

function knightOfWands(pen: Pen): void {
  LANDS.wands(pen, 356);
  knight(pen, 'wands', { gait: 'rear', coat: '#b5702f', mane: ink.OCHRE, turn: -20, x: 166, y: 400 }, ink.RED, () => {
    wand(pen, { x: 64, y: -196, turn: 34 }, { length: 156, width: 11, leaves: 5 });
  }, { elbow: [40, -142], hand: [58, -184] });
  for (const [x, y] of [[142, 266], [126, 282], [158, 284]] as const) salamander(pen, x, y, 0.6);
  tufts(pen, [[52, 420], [236, 416], [264, 424]], 10, ink.BROWN);
}

function knightOfCups(pen: Pen): void {
  LANDS.cups(pen, 318);
  knight(pen, 'cups', { gait: 'walk', coat: ink.LIGHT, mane: ink.STONE, turn: 0, y: 412 }, ink.ROSE, () => {
    cup(pen, { x: 84, y: -182, scale: 0.96 });
  }, { elbow: [38, -130], hand: [80, -160] });
}

function knightOfSwords(pen: Pen): void {
  LANDS.swords(pen, 362);
  knight(pen, 'swords', { gait: 'gallop', coat: ink.LIGHT, mane: ink.SLATE, turn: -7, y: 410, scale: 1.04 }, ink.BLUE, () => {
    sword(pen, { x: 72, y: -212, turn: 40 }, { length: 170, guard: 18, grip: ink.PLUM });
  }, { elbow: [36, -138], hand: [34, -170] });
  for (const [x, y, s] of [[228, 84, 0.5], [256, 106, 0.42], [210, 108, 0.36]] as const) bird(pen, { x, y, scale: s }, ink.INK);
}

function knightOfPentacles(pen: Pen): void {
  LANDS.pentacles(pen, 336);
  knight(pen, 'pentacles', { gait: 'stand', coat: '#4a3b38', mane: ink.INK, turn: 0, y: 414 }, ink.GREEN, () => {
    pentacle(pen, { x: 82, y: -184 }, 31);
  }, { elbow: [34, -128], hand: [68, -152] });
}

export const PAGES_AND_KNIGHTS: Partial<Record<Minor, Picture>> = {
  'page-of-wands': pageOfWands,
  'page-of-cups': pageOfCups,
  'page-of-swords': pageOfSwords,
  'page-of-pentacles': pageOfPentacles,
  'knight-of-wands': knightOfWands,
  'knight-of-cups': knightOfCups,
  'knight-of-swords': knightOfSwords,
  'knight-of-pentacles': knightOfPentacles,
};
