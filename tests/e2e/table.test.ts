// What people do together at the table: whose hand it is, what it carries, and what everybody sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, until } from './support/api.ts';
import { Person } from './support/browser.ts';
import { browser, guest, host, pairInEachTest, robin, room, server } from './support/pair.ts';
import { sit } from './support/rooms.ts';

pairInEachTest({ withCard: true });

// Where a card is seen, in parts of the table, however large that is in this window.
async function spotOf(person: Person, testId: string): Promise<{ x: number; y: number }> {
  const [at, table] = [await person.middleOf(testId), await person.see('table').boundingBox()];
  assert.ok(table);
  return { x: (at.x - table.x) / table.width, y: (at.y - table.y) / table.height };
}

const isNear = (one: { x: number; y: number }, other: { x: number; y: number }) =>
  Math.hypot(one.x - other.x, one.y - other.y) < 0.005;

const versionOf = async () => {
  const answer = await call<{ session: { version: number } }>(
    server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
  return answer.body.session.version;
};

test('UI22 UI23 a hand and the card it carries are followed by the others, and laid down once', async () => {
  const before = await versionOf();
  const start = await host.middleOf('card-0');
  await host.page.mouse.move(start.x, start.y);
  await guest.page.locator('[data-testid="cursor-Ada"][data-shown]').waitFor();
  await host.page.mouse.down();
  await host.page.mouse.move(start.x + 160, start.y + 60, { steps: 12 });
  const carried = await spotOf(host, 'card-0');
  await until('the guest sees it carried', async () =>
    isNear(await spotOf(guest, 'card-0'), carried));
  assert.equal(await versionOf(), before, 'nothing is saved before it is laid down');
  await host.page.mouse.up();
  await guest.see('hand-tag').waitFor();
  assert.equal(await guest.see('hand-tag').innerText(), 'Ada');
  assert.equal(await host.see('hand-tag').count(), 0, 'not at one\'s own hand');
  assert.equal(await versionOf(), before + 1, 'the whole way is one move');
  assert.ok(isNear(await spotOf(guest, 'card-0'), carried), 'where it was let go');
  assert.ok(isNear(await spotOf(host, 'card-0'), carried));
  await host.page.mouse.move(5, 5);
  await guest.page.locator('[data-testid="cursor-Ada"]:not([data-shown])').waitFor({ state: 'attached' });
});

test('UI22 an idle hand is hidden', async () => {
  const start = await host.middleOf('card-0');
  await host.page.mouse.move(start.x, start.y);
  await guest.page.locator('[data-testid="cursor-Ada"][data-shown]').waitFor();
  await guest.page.locator('[data-testid="cursor-Ada"]:not([data-shown])')
    .waitFor({ state: 'attached', timeout: 8_000 });
});

test('UI24 UI23 UI45 a card shown to everybody opens beside every table, and closes for everybody', async () => {
  await guest.see('card-0').click();
  await host.page.locator('[data-testid="card-0"][data-face-up="true"]').waitFor();
  assert.equal(await host.see('hand-tag').innerText(), 'Robin');
  await host.see('room-news').getByText(/\bRobin turned /).waitFor({ state: 'attached' });
  await guest.see('focus-card').click();
  await host.see('card-panel').waitFor();
  assert.equal(await host.see('shown-by').innerText(), 'Robin shows this card to everyone.');
  assert.equal(await guest.see('shown-by').innerText(), 'You show this card to everyone.');
  const name = await host.see('card-panel-name').innerText();
  assert.ok((await guest.see('card-0').getAttribute('aria-label'))?.startsWith(name));
  await host.see('panel-focus').click();
  await until('nobody shows it', async () => (await guest.see('shown-by').count()) === 0);
});

test('UI24 on a phone what closes the card stays under the finger while its meaning arrives', async () => {
  const phone = await Person.onPhone(browser);
  const meanings = Promise.withResolvers<void>();
  await phone.page.route(/\/assets\/en-[^/]*\.js$/, async (route) => {
    await meanings.promise;
    await route.continue();
  });
  await sit(phone, server.url, room, robin, 'Robin');
  const close = () => phone.see('close-card').boundingBox();
  await phone.see('card-0').tap();
  await phone.see('card-panel').waitFor();
  const before = await close();
  assert.equal(await phone.see('meanings').count(), 0);
  meanings.resolve();
  await phone.see('meanings').waitFor();
  assert.deepEqual(await close(), before);
  await phone.see('close-card').tap();
  await phone.see('card-panel').waitFor({ state: 'detached' });
  await phone.go();
});

test('UI2 a card is rotated and given back for everybody by what stands under the table', async () => {
  await host.see('card-0').click();
  await host.see('rotate-right').click();
  await until('it is rotated', async () =>
    (await guest.see('card-0').getAttribute('data-rotation')) === '15');
  await host.see('rotate-left').click();
  await until('it is rotated back', async () =>
    (await guest.see('card-0').getAttribute('data-rotation')) === '0');
  await host.see('return-card').click();
  await guest.see('card-0').waitFor({ state: 'detached' });
  assert.equal(await guest.see('deck-remaining').innerText(), '78');
});

// What slid or faded on a page since it was asked for first.
const transitions = (person: Person) =>
  person.page.evaluate(() => {
    const kept = window as unknown as { seen?: string[] };
    if (!kept.seen) {
      kept.seen = [];
      document.addEventListener('transitionrun', (event) =>
        kept.seen?.push(`${(event.target as Element).className} ${event.propertyName}`));
    }
    return kept.seen;
  });

test('UI42 a card turns visibly, and at once for who asked for less motion', async () => {
  await guest.page.emulateMedia({ reducedMotion: 'reduce' });
  await Promise.all([transitions(host), transitions(guest)]);
  await host.see('card-0').click();
  for (const person of [host, guest])
    await person.page.locator('[data-testid="card-0"][data-face-up="true"]').waitFor();
  await host.see('shuffle').click();
  await guest.see('shuffle-show').waitFor();
  assert.ok((await transitions(host)).includes('table-card-inner transform'));
  assert.deepEqual(await transitions(guest), []);
});

test('UI25 everybody sees a shuffle and whose it was, and what was promised can be checked', async () => {
  const digest = async () => {
    await host.see('trust').click();
    const text = await host.see('commitment').innerText();
    return text;
  };
  const first = await digest();
  assert.match(first, /^[0-9a-f]{64}$/);
  await guest.see('shuffle').click();
  await until('the host is told', async () =>
    (await host.see('shuffle-show').innerText()) === 'Robin shuffles the deck');
  await until('there is another promise', async () =>
    (await host.see('commitment').innerText()) !== first);
  await host.see('verify').click();
  assert.equal(await host.see('verdicts').innerText(),
    '2 shuffles are still closed, as their cards are in play.');
  await host.page.keyboard.press('Escape');
  await host.see('reset').click();
  await host.see('confirm-yes').click();
  await until('the table is clear', async () => (await guest.see('card-0').count()) === 0);
  await host.see('trust').click();
  await host.see('verify').click();
  await until('the opened promises were kept', async () =>
    (await host.see('verdicts').innerText()).includes(
      '2 shuffles were opened, and all are what was promised.'));
});

test('UI26 UI23 the host leads from the setup to the question and the drawing, the others see how far it is', async () => {
  await host.see('reset').click();
  await host.see('confirm-yes').click();
  await until('the guest waits', async () =>
    (await guest.see('preparation').innerText()) === 'The host is preparing the table.');
  await host.see('layout-celtic-cross').click();
  await host.see('next-question').click();
  await until('the guest waits', async () =>
    (await guest.see('preparation').innerText()) === 'The host is asking the question.');
  await host.see('ask-input').fill('What comes?');
  await host.see('ask-submit').click();
  await guest.see('draw-challenge').click();
  await host.see('question').getByText('What comes?').waitFor();
  const tag = host.page.locator('.table-card[data-position="challenge"] .hand-tag');
  await tag.waitFor();
  assert.equal(await tag.innerText(), 'Robin');
  await host.see('next-step').click();
  await until('the guest is told', async () =>
    (await guest.see('step-interpretation').getAttribute('aria-current')) === 'step');
});

test('UI27 a card dragged from the deck is drawn where it is let go', async () => {
  await host.see('reset').click();
  await host.see('confirm-yes').click();
  await host.see('layout-freestyle').click();
  await host.see('step-drawing').click();
  await host.see('preparation').waitFor({ state: 'detached' });
  const pile = await host.middleOf('draw-next');
  const table = await host.see('table').boundingBox();
  assert.ok(table);
  const to = { x: table.x + table.width * 0.3, y: table.y + table.height * 0.4 };
  await host.page.mouse.move(pile.x, pile.y);
  await host.page.mouse.down();
  await host.page.mouse.move(to.x, to.y, { steps: 6 });
  await host.page.mouse.up();
  const card = guest.page.locator('.table-card');
  await card.waitFor();
  const [x, y] = await card.evaluate((element) =>
    [(element as HTMLElement).dataset.x, (element as HTMLElement).dataset.y].map(Number));
  assert.ok(Math.abs(x - 0.3) < 0.01 && Math.abs(y - 0.4) < 0.01, `${x} ${y}`);
});

test('UI2 UI22 a locked table is the host\'s alone, says so, and takes cards out of other hands', async () => {
  const [version, start] = [await versionOf(), await guest.middleOf('card-0')];
  await guest.page.mouse.move(start.x, start.y);
  await guest.page.mouse.down();
  await guest.page.mouse.move(start.x + 120, start.y + 40, { steps: 4 });
  await host.see('card-0').and(host.page.locator('[data-carried]')).waitFor();
  await host.see('lock-table').click();
  await guest.see('locked-note').waitFor();
  await until('the card lies where it lay', async () => {
    const { x, y } = await guest.middleOf('card-0');
    return Math.hypot(x - start.x, y - start.y) < 1;
  });
  await guest.page.mouse.move(start.x + 150, start.y + 60, { steps: 2 });
  await guest.page.mouse.up();
  assert.equal(await guest.see('card-0').getAttribute('aria-disabled'), 'true');
  await guest.see('card-0').click({ force: true });
  await host.see('card-0').click();
  await guest.page.locator('[data-testid="card-0"][data-face-up="true"]').waitFor();
  assert.equal(await versionOf(), version + 2, 'what was carried was not moved');
  await host.see('lock-table').click();
  await guest.see('locked-note').waitFor({ state: 'detached' });
});
