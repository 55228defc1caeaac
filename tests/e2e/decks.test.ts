// The pictures of the cards in a real browser: what is fetched when, and what is seen meanwhile.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { PACKS } from '../../web/decks/pack_names.ts';
import { createSession } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { operate, seatOf, sit } from './support/rooms.ts';
import { Server } from './support/server.ts';

const IS_PACK = new RegExp(`/assets/(${PACKS.join('|')})-[\\w-]+\\.js$`);

let server: Server;
let browser: Browser;

before(async () => {
  [server, browser] = await Promise.all([Server.start(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The packs that a page has asked for, in order, and whether its loading was over by then. */
const packsOf = (page: Page) =>
  page.evaluate((pattern) => {
    const [loading] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return performance
      .getEntriesByType('resource')
      .map((entry) => ({
        name: new RegExp(pattern).exec(entry.name)?.[1] ?? '',
        afterLoad: !!loading && loading.loadEventStart > 0 && entry.startTime >= loading.loadEventStart,
      }))
      .filter(({ name }) => name !== '');
  }, IS_PACK.source);

async function table(turned: number) {
  const made = await createSession(server.url, { layout: 'three-card', name: 'Ada' });
  const host = seatOf(made);
  await operate(server.url, host, { kind: 'set_step', step: 'drawing' });
  for (const [card, position] of ['past', 'present', 'future'].entries()) {
    await operate(server.url, host, { kind: 'draw', position });
    if (card < turned) await operate(server.url, host, { kind: 'flip', card });
  }
  return { made, host };
}

test('DK6 a room loads without pictures, then fetches its deck in an order that tells nothing', async () => {
  const person = await Person.enter(browser);
  const { made, host } = await table(0);
  await sit(person, server.url, made, host, 'Ada');
  await person.page.waitForFunction(
    (count) => performance.getEntriesByType('resource')
      .filter(({ name }) => /\/assets\/(back|majors-\d|wands|cups|swords|pentacles)-/.test(name))
      .length >= count,
    PACKS.length,
  );
  const packs = await packsOf(person.page);
  assert.deepEqual(packs.map(({ name }) => name), [...PACKS]);
  for (const { name, afterLoad } of packs) {
    assert.ok(name === 'back' || afterLoad, `${name} was fetched while the page loaded`);
  }
  await person.go();
});

test('DK8 a card that is turned shows the picture of its deck, and the page is content with it', async () => {
  const person = await Person.enter(browser);
  const { made, host } = await table(1);
  await sit(person, server.url, made, host, 'Ada');
  const front = person.see('card-0').locator('img.card-front');
  await front.waitFor();
  assert.ok(await front.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)));
  assert.equal(await person.see('card-1').locator('.card-front').count(), 0);
  assert.deepEqual(person.console.filter((line) => /Content.Security|Refused|error/i.test(line)), []);
  await person.go();
});

test('DK8 without its picture a card shows its name', async () => {
  const person = await Person.enter(browser);
  await person.page.route(IS_PACK, (route) => route.abort());
  const { made, host } = await table(1);
  await sit(person, server.url, made, host, 'Ada');
  const front = person.see('card-0').locator('svg.card-front');
  await front.waitFor();
  assert.match(await front.textContent() ?? '', /[A-Z][a-z]+/);
  await person.go();
});

test('DK9 the marketplace shows the back and five faces of each deck', async () => {
  const person = await Person.enter(browser);
  await person.page.goto(`${server.url}/marketplace`);
  for (const deck of ['classic', 'nocturne']) {
    const fan = person.see(`fan-${deck}`);
    await fan.scrollIntoViewIfNeeded();
    await fan.locator('img').nth(5).waitFor();
    assert.equal(await fan.locator('img.card-back').count(), 1);
    assert.equal(await fan.locator('img.card-front').count(), 5);
  }
  await person.go();
});

test('DK5 a back looks the same upside down, pixel by pixel', async () => {
  const person = await Person.enter(browser);
  await person.page.goto(`${server.url}/marketplace`);
  for (const deck of ['classic', 'nocturne']) {
    const back = person.see(`fan-${deck}`).locator('img.card-back');
    await back.waitFor();
    const furthest = await back.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      const [width, height] = [300, 500];
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height });
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0, width, height);
      const { data } = context.getImageData(0, 0, width, height);
      let most = 0;
      for (let i = 0; i < width * height; ++i) {
        const j = width * height - 1 - i;
        for (let k = 0; k < 4; ++k) most = Math.max(most, Math.abs(data[i * 4 + k]! - data[j * 4 + k]!));
      }
      return most;
    });
    // Edges may be smoothed differently when they are turned; a line out of place would be all or
    // nothing.
    assert.ok(furthest <= 96, `${deck}: ${furthest} of 255`);
  }
  await person.go();
});
