// Honest about time: the warning by keyboard alone, what it changes on the page, and that the server
// knows that it was seen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, createSession, until, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { seriousFindings } from './support/looks.ts';
import { seatOf, sit } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

// A warning 10 s long, 10 s after the last activity.
const TIMING = { SESSION_TIMEOUT_HOURS: String(20 / 3600), PRESENCE_UPDATE_SECONDS: '1' };

let server: Server;
let browser: Browser;

before(async () => {
  [server, browser] = await Promise.all([Server.start(TIMING), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function inRoom(look: (host: Person, room: Created) => Promise<void>): Promise<void> {
  const room = await createSession(server.url, { layout: 'three-card', name: 'Ada' });
  const host = await Person.enter(browser);
  try {
    await sit(host, server.url, room, seatOf(room), 'Ada');
    await look(host, room);
    assert.deepEqual(host.pageErrors, []);
  } finally {
    await host.go();
  }
}

const icon = (person: Person) =>
  person.page.evaluate(() => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href);

test('UI34 UI4 the warning takes the focus, the title and the icon, and one key gives all of it back', () =>
  inRoom(async (host, room) => {
    await host.see('shuffle').focus();
    const [title, usual] = [await host.page.title(), await icon(host)];
    await host.see('warning-dialog').waitFor({ timeout: 20_000 });
    await until('its button has the focus', () =>
      host.see('still-here').evaluate((button) => button === document.activeElement));
    assert.match(await host.page.title(), /^0:\d\d left · TarotForge$/);
    assert.ok((await icon(host))?.endsWith('/favicon-warning.svg'));
    const spoken = host.page.locator('[data-testid="warning-dialog"] [aria-live="assertive"]');
    assert.match(await spoken.innerText(), /^The room closes in \d+ seconds\. Press any key/);
    const deadline = async () =>
      (await call<{ expiresAt: string }>(server.url, 'GET',
        `/v1/admin/sessions/${room.session.id}`, { token: ADMIN_TOKEN })).body.expiresAt;
    const before = Date.parse(await deadline());
    await host.page.keyboard.press('Tab'); // any key will do
    await host.see('warning-dialog').waitFor({ state: 'detached', timeout: 5_000 });
    await until('the deadline has moved', async () => Date.parse(await deadline()) > before + 2_000);
    assert.equal(await host.page.title(), title);
    assert.equal(await icon(host), usual);
    await until('the focus is back', () =>
      host.see('shuffle').evaluate((button) => button === document.activeElement));
  }));

test('UI34 WN4 a warning that was on the screen is acknowledged, so that the room ends at its deadline', () =>
  inRoom(async (host, room) => {
    await host.see('warning-dialog').waitFor({ timeout: 20_000 });
    const explained = await call<{ expiresAt: string }>(
      server.url, 'GET', `/v1/admin/sessions/${room.session.id}`, { token: ADMIN_TOKEN });
    const saw = await host.appears('expired-screen', 15_000);
    const late = saw - Date.parse(explained.body.expiresAt);
    // One that nobody had seen would have been pushed out by the lead of 10 s.
    assert.ok(late > -50 && late < 9_000, `${late} ms after its first deadline`);
    assert.ok((await host.see('kept-until').innerText()).startsWith('The cards, the question'));
    await host.see('summary-link').waitFor();
    assert.ok((await icon(host))?.endsWith('/favicon.svg'));
    await host.see('restore').press('Enter');
    await host.see('room').waitFor();
  }));

test('UI34 UI35 a sound comes with the warning only where somebody asked for it, and axe finds nothing serious', () =>
  inRoom(async (host) => {
    await host.page.evaluate(() => {
      Object.assign(window, { tones: 0 });
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (when) {
        (window as unknown as { tones: number }).tones += 1;
        start.call(this, when);
      };
    });
    const tones = () => host.page.evaluate(() => (window as unknown as { tones: number }).tones);
    await host.see('warning-dialog').waitFor({ timeout: 20_000 });
    assert.equal(await tones(), 0);
    await host.page.keyboard.press('Enter');
    await host.see('warning-dialog').waitFor({ state: 'detached' });
    await host.see('preferences').click();
    await host.see('sound').click();
    await host.page.keyboard.press('Escape');
    const heard = await tones();
    assert.ok(heard > 0, 'it is heard when it is chosen');
    await host.see('warning-dialog').waitFor({ timeout: 20_000 });
    await until('it sounds', async () => (await tones()) > heard);
    for (const theme of ['light', 'dark'] as const)
      assert.deepEqual(await seriousFindings(host.page, theme), [], `in the ${theme} theme`);
  }));
