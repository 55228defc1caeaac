import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualTime } from '../testing/virtual_time.ts';
import { ActivityReporter } from './activity.ts';

let time: VirtualTime;
let sent: string[];
let reporter: ActivityReporter;

const second = (value: number) => value * 1000;

beforeEach(() => {
  time = new VirtualTime();
  sent = [];
  const note = (what: string) => sent.push(`${time.now / 1000} ${what}`);
  reporter = new ActivityReporter(
    {
      send: ({ visible, active }) => note(`visible=${visible} active=${active}`),
      keepAlive: () => note('keep_alive'),
      now: () => time.now,
      setTimer: time.setTimer,
      clearTimer: time.clearTimer,
    },
    { intervalSeconds: 30, visible: true },
  );
});

describe('activity reporter', () => {
  test('AC3 nothing is sent without input', () => {
    time.advance(second(600));
    expect(sent).toEqual([]);
  });

  test('AC3 at most one report per interval, the first at once, the last not lost', () => {
    for (let i = 0; i < 40; i += 1) {
      reporter.input(false);
      time.advance(second(1));
    }
    time.advance(second(600));
    expect(sent).toEqual([
      '0 visible=true active=true',
      '30 visible=true active=true',
      '60 visible=true active=true',
    ]);
  });

  test('AC3 a new interval follows the one that the server names', () => {
    reporter.setInterval(5);
    reporter.input(true);
    reporter.input(true);
    time.advance(second(60));
    expect(sent).toEqual(['0 visible=true active=true', '5 visible=true active=true']);
  });

  test('AC3 an operation counts as activity, so that none is reported beside it', () => {
    reporter.activityReported();
    reporter.input(true);
    time.advance(second(29));
    expect(sent).toEqual([]);
    reporter.activityReported();
    time.advance(second(60));
    expect(sent).toEqual([]);
  });

  test('AC3 the page hidden and shown is told at once, and is no activity', () => {
    reporter.visibilityChanged(false);
    reporter.visibilityChanged(false);
    time.advance(second(3));
    reporter.visibilityChanged(true);
    expect(sent).toEqual(['0 visible=false active=false', '3 visible=true active=false']);
  });

  test('UI41 a page that is hidden says so whenever it has joined', () => {
    reporter.joined();
    reporter.visibilityChanged(false);
    reporter.joined();
    expect(sent).toEqual(['0 visible=false active=false', '0 visible=false active=false']);
  });

  test('AC3 input that still waited goes with the change of visibility', () => {
    reporter.input(true);
    time.advance(second(10));
    reporter.input(true);
    reporter.visibilityChanged(false);
    time.advance(second(60));
    expect(sent).toEqual(['0 visible=true active=true', '10 visible=false active=true']);
  });

  test('AC3 while warned the first click or key is sent at once as keep_alive', () => {
    reporter.input(true);
    time.advance(second(2));
    reporter.setWarned(true);
    reporter.input(true);
    reporter.input(true);
    expect(sent).toEqual(['0 visible=true active=true', '2 keep_alive']);
  });

  test('AC3 a pointer that merely moves does not decide for the person', () => {
    reporter.setWarned(true);
    reporter.input(false);
    time.advance(second(40));
    expect(sent).toEqual([]);
  });

  test('UI4 each warning can be answered again', () => {
    for (let i = 0; i < 3; i += 1) {
      reporter.setWarned(true);
      reporter.input(true);
      reporter.setWarned(false);
      time.advance(second(40));
    }
    expect(sent).toEqual(['0 keep_alive', '40 keep_alive', '80 keep_alive']);
  });

  test('AC3 a stopped reporter sends nothing more', () => {
    reporter.input(true);
    reporter.input(true);
    reporter.stop();
    time.advance(second(60));
    expect(sent).toHaveLength(1);
  });
});
