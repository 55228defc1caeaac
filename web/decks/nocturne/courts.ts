// Courts: pages in a cap, knights as their horse, queens and kings under their crown, each before
// a disc of the sky and with their suit's sign.
import type { Court, MinorCard, Suit } from '../cards.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { dial, glory, leaf, moon, rose, sea, spark, starPath } from './celestial.ts';
import { emblem } from './emblems.ts';
import { DEEP, DUSK, GOLD, MIST, NIGHT, PALE, TINTS } from './frame.ts';

export function court(pen: Pen, card: MinorCard): void {
  const rank = card.rank as Court;
  sky(pen, rank, TINTS[card.suit]);
  if (rank === 'knight') knight(pen, card.suit);
  else person(pen, card.suit, rank);
}

function sky(pen: Pen, rank: Court, tint: string): void {
  const c = { x: 150, y: 176 };
  if (rank === 'king') {
    glory(pen, c, 96, 134, 60, GOLD, 1.3);
    dial(pen, c, 92, 60);
  } else if (rank === 'queen') {
    pen.shape(ellipse(c.x, c.y, 94), DEEP, { weight: 1.6 });
    pen.shape(`M150 82C214 82 250 130 244 186C240 240 196 270 150 270C204 262 222 218 222 176C222 132 204 90 150 82Z`, DUSK, { weight: 1.4 });
    glory(pen, c, 100, 118, 72, MIST, 1);
  } else if (rank === 'knight') {
    dial(pen, { x: 150, y: 232 }, 112, 60, MIST);
  } else {
    pen.line(ellipse(c.x, c.y, 92), 1.4);
    pen.line(ellipse(c.x, c.y, 84), 1, MIST, '1 6');
    for (const [x, y] of [[62, 150], [238, 150], [84, 104], [216, 104]] as const) spark(pen, x, y, 6, tint);
  }
}

/** What is woven into the mantle, by suit. */
const PATTERNS: Record<Suit, (pen: Pen) => void> = {
  wands(pen) {
    for (const [x, y] of [[86, 330], [112, 296], [188, 296], [214, 330], [70, 372], [230, 372], [98, 384], [202, 384]] as const) {
      pen.motif('flame', { x, y }, () => pen.fill('M0 9C-8 7 -7 -1 0 -10C7 -1 8 7 0 9Z', TINTS.wands));
    }
  },
  cups(pen) {
    for (let row = 0; row < 5; ++row) sea(pen, 316 + row * 24, 1, TINTS.cups, 12);
  },
  swords(pen) {
    for (let i = -4; i <= 4; ++i) pen.line(`M${150 + i * 26} 280L${150 + i * 44} 430M${150 + i * 26} 430L${150 + i * 44} 280`, 0.9, TINTS.swords);
  },
  pentacles(pen) {
    for (const [x, y, turn] of [[84, 320, -40], [110, 292, 30], [190, 292, 150], [216, 320, 220], [68, 366, 10], [232, 366, 170], [96, 396, -60], [204, 396, 240]] as const) leaf(pen, { x, y, turn }, 20, TINTS.pentacles);
  },
};

const MANTLE = 'M128 240C100 252 64 262 54 300C46 340 42 390 40 436H260C258 390 254 340 246 300C236 262 200 252 172 240Q150 262 128 240Z';

function person(pen: Pen, suit: Suit, rank: 'page' | 'queen' | 'king'): void {
  const tint = TINTS[suit];
  if (rank === 'queen') {
    pen.shape('M116 140C88 168 96 226 76 280C92 296 116 292 126 262L132 214ZM184 140C212 168 204 226 224 280C208 296 184 292 174 262L168 214Z', NIGHT, { weight: 2 });
    pen.line('M108 168C100 210 104 244 90 278M192 168C200 210 196 244 210 278M116 190C112 226 114 250 104 284M184 190C188 226 186 250 196 284', 1.1);
  }
  pen.shape('M136 214H164V246Q150 262 136 246Z', NIGHT, { weight: 1.9 });
  pen.shape(MANTLE, DEEP, { weight: 2.3 });
  pen.within(MANTLE, () => PATTERNS[suit](pen));
  pen.shape('M126 240Q150 268 174 240L186 250Q150 290 114 250Z', NIGHT, { weight: 1.9 });
  head(pen, rank, tint);
  // The sign in its disc, over the heart.
  pen.shape(ellipse(150, 352, 58), DEEP, { weight: 2.2 });
  pen.line(ellipse(150, 352, 53), 1);
  emblem(pen, suit, { x: 150, y: 352, scale: suit === 'pentacles' ? 1.44 : 1.1 });
  pen.line('M150 266V292', 1.4, GOLD, '0.1 4.4');
}

function head(pen: Pen, rank: 'page' | 'queen' | 'king', tint: string): void {
  if (rank === 'page') {
    pen.shape('M112 168C104 196 108 222 122 232L130 224V170ZM188 168C196 196 192 222 178 232L170 224V170Z', NIGHT, { weight: 1.9 });
    pen.line('M114 186C112 206 116 220 124 226M186 186C188 206 184 220 176 226', 1.1);
  }
  pen.shape('M114 176C112 132 188 132 186 176C187 206 170 228 150 228C130 228 113 206 114 176Z', NIGHT, { weight: 2.2 });
  for (const side of [-1, 1]) {
    pen.line(`M${150 + side * 9} 178Q${150 + side * 17} 184 ${150 + side * 26} 177`, 2);
    pen.line(`M${150 + side * 8} 166Q${150 + side * 17} 160 ${150 + side * 28} 167`, 1.5);
  }
  pen.line('M152 168L147 192H153', 1.5);
  if (rank === 'king') {
    pen.shape('M114 182C114 226 132 246 150 258C168 246 186 226 186 182C182 198 172 204 160 200Q150 196 140 200C128 204 118 198 114 182Z', DUSK, { weight: 2 });
    pen.line('M132 214C134 230 142 242 150 250M168 214C166 230 158 242 150 250M150 218V250', 1.1);
    pen.line('M141 207Q150 212 159 207', 2);
    crown(pen, tint, 5);
  } else if (rank === 'queen') {
    pen.shape('M143 205Q150 201 157 205Q150 213 143 205Z', tint, { weight: 1.3 });
    pen.line('M114 176C114 150 134 146 150 140C166 146 186 150 186 176', 1.7);
    crown(pen, tint, 3);
  } else {
    pen.line('M142 206Q150 211 158 206', 1.8);
    pen.line('M114 172C122 152 136 152 150 156C164 152 178 152 186 172', 1.6);
    pen.shape('M106 158C98 118 140 100 176 112C200 120 202 144 194 158Q150 138 106 158Z', DUSK, { weight: 2.1 });
    pen.shape('M102 160Q150 134 198 160L194 168Q150 146 106 168Z', NIGHT, { weight: 1.8 });
    pen.shape('M176 116C190 84 222 78 236 92C218 94 206 108 192 132Z', NIGHT, { weight: 1.8 });
    pen.line('M184 122C196 100 212 92 230 92', 1.1);
    pen.shape(ellipse(150, 136, 5), tint, { weight: 1.4 });
  }
}

function crown(pen: Pen, tint: string, points: 3 | 5): void {
  const data = points === 5
    ? 'M112 148L104 96L126 122L138 84L150 116L162 84L174 122L196 96L188 148Q150 136 112 148Z'
    : 'M114 148L106 112L130 124L150 86L170 124L194 112L186 148Q150 136 114 148Z';
  pen.shape(data, NIGHT, { weight: 2.2 });
  pen.line('M113 141Q150 129 187 141', 1.1);
  const balls = points === 5 ? [[104, 94], [138, 82], [162, 82], [196, 94]] : [[106, 110], [150, 82], [194, 110]];
  for (const [x, y] of balls) pen.fill(ellipse(x!, y!, 3.6), PALE);
  pen.shape('M150 118L156 127L150 136L144 127Z', tint, { weight: 1.3 });
}

/** A horse's head in armour, with a mane of its element. */
function knight(pen: Pen, suit: Suit): void {
  const tint = TINTS[suit];
  glory(pen, { x: 150, y: 232 }, 116, 128, 60, MIST, 1);
  // The lance with the sign stands behind.
  pen.line('M78 430V180', 4.4);
  pen.line('M78 430V180', 1.6, NIGHT);
  // Mane first, then neck and head.
  const locks = [[150, 118, -140], [132, 140, -150], [118, 168, -160], [108, 200, -168], [100, 234, -174], [96, 270, -180], [94, 306, -184], [94, 342, -188]] as const;
  for (const [x, y, turn] of locks) {
    pen.at({ x: x + 18, y: y + 6, turn }, () => {
      if (suit === 'wands') pen.shape('M0 10Q26 14 50 -6Q44 -10 34 -8Q44 -14 46 -24Q26 -20 0 -12Z', DEEP, { weight: 1.6 });
      else if (suit === 'cups') pen.shape('M0 10Q20 18 36 8Q52 -2 46 -12Q40 -18 34 -12Q38 -6 30 -4Q16 -2 0 -12Z', DEEP, { weight: 1.6 });
      else if (suit === 'swords') pen.shape('M0 10L52 2L18 -4L48 -14L0 -12Z', DEEP, { weight: 1.6 });
      else pen.shape('M0 10Q24 16 48 0Q24 -16 0 -10Z', DEEP, { weight: 1.6 });
      pen.line('M4 0H26', 1, tint);
    });
  }
  pen.shape('M96 440C86 360 92 260 122 188C134 156 150 134 170 124L174 96L192 120C212 132 226 160 244 208C252 228 254 244 246 252C236 262 224 256 214 248C204 258 190 256 180 250C172 262 168 282 180 312C196 348 214 384 218 440Z', NIGHT, { weight: 2.4 });
  pen.line('M122 430C116 360 122 290 146 230M150 430C144 372 146 320 160 276', 1, MIST);
  // The armour of the face, the eye, bit and reins.
  pen.shape('M174 124C194 130 210 156 232 210L214 222C196 200 180 172 166 136Z', DUSK, { weight: 1.9 });
  pen.line('M180 140C196 160 208 180 220 206', 1.1);
  pen.shape('M184 168Q194 158 204 168Q194 178 184 168Z', DEEP, { weight: 1.7 });
  pen.fill(ellipse(194, 168, 3.4), tint);
  pen.fill(ellipse(238, 226, 3), GOLD);
  pen.line('M216 246Q226 242 234 236', 1.6);
  pen.line(ellipse(206, 236, 6), 1.8);
  pen.line('M204 230L176 160M200 238C172 262 140 300 110 386M206 242L196 214', 1.7, tint);
  // A breastplate with a star.
  pen.shape('M96 440C94 404 96 376 102 350Q150 372 196 350C210 380 216 406 218 440Z', DEEP, { weight: 2 });
  pen.line('M103 362Q150 384 200 362', 1.1);
  pen.shape(starPath(154, 400, 17, 8, 0.44), tint, { weight: 1.6 });
  // The sign on the lance.
  pen.shape(ellipse(78, 142, 40), DEEP, { weight: 2.1 });
  pen.line(ellipse(78, 142, 36), 1);
  emblem(pen, suit, { x: 78, y: 142, scale: suit === 'pentacles' ? 0.98 : 0.76 });
  if (suit === 'cups') moon(pen, { x: 238, y: 112 }, 16, 1);
  else if (suit === 'pentacles') rose(pen, { x: 240, y: 114, scale: 1.3 }, tint);
  else spark(pen, 238, 112, 15, suit === 'wands' ? tint : PALE);
}
