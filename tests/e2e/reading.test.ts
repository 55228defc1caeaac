// A whole reading by two people far apart: the host at a desk, the guest with a phone in the hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { until } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { Server } from './support/server.ts';

let server: Server;
let browser: Browser;
let host: Person;
let guest: Person;

before(async () => {
  [server, browser] = await Promise.all([Server.start(), openBrowser()]);
  [host, guest] = await Promise.all([Person.enter(browser), Person.onPhone(browser)]);
  await host.page.setViewportSize({ width: 1440, height: 900 });
});
after(async () => {
  for (const person of [host, guest])
    assert.deepEqual(person.pageErrors, []);
  await browser?.close();
  await server?.stop();
});

const turned = (person: Person, position: string) =>
  person.page.locator(`.table-card[data-position="${position}"][data-face-up="true"]`);

async function sameTables(): Promise<string[]> {
  return until('both see the same table', async () => {
    const [one, other] = await Promise.all([host.cards(), guest.cards()]);
    return one.length > 0 && JSON.stringify(one) === JSON.stringify(other) && one;
  });
}

test('UI1 UI2 UI3 UI12 a desk and a phone hold a whole reading', async (reading) => {
  await reading.test('UI1 UI26 the host opens a room and the guest follows the link', async () => {
    await host.page.goto(server.url);
    await host.see('start-reading').click();
    await host.see('layout-three-card').waitFor();
    const link = await host.see('invite-link').inputValue();
    await guest.page.goto(link);
    await guest.see('name-input').fill('Robin');
    await guest.see('join-button').tap();
    await guest.see('room').waitFor();
    await host.see('person-Robin').waitFor();
    await host.see('next-question').click();
    await host.see('ask-input').fill('What lies between us?');
    await host.see('ask-submit').click();
    await until('the guest reads the question', async () =>
      (await guest.see('question').innerText()) === 'What lies between us?');
  });

  await reading.test('UI2 cards are drawn and turned by finger and by mouse', async () => {
    await guest.see('draw-past').tap();
    await guest.page.locator('.table-card[data-position="past"]:not([data-pending])').tap();
    await turned(host, 'past').waitFor();
    await guest.see('close-card').tap();
    await host.see('draw-present').click();
    await host.see('draw-future').click();
    await host.page.locator('.table-card[data-position="future"]:not([data-pending])').click();
    await turned(guest, 'future').waitFor();
    await sameTables();
  });

  await reading.test('UI22 UI23 the guest moves a card by finger, and the host sees whose it was', async () => {
    const card = guest.page.locator('.table-card[data-position="present"]');
    const box = await card.boundingBox();
    assert.ok(box);
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await guest.swipe(from, { x: from.x, y: from.y + 90 });
    const tag = host.page.locator('.table-card[data-position="present"] .hand-tag');
    await tag.waitFor();
    assert.equal(await tag.innerText(), 'Robin');
    assert.equal(await turned(guest, 'present').count(), 0, 'a drag is no tap');
    const [, , , , , y] = (await sameTables())
      .find((each) => each.includes(' present '))?.split(' ') ?? [];
    assert.ok(Number(y) > 0.6, `${y}`);
  });

  await reading.test('UI24 the host shows a card, and it opens on the phone', async () => {
    await host.page.locator('.table-card[data-position="future"]').focus();
    await host.page.keyboard.press('f');
    await guest.see('card-panel').waitFor();
    await guest.see('close-card').tap();
    await guest.see('card-panel').waitFor({ state: 'detached' });
  });

  await reading.test('UI28 it is written down, ended, and both have the summary', async () => {
    await host.see('interpretation-input').fill('Less than we thought.');
    await host.see('interpretation-save').click();
    await guest.see('panel-notes').tap();
    await until('the guest reads it', async () =>
      (await guest.see('interpretation').innerText()) === 'Less than we thought.');
    await host.see('complete').click();
    await host.see('confirm-yes').click();
    for (const person of [host, guest]) {
      await person.see('completed-screen').waitFor();
      await person.see('summary-link').click();
      await person.see('summary').waitFor();
      assert.equal(await person.see('summary-question').innerText(), 'What lies between us?');
      assert.equal(await person.see('summary-interpretation').innerText(), 'Less than we thought.');
    }
  });
});
