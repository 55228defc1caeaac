// Aces and pips: wands are the spokes of a sun, cups stand in tiers over the sea, swords weave
// stars, pentacles keep their orbits.
import type { MinorCard, Suit } from '../cards.ts';
import { polar, type Point } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import {
  CENTRE, dial, glory, hills, leaf, lemniscate, moon, peaks, rose, sea, spark, spokes, sun, wings,
} from './celestial.ts';
import { emblem } from './emblems.ts';
import { DEEP, DUSK, GOLD, MIST, NIGHT, PALE, TINTS } from './frame.ts';

export function pip(pen: Pen, card: MinorCard): void {
  if (card.number === 1) ace(pen, card.suit);
  else SUIT_PIPS[card.suit](pen, card.number);
}

const SUIT_PIPS: Record<Suit, (pen: Pen, count: number) => void> = {
  wands: wands,
  cups: cups,
  swords: swords,
  pentacles: pentacles,
};

function ace(pen: Pen, suit: Suit): void {
  LANDS[suit](pen);
  glory(pen, CENTRE, 104, 128, 72, MIST, 1.1);
  dial(pen, CENTRE, 102, 60);
  glory(pen, CENTRE, 64, 88, 48, GOLD, 1.2);
  if (suit === 'wands' || suit === 'swords') {
    wings(pen, 150, suit === 'wands' ? 226 : 250, 0.92);
    emblem(pen, suit, { x: 150, y: 228, scale: 2.7 });
  } else {
    pen.shape(ellipse(CENTRE.x, CENTRE.y, 62), DEEP, { weight: 1.4 });
    emblem(pen, suit, { x: 150, y: suit === 'cups' ? 230 : 232, scale: suit === 'cups' ? 1.9 : 2.3 });
  }
  const above = suit === 'swords' ? 92 : 98;
  if (suit === 'swords') {
    pen.shape(`M126 ${above + 26}L120 ${above - 2}L138 ${above + 12}L150 ${above - 10}L162 ${above + 12}L180 ${above - 2}L174 ${above + 26}Q150 ${above + 34} 126 ${above + 26}Z`, NIGHT, { weight: 2 });
    pen.fill(ellipse(150, above + 18, 3.6), PALE);
  } else {
    spark(pen, 150, above - 4, 13);
  }
}

const LANDS: Record<Suit, (pen: Pen) => void> = {
  wands(pen) {
    peaks(pen, [[62, 352], [238, 346]], 440);
    hills(pen, [[398, 388, 384, 390, 398]], [NIGHT]);
  },
  cups(pen) {
    pen.shape('M20 376H280V440H20Z', DEEP, { weight: 1.6 });
    sea(pen, 388, 4, MIST, 12);
  },
  swords(pen) {
    peaks(pen, [[96, 330], [204, 326], [48, 364], [252, 360]], 440);
    pen.line('M30 396H120M60 408H200M150 396H270M90 420H240', 1.2, MIST);
  },
  pentacles(pen) {
    hills(pen, [[386, 370, 380, 370, 386], [410, 400, 408, 398, 410]], [DUSK, NIGHT]);
    for (const x of [58, 242]) {
      pen.line(`M${x} 392V372`, 1.8);
      pen.shape(`M${x} 330Q${x + 16} 352 ${x + 12} 372Q${x} 380 ${x - 12} 372Q${x - 16} 352 ${x} 330Z`, NIGHT, { weight: 1.7 });
      pen.line(`M${x} 376V344`, 1);
    }
  },
};

/** A star of as many points, or for two an almond: the sign of the number. */
function sign(pen: Pen, count: number, at: Point, r: number, tint: string): void {
  pen.shape(ellipse(at.x, at.y, r), DEEP, { weight: 1.6 });
  if (count === 2) {
    pen.shape(`M${at.x} ${at.y - r * 0.8}Q${at.x + r * 0.9} ${at.y} ${at.x} ${at.y + r * 0.8}Q${at.x - r * 0.9} ${at.y} ${at.x} ${at.y - r * 0.8}Z`, NIGHT, { weight: 1.5 });
    pen.fill(ellipse(at.x, at.y, r * 0.2), tint);
    return;
  }
  const skip = count < 5 ? 1 : Math.floor((count - 1) / 2);
  let data = '';
  for (let start = 0, drawn = 0; drawn < count; ++start) {
    // Six, eight and so on may be made of several closed figures.
    let at0 = start;
    const points: Point[] = [];
    do {
      points.push(polar(at, r * 0.86, (at0 * 360) / count - 90));
      at0 = (at0 + skip) % count;
      ++drawn;
    } while (at0 !== start && drawn < count);
    data += points.map((p, i) => `${i ? 'L' : 'M'}${p.x} ${p.y}`).join('') + 'Z';
  }
  pen.line(data, 1.4);
  pen.fill(ellipse(at.x, at.y, r * 0.2), tint);
}

function wands(pen: Pen, count: number): void {
  peaks(pen, [[56, 376], [246, 372]], 440);
  hills(pen, [[412, 402, 406, 402, 412]], [NIGHT]);
  const c = { x: 150, y: 228 };
  pen.line(ellipse(c.x, c.y, 122), 0.9, MIST);
  if (count === 2) {
    glory(pen, c, 46, 78, 32, GOLD, 1.2);
    sign(pen, 2, c, 38, TINTS.wands);
    for (const x of [66, 234]) emblem(pen, 'wands', { x, y: 236, scale: 2.3 });
    return;
  }
  const turn = count % 2 ? 0 : 180 / count;
  const scale = count < 6 ? 1.12 : 1.02;
  glory(pen, c, 34, 50, count * 6, GOLD, 1);
  pen.line(spokes(c, 112, 120, count * 4), 1, MIST);
  for (let i = 0; i < count; ++i) {
    const angle = (i * 360) / count - 90 + turn;
    const p = polar(c, 76, angle);
    emblem(pen, 'wands', { x: p.x, y: p.y, turn: angle + 90, scale });
    const between = polar(c, 100, angle + 180 / count);
    pen.motif('ember', { x: between.x, y: between.y, turn: angle + 180 / count + 90 }, () => pen.fill('M0 7C-6 5 -5 -1 0 -8C5 -1 6 5 0 7Z', TINTS.wands));
  }
  sign(pen, count, c, 30, TINTS.wands);
}

const TIERS: Record<number, number[]> = {
  2: [2],
  3: [1, 2],
  4: [2, 2],
  5: [2, 1, 2],
  6: [1, 2, 3],
  7: [2, 3, 2],
  8: [3, 2, 3],
  9: [2, 3, 4],
  10: [1, 2, 3, 4],
};

function cups(pen: Pen, count: number): void {
  const tiers = TIERS[count]!;
  const scale = [0, 1.5, 1.24, 1, 0.82][tiers.length]!;
  const rise = [0, 0, 106, 86, 70][tiers.length]!;
  const top = 392 - 44 * scale - rise * (tiers.length - 1) - 12;
  pen.shape('M20 382Q150 370 280 382V440H20Z', DEEP, { weight: 1.6 });
  sea(pen, 394, 3, MIST, 12);
  // The moon grows with the number.
  const phase = count <= 4 ? 1 : count <= 7 ? 2 : -1;
  const high = { x: 150, y: Math.min(top - 62 * scale, 126) };
  glory(pen, high, 26, 44, 32, GOLD, 1.1);
  if (count < 10) moon(pen, { ...high, turn: -20 }, 22, phase);
  else sun(pen, high, 14, 16);
  tiers.forEach((width, row) => {
    const y = top + rise * row;
    const gap = Math.min(84, 232 / width) * (width === 2 && tiers.length === 1 ? 1.3 : 1);
    for (let i = 0; i < width; ++i) {
      const x = 150 + (i - (width - 1) / 2) * gap;
      const below = tiers[row + 1];
      if (below) {
        // What runs over falls into the tier below.
        for (const side of [-1, 1]) {
          const dx = side * 24 * scale;
          pen.line(`M${x + dx} ${y - 28 * scale}Q${x + dx + side * 9} ${y} ${x + dx + side * 6} ${y + rise - 34 * scale}`, 1.3, TINTS.cups);
        }
      }
      emblem(pen, 'cups', { x, y, scale });
    }
  });
  if (tiers.length === 1) sign(pen, count, { x: 150, y: 236 }, 34, TINTS.cups);
  for (const [x, y] of [[50, 150], [250, 150], [62, 108], [238, 108]] as const) spark(pen, x, y, 5);
}

function swords(pen: Pen, count: number): void {
  pen.line('M30 398H126M58 410H210M160 398H272M96 422H246', 1.2, MIST);
  const c = { x: 150, y: 230 };
  dial(pen, c, 114, count * 6, MIST);
  if (count === 2) {
    for (const turn of [-34, 34]) emblem(pen, 'swords', { ...c, turn, scale: 2.3 });
    moon(pen, { x: 150, y: 112 }, 20, 1);
    pen.shape('M108 238Q150 222 192 238V256Q150 240 108 256Z', DEEP, { weight: 1.9 });
    pen.line('M112 246Q150 230 188 246', 1);
    return;
  }
  if (count === 3) {
    const blades = [[150, 214, 180], [104, 206, 148], [196, 206, 212]] as const;
    for (const [x, y, turn] of blades) emblem(pen, 'swords', { x, y, turn, scale: 2.2 });
    pen.shape('M150 330C92 288 70 248 84 216C96 192 138 194 150 226C162 194 204 192 216 216C230 248 208 288 150 330Z', DUSK, { weight: 2.4 });
    pen.line('M150 316C102 280 84 250 94 222', 1);
    for (const [x, y, turn] of [[150, 258, 0], [118, 246, -30], [182, 246, 30]] as const) pen.at({ x, y, turn }, () => pen.line('M-9 -5L0 4L9 -5', 1.6, TINTS.swords));
    return;
  }
  // Each sword lies along one side of the star that as many points make.
  const skip = count === 4 ? 1 : Math.floor((count - 1) / 2);
  const r = 98;
  const start = count === 4 ? -135 : -90;
  for (let i = 0; i < count; ++i) {
    const [a, b] = [polar(c, r, start + (i * 360) / count), polar(c, r, start + ((i + skip) * 360) / count)];
    const length = Math.hypot(b.x - a.x, b.y - a.y) + (count === 4 ? 34 : 8);
    const turn = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI + 90;
    pen.motif(`long sword ${Math.round(length)}`, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, turn }, () => longSword(pen, length));
  }
  sign(pen, count, c, count > 6 ? 20 : 24, TINTS.swords);
}

/** A sword as long as the side of a star, always as slender. */
function longSword(pen: Pen, length: number): void {
  const top = -length / 2;
  const hilt = length / 2 - 26;
  pen.shape(`M0 ${top}L5 ${top + 10}L4 ${hilt}H-4L-5 ${top + 10}Z`, NIGHT, { weight: 1.6 });
  pen.fill(`M0 ${top + 3}L4 ${top + 10}L3 ${hilt}H0Z`, TINTS.swords);
  pen.shape(`M-12 ${hilt}Q0 ${hilt + 4} 12 ${hilt}L13 ${hilt + 3}Q0 ${hilt + 8} -13 ${hilt + 3}Z`, NIGHT, { weight: 1.4 });
  pen.line(`M0 ${hilt + 6}V${hilt + 20}`, 3);
  pen.shape(ellipse(0, hilt + 22, 3), TINTS.swords, { weight: 1.3 });
}

function pentacles(pen: Pen, count: number): void {
  hills(pen, [[404, 392, 398, 390, 404], [420, 412, 418, 410, 420]], [DUSK, NIGHT]);
  const c = { x: 150, y: 228 };
  const spots = orbit(count, c);
  const scale = count === 2 ? 1 : count <= 4 ? 1.12 : count <= 7 ? 0.92 : 0.78;
  pen.line(ellipse(c.x, c.y, 120), 0.9, MIST);
  pen.line(ellipse(c.x, c.y, 84), 1, MIST, '1 5');
  // Lines of a constellation join them all.
  let data = '';
  spots.forEach((a, i) => {
    for (const b of spots.slice(i + 1)) data += `M${a.x} ${a.y}L${b.x} ${b.y}`;
  });
  pen.line(count > 6 ? spots.map((p, i) => `${i ? 'L' : 'M'}${p.x} ${p.y}`).join('') + 'Z' : data, 1);
  if (count > 6) {
    const skip = 2 + Number(count > 8);
    pen.line(spots.map((p, i) => `M${p.x} ${p.y}L${spots[(i + skip) % count]!.x} ${spots[(i + skip) % count]!.y}`).join(''), 0.9, MIST);
  }
  for (const spot of spots) emblem(pen, 'pentacles', { ...spot, scale });
  if (count > 2) {
    glory(pen, c, 28, 38, count * 4, GOLD, 1);
    sign(pen, count, c, 24, TINTS.pentacles);
  } else {
    pen.at({ ...c, turn: -48 }, () => lemniscate(pen, 0, 0, 72));
    for (const spot of spots) emblem(pen, 'pentacles', { ...spot, scale });
  }
  for (const mirror of [false, true]) {
    pen.at({ x: 150, y: 0, mirror }, () => {
      pen.line('M0 436Q30 400 84 404', 1.5);
      for (const [x, y, turn] of [[22, 414, -70], [44, 405, 40], [64, 402, -50], [84, 404, 10]] as const) leaf(pen, { x, y, turn }, 17);
    });
  }
  rose(pen, { x: 150, y: 410 }, TINTS.pentacles);
}

function orbit(count: number, c: Point): Point[] {
  if (count === 2) return [polar(c, 84, -48), polar(c, 84, 132)];
  const turn = count === 4 ? 45 : count % 2 ? 0 : 180 / count;
  const r = count === 3 ? 78 : count < 6 ? 82 : 88;
  return Array.from({ length: count }, (_, i) => polar(c, r, (i * 360) / count - 90 + turn));
}
