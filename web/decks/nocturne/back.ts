// The back of the nocturne deck, exactly the same upside down: half of it, stamped twice.
import { polar } from '../kit/matrix.ts';
import { ellipse } from '../kit/path.ts';
import type { Pen } from '../kit/pen.ts';
import { moon, starPath } from './celestial.ts';
import { DEEP, DUSK, GOLD, ground, HEIGHT, MIST, newPen, NIGHT, PALE, rounded, sheet, WIDTH } from './frame.ts';

export function back(): string {
  const pen = newPen('nocturne back');
  ground(pen);
  pen.shape(rounded(24, 24, 276, 476, 8), NIGHT, { weight: 1.6 });
  const half = () => halfOf(pen);
  eye(pen);
  pen.motif('half', {}, half);
  pen.motif('half', { x: WIDTH, y: HEIGHT, turn: 180 }, half);
  return sheet(pen.toString());
}

function eye(pen: Pen): void {
  pen.shape(ellipse(150, 250, 44), DUSK, { weight: 2 });
  pen.shape('M106 250Q150 206 194 250Q150 294 106 250Z', NIGHT, { weight: 1.8 });
  pen.shape(ellipse(150, 250, 21), DEEP, { weight: 1.8 });
  pen.fill(ellipse(150, 250, 12), GOLD);
}

function halfOf(pen: Pen): void {
  const centre = { x: 150, y: 250 };
  // Orbits, with a moon's phase on each.
  for (const r of [70, 96, 122]) pen.line(`M${150 - r} 250C${150 - r} ${250 - r * 1.335} ${150 + r} ${250 - r * 1.335} ${150 + r} 250`, r === 96 ? 1.6 : 1, r === 96 ? GOLD : MIST);
  for (let i = 0; i <= 24; ++i) {
    const angle = 180 + i * 7.5 + 3.75;
    if (angle > 360) continue;
    const [a, b] = [polar(centre, 44, angle), polar(centre, i % 2 ? 54 : 64, angle)];
    pen.line(`M${a.x} ${a.y}L${b.x} ${b.y}`, 1.2);
  }
  for (const [i, phase] of [1, 1, 2, -1, -1].entries()) {
    const p = polar(centre, 96, 198 + i * 36);
    moon(pen, p, i === 2 ? 14 : 10, phase);
  }
  // A constellation in the upper sky, the lower by the turn.
  const stars = [[52, 74], [92, 60], [128, 92], [172, 78], [208, 104], [246, 66], [228, 140], [66, 132]] as const;
  pen.line('M52 74L92 60L128 92L172 78L208 104L246 66M208 104L228 140M128 92L66 132', 1, MIST);
  stars.forEach(([x, y], i) => pen.fill(starPath(x, y, i % 3 ? 7 : 10, i % 3 ? 4 : 8, 0.34), PALE));
  for (const [x, y] of [[44, 180], [256, 182], [110, 128], [190, 132], [150, 44], [60, 100], [236, 104], [40, 222], [260, 226]] as const) pen.fill(ellipse(x, y, 1.6), MIST);
  for (const x of [32, 268]) pen.line(`M${x - 3} 40V60M${x} 34V70M${x + 3} 40V60`, 0.9);
}

