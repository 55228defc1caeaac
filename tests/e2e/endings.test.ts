// Every way in which a door is closed, as the person before it sees it: by invitation link, and in
// the room itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { call, createSession, until, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { give, invite, joinAs, operate, seatOf, sit } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

let server: Server;
let browser: Browser;

before(async () => {
  [server, browser] = await Promise.all([Server.start(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function visiting(look: (visitor: Person) => Promise<void>): Promise<void> {
  const visitor = await Person.enter(browser);
  try {
    await look(visitor);
    assert.deepEqual(visitor.pageErrors, []);
  } finally {
    await visitor.go();
  }
}

interface Expected {
  testId: string;
  sentence: string;
  restore?: boolean;
}

async function shows(person: Person, expected: Expected): Promise<void> {
  await person.see(expected.testId).waitFor();
  assert.equal(await person.see('problem-message').innerText(), expected.sentence);
  assert.equal(await person.see('restore').count(), expected.restore ? 1 : 0);
  assert.equal(await person.see('home-link').getAttribute('href'), '/');
  assert.equal(await person.see('marketplace-link').getAttribute('href'), '/marketplace');
}

const complete = (room: Created) =>
  call(server.url, 'POST', `/v1/sessions/${room.session.id}/complete`,
    { token: room.token, body: {} });
const expire = (room: Created) =>
  call(server.url, 'POST', `/v1/admin/sessions/${room.session.id}/expire`,
    { token: ADMIN_TOKEN, body: {} });

interface Door extends Expected {
  rule: string;
  name: string;
  code(): Promise<string>;
}

const EXPIRED = 'This invitation link has expired. ' +
  'Sessions become inactive after 1 hour of no activity.';

const doors: Door[] = [
  {
    rule: 'JN1',
    name: 'that is not valid',
    testId: 'problem-screen',
    sentence: 'This invitation link is not valid.',
    code: async () => 'nobody-made-this-one',
  },
  {
    rule: 'JN2',
    name: 'that the host withdrew',
    testId: 'problem-screen',
    sentence: 'The host has withdrawn this invitation.',
    async code() {
      const room = await createSession(server.url);
      await call(server.url, 'DELETE', `/v1/invites/${room.invite.code}`, { token: room.token });
      return room.invite.code;
    },
  },
  {
    rule: 'JN3',
    name: 'past its own expiry',
    testId: 'problem-screen',
    sentence: 'This invitation link has expired.',
    async code() {
      const room = await createSession(server.url);
      const expiresAt = new Date(Date.now() + 1_000).toISOString();
      const { code } = await invite(server.url, room, { expiresAt });
      await until('it is past', async () =>
        (await call(server.url, 'GET', `/v1/invites/${code}`)).status === 410);
      return code;
    },
  },
  {
    rule: 'JN4',
    name: 'that is used up',
    testId: 'problem-screen',
    sentence: 'This invitation link has been used up.',
    async code() {
      const room = await createSession(server.url);
      const once = await invite(server.url, room, { maxUses: 1 });
      await joinAs(server.url, { ...room, invite: once }, 'Robin');
      return once.code;
    },
  },
  {
    rule: 'JN5',
    name: 'to a reading that has ended',
    testId: 'completed-screen',
    sentence: 'This reading has ended.',
    async code() {
      const room = await createSession(server.url);
      await complete(room);
      return room.invite.code;
    },
  },
  {
    rule: 'JN6',
    name: 'to a reading that has expired',
    testId: 'expired-screen',
    sentence: EXPIRED,
    async code() {
      const room = await createSession(server.url);
      await expire(room);
      return room.invite.code;
    },
  },
  {
    rule: 'JN7',
    name: 'to a full room',
    testId: 'problem-screen',
    sentence: 'This reading room is full.',
    async code() {
      const room = await createSession(server.url, { policy: { maxParticipants: 2 } });
      await joinAs(server.url, room, 'Robin');
      return room.invite.code;
    },
  },
];

for (const { rule, name, code, ...expected } of doors) {
  test(`UI6 ${rule} an invitation ${name} has its screen, with the exact sentence and ways on`, () =>
    visiting(async (visitor) => {
      await visitor.page.goto(`${server.url}/invite/${await code()}`);
      await shows(visitor, expected);
      await visitor.see('marketplace-link').click();
      await visitor.see('deck-classic').waitFor();
      await visitor.page.goBack();
      await visitor.see('home-link').click();
      await visitor.see('start-reading').waitFor();
    }));
}

test('UI6 JN7 a full room may be tried again, and lets in once there is a place', () =>
  visiting(async (visitor) => {
    const room = await createSession(server.url, { policy: { maxParticipants: 2 } });
    const robin = await joinAs(server.url, room, 'Robin');
    await visitor.page.goto(`${server.url}/invite/${room.invite.code}`);
    await visitor.see('problem-screen').waitFor();
    const { participantId } = robin;
    await operate(server.url, seatOf(room), { kind: 'remove_participant', participantId });
    await visitor.see('retry').click();
    await visitor.see('join-button').click();
    await visitor.see('room').waitFor();
  }));

test('UI7 the host finds Restore behind the invitation link too, and in the list of rooms', () =>
  visiting(async (host) => {
    const room = await createSession(server.url);
    await expire(room);
    await give(host, server.url, room, seatOf(room), 'Ada');
    await host.page.goto(`${server.url}/invite/${room.invite.code}`);
    await shows(host, { testId: 'expired-screen', sentence: EXPIRED, restore: true });
    await host.see('home-link').click();
    const listed = host.see(`known-room-${room.session.id}`);
    await listed.getByTestId('restore').click();
    await host.see('room').waitFor();
  }));

test('UI7 RS5 a visitor who waits before the closed door is let in under the name they gave', () =>
  visiting(async (visitor) => {
    const room = await createSession(server.url, { layout: 'three-card' });
    await operate(server.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
    await operate(server.url, seatOf(room), { kind: 'draw', position: 'past' });
    await expire(room);
    await visitor.page.goto(`${server.url}/invite/${room.invite.code}`);
    await visitor.see('name-input').fill('Kim');
    await call(server.url, 'POST', `/v1/sessions/${room.session.id}/restore`,
      { token: room.token, body: {} });
    await visitor.see('room').waitFor();
    await visitor.see('person-Kim').waitFor();
    await visitor.see('card-0').waitFor();
  }));

test('UI13 UI6 CP1 ending asks once, and then everybody sees that the reading has ended', () =>
  visiting((guest) =>
    visiting(async (host) => {
      const room = await createSession(server.url);
      await sit(host, server.url, room, seatOf(room), 'Ada');
      await sit(guest, server.url, room, await joinAs(server.url, room, 'Robin'), 'Robin');
      await host.see('complete').click();
      await host.see('confirm-no').click();
      await host.see('confirm-dialog').waitFor({ state: 'hidden' });
      await host.see('room').waitFor();
      await host.see('complete').click();
      await host.see('confirm-yes').click();
      const ended = { testId: 'completed-screen', sentence: 'This reading has ended.' };
      await Promise.all([shows(host, ended), shows(guest, ended)]);
      await guest.page.reload();
      await shows(guest, ended);
    })));

test('UI6 CP2 a deleted reading is gone for everybody', () =>
  visiting((guest) =>
    visiting(async (host) => {
      const room = await createSession(server.url);
      await sit(host, server.url, room, seatOf(room), 'Ada');
      await sit(guest, server.url, room, await joinAs(server.url, room, 'Robin'), 'Robin');
      await host.see('delete-room').click();
      await host.see('confirm-yes').click();
      await shows(host, {
        testId: 'deleted-screen',
        sentence: 'Its cards, names and notes are gone for good.',
      });
      await until('the guest sees that it is over', async () =>
        (await guest.see('room').count()) === 0 && (await guest.see('home-link').count()) > 0);
      await host.see('home-link').click();
      await host.see('start-reading').waitFor();
      assert.equal(await host.see('known-rooms').count(), 0);
    })));

test('UI6 HT7 an address without a page, and a room without a seat, say so', () =>
  visiting(async (visitor) => {
    await visitor.page.goto(`${server.url}/room/019a0000-0000-7000-8000-000000000000`);
    await shows(visitor, {
      testId: 'problem-screen',
      sentence: 'This browser has no seat in this reading. Open the invitation link to join it.',
    });
  }));
