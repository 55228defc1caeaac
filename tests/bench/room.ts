// What the room costs a browser: the main thread's work in each frame while a card is dragged and
// eight hands move, by the browser's own tracing; and how soon a room can be used on a simulated
// mid-range phone. usage: ./dev bench room [SECONDS]
import { performance } from 'node:perf_hooks';
import { createSession, until } from '../e2e/support/api.ts';
import { openBrowser, Person } from '../e2e/support/browser.ts';
import { openSocket, reply, type Channel } from '../e2e/support/phoenix.ts';
import { give, joinAs, operate, seatOf, sit } from '../e2e/support/rooms.ts';
import { Server } from '../e2e/support/server.ts';
import { frameWork, percentile, printFrames, traced } from './frames.ts';

const SECONDS = Number(process.argv[2] ?? 10);
const PEOPLE = 8;
const CURSORS_PER_SECOND = 18;
// A mid-range phone as the browser's own tools simulate it: 4 times slower than this machine. Their
// two lines for it are named "Slow 4G" and "Fast 4G".
const SLOWER = 4;
const LINES = [
  { name: 'Fast 4G', latencyMs: 165, megabits: 8.1 },
  { name: 'Slow 4G', latencyMs: 562, megabits: 1.44 },
];
const PLACES = ['past', 'present', 'future'];

const server = await Server.start();
const browser = await openBrowser();
const room = await createSession(server.url, { layout: 'three-card', name: 'Ada' });
const ada = seatOf(room);
await operate(server.url, ada, { kind: 'set_step', step: 'drawing' });
for (const position of PLACES) await operate(server.url, ada, { kind: 'draw', position });
await operate(server.url, ada, { kind: 'flip', card: 0 });

async function others(): Promise<{ channels: Channel[]; close: () => void }> {
  const channels: Channel[] = [];
  const sockets = [];
  for (let number = 1; number < PEOPLE; number += 1) {
    const seat = await joinAs(server.url, room, `Guest ${number}`);
    const socket = openSocket(server.url);
    sockets.push(socket);
    const channel = socket.channel(`session:${room.session.id}`, { token: seat.token });
    await reply(channel.join());
    channels.push(channel);
  }
  return { channels, close: () => sockets.forEach((socket) => socket.disconnect()) };
}

// Each on a circle of its own.
function keepMoving(channels: Channel[]): () => void {
  let step = 0;
  const timer = setInterval(() => {
    step += 1;
    channels.forEach((channel, index) => {
      const angle = step / 9 + index;
      channel.push('cursor', {
        x: 0.5 + 0.3 * Math.cos(angle), y: 0.5 + 0.3 * Math.sin(angle * 1.3),
      });
    });
  }, 1000 / CURSORS_PER_SECOND);
  return () => clearInterval(timer);
}

async function dragging(): Promise<void> {
  const host = await Person.enter(browser);
  await host.page.setViewportSize({ width: 1440, height: 900 });
  await sit(host, server.url, room, ada, 'Ada');
  const { channels, close } = await others();
  const stop = keepMoving(channels);
  await until('all hands are seen', async () =>
    (await host.page.locator('.cursor[data-shown]').count()) === PEOPLE - 1);
  const box = await host.see('card-0').boundingBox();
  if (!box) throw new Error('no card');
  const { mouse } = host.page;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const events = await traced(browser, host, async () => {
    await mouse.move(x, y);
    await mouse.down();
    const ends = performance.now() + SECONDS * 1000;
    for (let step = 0; performance.now() < ends; step += 1)
      await mouse.move(x + 150 + 140 * Math.sin(step / 20), y + 80 * Math.cos(step / 20));
    await mouse.up();
  });
  stop();
  close();
  printFrames(`dragging with ${PEOPLE} people`, frameWork(events));
  await host.go();
}

// From the first byte asked for until the room takes what is done in it.
async function onAPhone({ name, latencyMs, megabits }: (typeof LINES)[number]): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const phone = await Person.enter(browser);
    await phone.page.setViewportSize({ width: 390, height: 844 });
    await give(phone, server.url, room, ada, 'Ada');
    const tools = await phone.context.newCDPSession(phone.page);
    const bytes = (megabits * 1e6) / 8;
    await tools.send('Network.enable');
    await tools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await tools.send('Network.emulateNetworkConditions', {
      offline: false, latency: latencyMs, downloadThroughput: bytes, uploadThroughput: bytes,
    });
    await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const began = performance.now();
    await phone.page.goto(`${server.url}/room/${room.session.id}`, { waitUntil: 'commit' });
    await phone.page.locator('[data-testid="room-status"][data-status="live"]')
      .waitFor({ state: 'attached', timeout: 60_000 });
    times.push(performance.now() - began);
    await phone.go();
  }
  const median = Math.round(percentile(times, 0.5));
  console.log(`a phone ${SLOWER} times slower than this machine, ${name}, nothing cached:`);
  console.log(`  the room is live after ${median} ms, median of ${times.length} (aim: 1500)`);
}

try {
  await dragging();
  for (const line of LINES) await onAPhone(line);
} finally {
  await browser.close();
  await server.stop();
}
