// The back of the classic deck. It looks the same upside down: half of it is drawn, and stamped
// twice, the second time turned.
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import { Pen } from '../kit/pen.ts';
import { border, HEIGHT, sheet, WIDTH } from './frame.ts';
import { HAND, INK, LIGHT, NIGHT, OCHRE, PLUM, RED, STRAW } from './palette.ts';
import { leaf, rose, starPath } from './sky.ts';

const CENTRE = { x: WIDTH / 2, y: HEIGHT / 2 };

export function back(): string {
  const ground = new Pen({ ...HAND, unsteadiness: 0 }, 'classic back');
  border(ground, PLUM);
  ground.shape('M21 21H279V479H21Z', NIGHT, { weight: 2.4, relief: 0 });
  ground.line('M29 29H271V471H29Z', 2.2, OCHRE);
  ground.line('M34 34H266V466H34Z', 1, OCHRE);
  // The medallion's ground and rings are whole, so that no seam shows in them.
  ground.shape(ellipse(CENTRE.x, CENTRE.y, 62), PLUM, { weight: 3, ink: OCHRE, relief: 0 });
  ground.line(ellipse(CENTRE.x, CENTRE.y, 54), 1.2, OCHRE);
  const pen = new Pen(HAND, 'classic back');
  const half = () => halfOf(pen);
  pen.motif('half', {}, half);
  pen.motif('half', { x: WIDTH, y: HEIGHT, turn: 180 }, half);
  return sheet(`${ground}${pen}`);
}

function halfOf(pen: Pen): void {
  for (let row = 0; row < 10; ++row) {
    for (let column = 0; column < 12; ++column) {
      const [x, y] = [51 + column * 18 + (row % 2) * 9, 49 + row * 22];
      if (x < 256 && Math.hypot(x - 150, y - 250) > 108) pen.motif('dot', { x, y }, () => pen.fill(ellipse(0, 0, 1.5), '#4a5d80'));
    }
  }
  // Rays of the medallion, and stars between the vines.
  for (let i = 0; i < 12; ++i) {
    const angle = -172.5 + i * 15;
    const [a, b, c] = [polar(CENTRE, 68, angle - 3), polar(CENTRE, 68, angle + 3), polar(CENTRE, i % 2 ? 90 : 103, angle)];
    pen.fill(`M${a.x} ${a.y}L${c.x} ${c.y}L${b.x} ${b.y}Z`, OCHRE);
  }
  for (const mirror of [false, true]) pen.at({ x: CENTRE.x, mirror }, () => vines(pen));
  pen.shape(starPath(150, 62, 17, 8, 0.42), STRAW, { weight: 1.8, relief: 0.3 });
  for (const [x, y, r] of [[52, 206, 8], [248, 206, 8], [54, 236, 5], [246, 236, 5]] as const) {
    pen.fill(starPath(x, y, r, 4, 0.34), STRAW);
  }
  rose(pen, { x: 150, y: 134, scale: 1.5 }, RED);
  medallion(pen);
}

/** A stem that curls out of the middle axis, with leaves and buds. */
function vines(pen: Pen): void {
  const stem = 'M0 134C-18 124 -26 104 -20 88C-14 72 -44 62 -48 84C-50 96 -36 100 -32 92M0 140C-44 152 -96 142 -100 96C-102 60 -74 44 -60 60C-52 72 -64 84 -74 76M-14 142C-44 160 -84 164 -96 184C-100 194 -92 202 -84 196';
  pen.line(stem, 3, OCHRE);
  const leaves = [[-20, 116, 200], [-22, 98, 20], [-30, 70, 290], [-46, 78, 190], [-52, 145, 110], [-70, 139, 250], [-88, 124, 120], [-98, 108, 200], [-100, 84, 150], [-90, 62, 280], [-68, 52, 330], [-36, 145, 240], [-50, 158, 60], [-70, 166, 240], [-84, 172, 100], [-98, 186, 150]] as const;
  for (const [x, y, turn] of leaves) leaf(pen, { x, y, turn }, 17, OCHRE, 1.4);
  for (const [x, y] of [[-31, 91], [-74, 75], [-83, 195]] as const) {
    pen.motif('bud', { x, y }, () => pen.shape(ellipse(0, 0, 5.4), RED, { weight: 1.6, relief: 0.2 }));
  }
}

/** A moon above, and by the turn one below. */
function medallion(pen: Pen): void {
  pen.shape('M124 224C120 196 140 184 162 190C146 194 142 206 148 216C154 226 168 226 176 214C178 232 164 244 150 243C136 242 126 234 124 224Z', LIGHT, { weight: 2, relief: 0.4, ink: INK });
  pen.fill(starPath(165, 206, 8, 5, 0.4), STRAW);
  for (const x of [104, 196]) pen.fill(starPath(x, 236, 5, 4, 0.34), STRAW);
}
