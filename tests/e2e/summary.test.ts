// What is left of a reading: its summary, on paper and as a picture, and its replay.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, createSession, until, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { joinAs, operate, seatOf, sit } from './support/rooms.ts';
import { Server } from './support/server.ts';

let server: Server;
let browser: Browser;
let room: Created;
let host: Person;

before(async () => {
  [server, browser] = await Promise.all([Server.start(), openBrowser()]);
  room = await createSession(server.url, {
    layout: 'three-card', name: 'Ada', question: 'What of the sea?',
  });
  const robin = await joinAs(server.url, room, 'Robin');
  const ada = seatOf(room);
  await operate(server.url, ada, { kind: 'set_step', step: 'drawing' });
  await operate(server.url, robin, { kind: 'draw', position: 'past' });
  await operate(server.url, ada, { kind: 'flip', card: 0 });
  await operate(server.url, ada, { kind: 'draw', position: 'present' });
  await operate(server.url, ada, { kind: 'interpret', text: 'Let go of the shore.' });
  host = await Person.enter(browser);
  await sit(host, server.url, room, ada, 'Ada');
  await host.see('complete').click();
  await host.see('confirm-yes').click();
  await host.see('completed-screen').waitFor();
});
after(async () => {
  assert.deepEqual(host.pageErrors, []);
  await browser?.close();
  await server?.stop();
});

test('UI28 a reading that has ended has a summary: question, people, cards, what was written, the check', async () => {
  await host.see('summary-link').click();
  await host.see('summary').waitFor();
  assert.equal(await host.see('summary-question').innerText(), 'What of the sea?');
  assert.equal(await host.see('summary-people').innerText(), 'At the table: Ada and Robin');
  const shown = await call<{ session: { cards: { name: string | null }[] } }>(
    server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
  const [first] = shown.body.session.cards;
  assert.ok((await host.see('summary-card-0').innerText()).includes(first?.name ?? 'a name'));
  assert.ok((await host.see('summary-card-1').innerText()).includes('Face down'));
  assert.equal(await host.see('summary-interpretation').innerText(), 'Let go of the shore.');
  assert.equal(await host.see('verdicts').innerText(),
    'One shuffle was opened, and it is what was promised.');
  const reloaded = await fetch(`${server.url}/room/${room.session.id}/summary`);
  assert.equal(reloaded.status, 200, 'it has an address of its own');
});

test('UI28 the summary is printed without what surrounds it, and saved as a picture', async () => {
  await host.page.emulateMedia({ media: 'print' });
  assert.equal(await host.see('print').isVisible(), false);
  assert.equal(await host.see('summary-question').isVisible(), true);
  await host.page.emulateMedia({ media: 'screen' });
  const download = host.page.waitForEvent('download');
  await host.see('save-image').click();
  const picture = await readFile(await (await download).path());
  assert.equal(picture.subarray(1, 4).toString(), 'PNG');
  const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
  assert.ok(width > 1_000 && height > 1_000, `${width} × ${height}`);
  assert.ok(picture.length > 50_000, 'more than an empty sheet');
});

test('UI29 the replay shows the table after each step, in words too, forwards and backwards', async () => {
  await host.see('show-replay').click();
  await host.see('replay-play').click(); // it had begun by itself
  const words = () => host.see('replay-words').innerText();
  await host.see('replay-way').press('Home');
  await until('it is at its beginning', async () =>
    (await words()).endsWith('The reading went on to: Drawing.'));
  await host.see('replay-forward').click();
  assert.ok((await words()).endsWith('Robin drew a card (Past).'), await words());
  const past = host.see('replay-table').locator('[data-position="past"]');
  assert.equal(await past.getAttribute('data-face-up'), 'false');
  await host.see('replay-forward').click();
  await until('it is turned', async () => (await past.getAttribute('data-face-up')) === 'true');
  assert.match(await words(), /Ada turned .+\.$/);
  await host.see('replay-back').click();
  await until('it is face down again', async () =>
    (await past.getAttribute('data-face-up')) === 'false');
  await host.see('replay-way').press('End');
  await until('it is at its end', async () =>
    (await words()).endsWith('Ada wrote down an interpretation.'));
  assert.equal(await host.see('replay-forward').isDisabled(), true);
});
