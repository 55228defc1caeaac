// What a page's main thread does between one frame and the next, by the browser's own tracing.
import type { Browser } from 'playwright-core';
import type { Person } from '../e2e/support/browser.ts';

interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tdur?: number; // of the processor's time, whoever else uses it
  pid: number;
  tid: number;
  args?: { name?: string; data?: { frame?: string } };
}

const AIM_MS = 8; // of the 16.7 ms between two frames

export function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

// Work of the page's main thread between one frame and the next.
export function frameWork(events: TraceEvent[]): number[] {
  const frames = new Map<string, number>();
  for (const { name, pid, tid } of events)
    if (name === 'FireAnimationFrame') {
      const thread = `${pid} ${tid}`;
      frames.set(thread, (frames.get(thread) ?? 0) + 1);
    }
  const busiest = [...frames].sort((a, b) => b[1] - a[1])[0]?.[0];
  const own = events.filter(({ pid, tid }) => `${pid} ${tid}` === busiest);
  const starts = own.filter(({ name }) => name === 'FireAnimationFrame').map(({ ts }) => ts);
  const bounds = [...new Set(starts)].sort((a, b) => a - b);
  const tasks = own.filter(({ name, ph }) => name === 'RunTask' && ph === 'X');
  const work = new Array<number>(bounds.length).fill(0);
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    let at = bounds.findIndex((bound) => bound > ts + dur);
    if (at < 0) at = bounds.length - 1;
    work[at] = (work[at] ?? 0) + tdur / 1000;
  }
  return work.slice(1, -1);
}

export async function traced(
  browser: Browser, person: Person, doing: () => Promise<void>,
): Promise<TraceEvent[]> {
  await browser.startTracing(person.page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await doing();
  const text = (await browser.stopTracing()).toString();
  return (JSON.parse(text) as { traceEvents: TraceEvent[] }).traceEvents;
}

export function printFrames(title: string, work: number[]): void {
  const [p50, p95, max] = [0.5, 0.95, 1].map((part) => percentile(work, part).toFixed(1));
  console.log(`${title}, ${work.length} frames: main thread per frame`);
  console.log(`  p50 ${p50} ms, p95 ${p95} ms, max ${max} ms (aim: p95 at most ${AIM_MS} ms)`);
}
