// For everybody: what axe finds on every page and dialog in both themes, a reading by keyboard alone,
// and pages at 200 %.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, createSession, until, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { seriousFindings } from './support/looks.ts';
import { joinAs, operate, seatOf, sit } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

let server: Server;
let browser: Browser;
let person: Person;

before(async () => {
  [server, browser] = await Promise.all([Server.start(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function withPerson(look: () => Promise<void>): Promise<void> {
  person = await Person.enter(browser);
  try {
    await person.page.emulateMedia({ reducedMotion: 'reduce' });
    await person.page.setViewportSize(WIDE);
    await look();
    assert.deepEqual(person.pageErrors, []);
  } finally {
    await person.go();
  }
}

async function audit(screen: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    assert.deepEqual(await seriousFindings(person.page, theme), [], `${screen} in the ${theme} theme`);
  }
}

const go = async (path: string, testId: string) => {
  await person.page.goto(server.url + path);
  await person.see(testId).first().waitFor();
};

async function fullRoom(): Promise<Created> {
  const room = await createSession(server.url, {
    layout: 'three-card', name: 'Ada', question: 'What of the sea?',
  });
  const ada = seatOf(room);
  await operate(server.url, ada, { kind: 'set_step', step: 'drawing' });
  for (const position of ['past', 'present']) {
    await operate(server.url, ada, { kind: 'draw', position });
  }
  await operate(server.url, ada, { kind: 'flip', card: 0 });
  await operate(server.url, ada, { kind: 'interpret', text: 'Let go of the shore.' });
  await joinAs(server.url, room, 'Robin');
  return room;
}

test('UI35 axe finds nothing serious on the pages around the room', () =>
  withPerson(async () => {
    await go('/', 'start-reading');
    await person.see('start-options').locator('summary').click();
    await audit('home');
    await person.see('preferences').click();
    await audit('preferences');
    await go('/marketplace', 'deck-classic');
    await audit('marketplace');
    await go('/nowhere', 'not-found-screen');
    await audit('not found');
    const room = await createSession(server.url);
    await go(`/invite/${room.invite.code}`, 'join-button');
    await audit('invitation');
    await call(server.url, 'POST', `/v1/admin/sessions/${room.session.id}/expire`,
      { token: ADMIN_TOKEN, body: {} });
    await go(`/invite/${room.invite.code}`, 'expired-screen');
    await audit('expired');
  }));

test('UI35 axe finds nothing serious in the room, its dialogs, and the summary', () =>
  withPerson(async () => {
    const fresh = await createSession(server.url, { layout: 'celtic-cross', name: 'Ada' });
    await sit(person, server.url, fresh, seatOf(fresh), 'Ada');
    await person.see('preparation').waitFor();
    await audit('setup');
    await person.see('next-question').click();
    await person.see('ask-input').waitFor();
    await audit('question');
    await person.see('step-drawing').click();
    await person.see('draw-present').waitFor();
    await audit('empty cross');

    const room = await fullRoom();
    await sit(person, server.url, room, seatOf(room), 'Ada');
    await person.see('card-0').click();
    await person.see('card-panel').waitFor();
    await audit('room');
    await person.see('trust').click();
    await person.see('trust-panel').waitFor();
    await audit('the promise');
    await person.page.keyboard.press('Escape');
    await person.see('tools-Robin').click();
    await audit('a person\'s menu');
    await person.page.keyboard.press('Escape');
    await person.see('manage-invites').click();
    await person.see('qr-code').locator('svg').waitFor();
    await audit('invitations');
    await person.page.keyboard.press('Escape');
    await person.see('complete').click();
    await person.see('confirm-dialog').waitFor();
    await audit('confirm');
    await person.page.keyboard.press('Escape');
    await person.page.setViewportSize(PHONE);
    await audit('room on a phone');
    await person.see('panel-people').click();
    await audit('people on a phone');
    await person.page.setViewportSize(WIDE);
    await person.see('summary-link').click();
    await person.see('summary').waitFor();
    await audit('summary');
    await person.see('show-replay').click();
    await audit('replay');
  }));

test('UI35 axe finds nothing serious in what a guest sees, and where a room is over', () =>
  withPerson(async () => {
    const room = await fullRoom();
    const [ada, wren] = [seatOf(room), await joinAs(server.url, room, 'Wren')];
    await sit(person, server.url, room, wren, 'Wren');
    await operate(server.url, ada, { kind: 'lock_table', locked: true });
    await person.see('locked-note').waitFor();
    await person.see('rename').click();
    await audit('locked table, and a name being changed');
    await person.page.keyboard.press('Escape');
    await person.see('manage-invites').click();
    await person.see('qr-code').locator('svg').waitFor();
    await audit('a guest\'s code of the invitation');
    await person.page.keyboard.press('Escape');
    const seen = Promise.withResolvers<void>();
    await person.page.route('**/leave', async (route) => {
      await seen.promise;
      await route.continue();
    });
    await person.see('leave').click();
    await person.see('left-screen').waitFor();
    await audit('left');
    seen.resolve();
    await person.see('start-reading').waitFor();
    await go(`/room/${wren.sessionId}`, 'room');
    const { participantId } = wren;
    await operate(server.url, ada, { kind: 'remove_participant', participantId });
    await person.see('removed-screen').waitFor();
    await audit('removed');
    await sit(person, server.url, room, ada, 'Ada');
    await call(server.url, 'POST', `/v1/sessions/${ada.sessionId}/complete`,
      { token: ada.token, body: {} });
    await person.see('completed-screen').waitFor();
    await audit('completed');
  }));

// Tab, until what is wanted has the focus.
async function tabTo(testId: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const found = await person.page.evaluate((wanted) =>
      document.activeElement?.getAttribute('data-testid') === wanted, testId);
    if (found) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${testId}`);
}

/** What was used took itself away, and did not drop the focus to the page. */
async function keepsFocus(after: string): Promise<void> {
  const has = await person.page.evaluate(() => document.activeElement?.tagName);
  assert.notEqual(has, 'BODY', `nothing has the focus after ${after}`);
}

async function use(testId: string, key: 'Enter' | 'Space' | 'Escape' = 'Enter'): Promise<void> {
  await tabTo(testId);
  await person.page.keyboard.press(key);
}

const seeFlipped = () =>
  person.page.locator('[data-testid="card-0"][data-face-up="true"]').waitFor();

test('UI36 a whole reading is held by keyboard alone', () =>
  withPerson(async () => {
    const { keyboard } = person.page;
    await go('/', 'start-reading');
    await tabTo('start-reading');
    await keyboard.press('Enter');
    await person.see('room').waitFor();
    await tabTo('layout-single-card');
    await keyboard.press('Space');
    await use('next-question');
    await keepsFocus('the setup');
    await tabTo('ask-input');
    await keyboard.type('By keyboard?');
    await use('ask-submit');
    await keepsFocus('the question');
    await use('draw-card');
    await keepsFocus('a draw');
    await person.see('card-0').waitFor();
    await keyboard.press('Enter'); // the drawn card has the focus
    await seeFlipped();
    await keyboard.press('ArrowRight');
    await until('it is moved', async () =>
      (await person.see('card-0').getAttribute('data-x')) === '0.52');
    await keyboard.press('r');
    await until('it is rotated', async () =>
      (await person.see('card-0').getAttribute('data-rotation')) === '15');
    await keyboard.press('f');
    await person.see('shown-by').waitFor();
    await use('close-card');
    await keepsFocus('the card\'s panel');
    await tabTo('interpretation-input');
    await keyboard.type('It moves.');
    await use('interpretation-save');
    await keepsFocus('saving the notes');
    for (const [open, input] of [['rename', 'rename-input'], ['edit-question', 'question-edit-input']]) {
      await use(open);
      await use(input, 'Escape');
      await keepsFocus(`Escape from ${input}`);
      await use(open);
      await tabTo(input);
      await keyboard.press('End');
      await keyboard.type('!');
      await keyboard.press('Enter');
      await person.see(input).waitFor({ state: 'detached' });
      await keepsFocus(`saving ${input}`);
    }
    await tabTo('card-0');
    await use('return-card');
    await keepsFocus('a return to the deck');
    await use('complete');
    await person.see('confirm-dialog').waitFor();
    await use('confirm-yes');
    await person.see('completed-screen').waitFor();
    await use('summary-link');
    await person.see('summary').waitFor();
    await use('show-replay');
    await person.see('replay').waitFor();
    await keepsFocus('opening the replay');
  }));

// 1440 × 900 at 200 % is 720 × 450 of CSS.
test('UI37 at 200 % everything can be reached, and nothing scrolls sideways', () =>
  withPerson(async () => {
    await person.page.setViewportSize({ width: 720, height: 450 });
    const narrow = async (screen: string) => {
      const beyond = await person.page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(beyond <= 0, `${screen} is ${beyond} px too wide`);
    };
    await go('/', 'start-reading');
    await narrow('home');
    await person.see('start-reading').click();
    await person.see('next-question').click();
    await narrow('setup');
    await person.see('ask-submit').click();
    await person.see('draw-past').click();
    await person.see('card-0').click();
    await seeFlipped();
    await person.see('flip').click();
    await narrow('room');
    await person.see('panel-people').click();
    await person.see('copy-invite').click();
    await person.see('panel-room').click();
    await person.see('complete').click();
    await person.see('confirm-yes').click();
    await person.see('completed-screen').waitFor();
    await narrow('completed');
  }));
