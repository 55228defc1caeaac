// People among each other in a room, the guest with a phone in the hand: the host's role and rights,
// names, tabs, and leaving.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, until } from './support/api.ts';
import { Person } from './support/browser.ts';
import {
  browser, guest, host, pairInEachTest, robin, robinIsSeenAs, room, server,
} from './support/pair.ts';
import { invite, operate, seatOf } from './support/rooms.ts';

pairInEachTest({ guestOnPhone: true });

const hasRole = (watcher: Person, name: string, role: string) =>
  until(`${name} is ${role}`, async () =>
    (await watcher.see(`person-${name}`).getAttribute('data-role')) === role);

const codeOf = (url: string) => url.split('/').at(-1) ?? '';

async function removePerson(name: string): Promise<void> {
  await host.see(`tools-${name}`).click();
  await host.see(`remove-${name}`).click();
  await host.see('confirm-yes').click();
}

test('HO1 HO3 HO4 the host hands the role over and takes it back', async () => {
  assert.equal(await guest.see('complete').count(), 0, 'a guest has no tools of the host');
  await host.see('tools-Robin').click();
  await host.see('hand-over-Robin').click();
  await host.see('confirm-yes').click();
  await Promise.all([hasRole(host, 'Robin', 'host'), hasRole(guest, 'Robin', 'host')]);
  await guest.see('panel-room').tap();
  await guest.see('complete').waitFor();
  await until('the old host has no tools', async () => (await host.see('complete').count()) === 0);
  await host.see('reclaim-host').click();
  await Promise.all([hasRole(guest, 'Ada', 'host'), hasRole(guest, 'Robin', 'reader')]);
  await host.see('complete').waitFor();
});

test('HO5 UI14 a removed guest sees why, is gone for the others and does not come back', async () => {
  await removePerson('Robin');
  await guest.see('removed-screen').waitFor();
  assert.equal(await guest.see('problem-message').innerText(),
    'The host has removed you from this reading.');
  await until('Robin is gone', async () => (await host.see('person-Robin').count()) === 0);
  const answer = await call(server.url, 'GET', `/v1/sessions/${room.session.id}`,
    { token: robin.token });
  assert.equal(answer.status, 401);
  await guest.page.reload();
  await guest.see('problem-screen').waitFor();
  await guest.page.goto(server.url);
  await guest.see('start-reading').waitFor();
  assert.equal(await guest.see('known-rooms').count(), 0, 'nothing leads back');
  assert.equal(await host.see('person-Robin').count(), 0);
});

test('HO7 after a removal the invite that the person came by is replaced by a click', async () => {
  interface Listed { code: string; role: string; maxUses: number | null; isActive: boolean }
  const link = await host.see('invite-link').inputValue();
  const limited = await invite(server.url, room, { maxUses: 3, role: 'reader' });
  const kim = await Person.enter(browser);
  await kim.page.goto(limited.url);
  await kim.see('name-input').fill('Kim');
  await kim.see('join-button').click();
  await removePerson('Kim');
  await host.see('replace-invite').click();
  await host.see('replace-offer').waitFor({ state: 'detached' });
  const { invites } = (await call<{ invites: Listed[] }>(
    server.url, 'GET', `/v1/sessions/${room.session.id}/invites`, { token: room.token })).body;
  assert.deepEqual(invites.map(({ role, maxUses, isActive }) => [role, maxUses, isActive]),
    [['participant', null, true], ['reader', 3, false], ['reader', 2, true]]);
  assert.equal(await host.see('invite-link').inputValue(), link, 'the link shown was another');
  await kim.go();

  await removePerson('Robin');
  await host.see('replace-invite').click();
  await until('there is another link', async () =>
    (await host.see('invite-link').inputValue()) !== link);
  const old = await call<{ code: string }>(server.url, 'GET', `/v1/invites/${codeOf(link)}`);
  assert.equal(old.body.code, 'invite_revoked');
  const next = codeOf(await host.see('invite-link').inputValue());
  assert.equal((await call(server.url, 'GET', `/v1/invites/${next}`)).status, 200);
});

test('UI1 the invitation link is copied by a click', async () => {
  await host.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await host.see('copy-invite').click();
  await host.see('copy-invite').getByText('Copied').waitFor();
  assert.equal(await host.page.evaluate(() => navigator.clipboard.readText()),
    await host.see('invite-link').inputValue());
});

test('UI40 the invitation is shared by the system\'s own sheet, where there is one', async () => {
  assert.equal(await host.see('share-invite').count(), 0, 'a desktop without a sheet');
  await host.context.addInitScript(() => {
    const answers = ['AbortError', 'NotAllowedError'];
    navigator.share = async (data) => {
      if (data) Object.assign(window, { shared: data });
      throw new DOMException('', answers.shift());
    };
  });
  await host.page.reload();
  await host.see('share-invite').click();
  const shared = await host.page.evaluate(() => (window as unknown as { shared: ShareData }).shared);
  assert.equal(shared.url, await host.see('invite-link').inputValue());
  assert.ok(shared.title && shared.text);
  await host.see('manage-invites').click();
  await host.see('invites-dialog').waitFor();
  assert.equal(await host.see('toast').count(), 0, 'who dismisses the sheet needs no word');
  await host.see('invites-dialog').getByTestId('share-invite').click();
  await host.see('toast').getByText('Select the link').waitFor();
});

test('PR8 a changed name is seen by everybody, and kept', async () => {
  await guest.see('panel-people').tap();
  await guest.see('rename').tap();
  await guest.see('rename-input').fill('Wren');
  await guest.see('rename-save').tap();
  await Promise.all([host.see('person-Wren').waitFor(), guest.see('person-Wren').waitFor()]);
  assert.equal(await host.see('person-Robin').count(), 0);
  await guest.page.reload();
  await guest.see('panel-people').tap();
  await guest.see('person-Wren').waitFor();
});

test('PR5 two tabs are one participant; closing one of them is no leave', async () => {
  const second = await guest.anotherTab();
  await second.page.goto(guest.page.url());
  await second.see('room').waitFor();
  assert.equal(await host.see('people').getByRole('listitem').count(), 2);
  await host.page.evaluate(() => {
    const row = document.querySelector('[data-testid="presence-Robin"]');
    const seen: (string | undefined)[] = [];
    Object.assign(window, { seen });
    if (!row) return;
    new MutationObserver(() => seen.push((row as HTMLElement).dataset.presence)).observe(row, {
      attributes: true,
    });
  });
  await guest.page.close();
  // What others are told of this draw comes after what they would be told of the closing.
  await operate(server.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
  await second.see('draw-past').click();
  await host.see('card-0').waitFor();
  const seen = await host.page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  assert.ok(seen.every((level) => /^(active|visible|connected)$/.test(level)), seen.join(' '));
  assert.match((await host.see('presence-Robin').getAttribute('data-presence')) ?? '', /^(active|visible)$/);
});

test('PR3 PR6 PR7 UI3 closing the tab shows a person leaving, why, and then away', async () => {
  await guest.page.close({ runBeforeUnload: true });
  await robinIsSeenAs('reconnecting');
  assert.equal(await host.see('presence-Robin').innerText(), 'Closed the page, waiting for their return…');
  const began = Date.now();
  await robinIsSeenAs('offline', 20_000);
  assert.ok(Date.now() - began > 13_000, 'not before the grace of 15 s was over');
  assert.equal(await host.see('presence-Robin').innerText(), 'Closed the page');
});

test('PR4 a person who returns within the grace was never away', async () => {
  await guest.page.goto('about:blank');
  await robinIsSeenAs('reconnecting');
  await guest.page.goto(`${server.url}/room/${room.session.id}`);
  await guest.see('room').waitFor();
  await robinIsSeenAs('active|visible');
});

test('PR7 Leave takes effect at once, and the seat is kept', async () => {
  await guest.see('leave').tap();
  await guest.see('start-reading').waitFor();
  await robinIsSeenAs('offline', 3_000);
  assert.equal(await host.see('presence-Robin').innerText(), 'Left');
  await guest.see('enter-room').tap();
  await guest.see('room').waitFor();
  await robinIsSeenAs('active|visible');
});

test('JN12 UI1 the host makes an invitation that works once, and withdraws the first', async () => {
  const first = await host.see('invite-link').inputValue();
  await host.see('manage-invites').click();
  await host.see('invites-dialog').waitFor();
  await host.see('invite-uses').selectOption('once');
  await host.see('invite-lasts').selectOption('hour');
  await host.see('invite-role').selectOption('reader');
  await host.see('create-invite').click();
  const link = await until('there is another link', async () => {
    const shown = await host.see('invite-link').inputValue();
    return shown !== first && shown;
  });
  await host.see(`invite-${codeOf(link)}`).getByText('Reader · Used 0 of 1 · until').waitFor();
  await host.see(`revoke-${codeOf(first)}`).click();
  await host.see(`invite-${codeOf(first)}`).waitFor({ state: 'detached' });
  assert.equal(await host.see('invite-link').inputValue(), link);

  const visitor = await Person.enter(browser);
  try {
    await visitor.page.goto(first);
    await visitor.see('problem-screen').waitFor();
    assert.equal(await visitor.see('problem-message').innerText(),
      'The host has withdrawn this invitation.');
    await visitor.page.goto(link);
    await visitor.see('name-input').fill('Kim');
    await visitor.see('join-button').click();
    await visitor.see('room').waitFor();
    await host.see('person-Kim').waitFor({ state: 'attached' });
    await hasRole(host, 'Kim', 'reader');
  } finally {
    await visitor.go();
  }
  const again = await call<{ code: string }>(server.url, 'GET', `/v1/invites/${codeOf(link)}`);
  assert.equal(again.body.code, 'invite_exhausted');
});
