// Every screen of the UI as a picture, wide and on a phone, light and dark, for people to look at.
// usage: ./dev pictures [NAME...]     into build/screenshots/NAME.SIZE.THEME.png
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { call, createSession, type Created } from './support/api.ts';
import { openBrowser, Person } from './support/browser.ts';
import { give, invite, joinAs, operate, seatOf, sit, type Seated } from './support/rooms.ts';
import { DatabaseLock } from './support/database_lock.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

const FOLDER = fileURLToPath(new URL('../../build/screenshots/', import.meta.url));
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const THEMES = ['light', 'dark'] as const;
const QUESTION = 'What do I need to see about the move to the sea?';
const NOTES =
  'The past is settled: what was held is given away.\n' +
  'The present asks for patience, and the future for company.';

let server: Server;
let browser: Browser;
const others: Server[] = [];

interface Stage {
  person: Person;
  room(wishes?: object, cards?: string[], turned?: number): Promise<Room>;
}
interface Room {
  made: Created;
  host: Seated;
}

async function furnished(wishes: object = {}, cards: string[] = [], turned = 0): Promise<Room> {
  const made = await createSession(server.url, {
    layout: 'three-card', name: 'Ada', question: QUESTION, ...wishes,
  });
  const host = seatOf(made);
  if (cards.length > 0) await operate(server.url, host, { kind: 'set_step', step: 'drawing' });
  for (const [index, position] of cards.entries()) {
    await operate(server.url, host, { kind: 'draw', position, ...spot(wishes, index) });
    if (index < turned) await operate(server.url, host, { kind: 'flip', card: index });
  }
  return { made, host };
}

const spot = (wishes: { layout?: string }, index: number) =>
  wishes.layout === 'freestyle'
    ? { x: 0.15 + index * 0.17, y: [0.4, 0.62, 0.35, 0.66, 0.45][index] }
    : {};

const show = (person: Person, path: string, testId: string, at = server) =>
  person.page.goto(at.url + path).then(() => person.see(testId).first().waitFor());

async function expire({ made }: Room): Promise<void> {
  await call(server.url, 'POST', `/v1/admin/sessions/${made.session.id}/expire`, {
    token: ADMIN_TOKEN, body: {},
  });
}

// What the server says at the beginning of the last minutes, without waiting for them.
function warningFor(made: Created): string {
  const secondsLeft = 252;
  const expiresAt = new Date(Date.now() + secondsLeft * 1000).toISOString();
  return JSON.stringify([null, null, `session:${made.session.id}`, 'session_expiring',
    { generation: 1, expiresAt, secondsLeft }]);
}

const THREE = ['past', 'present', 'future'];
const CROSS = ['present', 'challenge', 'foundation', 'past', 'crown', 'future', 'self',
  'environment', 'hopes-fears', 'outcome'];

// Each brings one person's browser to the screen that its name says.
const scenes: Record<string, (stage: Stage) => Promise<unknown>> = {
  home: ({ person }) => show(person, '/', 'start-reading'),
  async 'home-options'({ person }) {
    await show(person, '/', 'start-reading');
    await person.see('start-options').locator('summary').click();
  },
  async 'home-rooms'({ person, room }) {
    const open = await room();
    const closed = await room({ question: 'Shall I answer the letter?' });
    for (const { made, host } of [open, closed]) await give(person, server.url, made, host, 'Ada');
    await expire(closed);
    await show(person, '/', 'known-rooms');
  },
  marketplace: ({ person }) => show(person, '/marketplace', 'deck-classic'),
  async 'marketplace-failed'({ person }) {
    await person.page.route('**/v1/decks', (route) => route.abort());
    await show(person, '/marketplace', 'problem-message');
  },
  'not-found': ({ person }) => show(person, '/nowhere', 'not-found-screen'),
  'no-seat': ({ person }) => show(person, '/room/nobodys', 'problem-screen'),
  async 'invite'({ person, room }) {
    const { made } = await room();
    await show(person, `/invite/${made.invite.code}`, 'join-button');
  },
  async 'invite-not-valid'({ person }) {
    await show(person, '/invite/unknown', 'problem-screen');
  },
  async 'invite-expired'({ person, room }) {
    const { made } = await room();
    await expire({ made } as Room);
    await show(person, `/invite/${made.invite.code}`, 'expired-screen');
  },
  async 'invite-full'({ person, room }) {
    const { made } = await room({ policy: { maxParticipants: 2 } });
    await joinAs(server.url, made, 'Robin');
    await show(person, `/invite/${made.invite.code}`, 'retry');
  },
  async 'invite-ended'({ person, room }) {
    const { made, host } = await room();
    await call(server.url, 'POST', `/v1/sessions/${host.sessionId}/complete`,
      { token: host.token, body: {} });
    await show(person, `/invite/${made.invite.code}`, 'completed-screen');
  },
  async 'room-question'({ person, room }) {
    const { made, host } = await room({ question: undefined });
    await operate(server.url, host, { kind: 'set_step', step: 'ask-question' });
    await sit(person, server.url, made, host, 'Ada');
  },
  async 'room-waiting'({ person, room }) {
    const { made } = await room({ question: undefined });
    await sit(person, server.url, made, await joinAs(server.url, made, 'Robin'), 'Robin');
  },
  async 'room-shown'({ person, room }) {
    const { made, host } = await room({}, THREE, 3);
    const robin = await joinAs(server.url, made, 'Robin');
    await sit(person, server.url, made, host, 'Ada');
    await operate(server.url, robin, { kind: 'focus', card: 1 });
    await operate(server.url, robin, { kind: 'move', card: 2, x: 0.7, y: 0.42 });
    await person.see('card-panel').waitFor();
  },
  async 'room-trust'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    await person.see('trust').click();
    await person.see('verify').click();
    await person.see('verdicts').waitFor();
  },
  async 'room-notes'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await operate(server.url, host, { kind: 'interpret', text: NOTES });
    await sit(person, server.url, made, host, 'Ada');
    await person.page.setViewportSize(SIZES.phone);
    await person.see('panel-notes').click();
  },
  async 'room-people'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    for (const name of ['Robin', 'Wren']) await joinAs(server.url, made, name);
    await sit(person, server.url, made, host, 'Ada');
    await person.page.setViewportSize(SIZES.phone);
    await person.see('panel-people').click();
    await person.see('tools-Robin').click();
  },
  async 'room-removed-guest'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    await operate(server.url, host, {
      kind: 'remove_participant', participantId: (await joinAs(server.url, made, 'Robin')).participantId,
    });
    await person.see('replace-offer').waitFor({ state: 'attached' });
    await person.page.setViewportSize(SIZES.phone);
    await person.see('panel-people').click();
  },
  async 'summary'({ person, room }) {
    const { made, host } = await room({}, THREE, 3);
    await operate(server.url, host, { kind: 'interpret', text: NOTES });
    await sit(person, server.url, made, host, 'Ada');
    await person.see('complete').click();
    await person.see('confirm-yes').click();
    await person.see('summary-link').click();
    await person.see('summary').waitFor();
  },
  async 'summary-cross'({ person, room }) {
    const { made, host } = await room({ layout: 'celtic-cross' }, CROSS, 10);
    await sit(person, server.url, made, host, 'Ada');
    await show(person, `/room/${made.session.id}/summary`, 'summary');
  },
  async 'replay'({ person, room }) {
    const { made, host } = await room({}, THREE, 3);
    await give(person, server.url, made, host, 'Ada');
    await show(person, `/room/${made.session.id}/summary`, 'summary');
    await person.see('show-replay').click();
    await person.see('replay-play').click();
    await person.see('replay-way').press('End');
  },
  async 'room-new'({ person, room }) {
    const { made, host } = await room({ question: undefined });
    await sit(person, server.url, made, host, 'Ada');
  },
  async 'room-three'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await operate(server.url, host, { kind: 'interpret', text: NOTES });
    await joinAs(server.url, made, 'Grace Hopper-Wiggenhausen');
    await sit(person, server.url, made, host, 'Ada');
    const guest = await Person.enter(browser);
    const seat = await joinAs(server.url, made, 'Robin');
    await sit(guest, server.url, made, seat, 'Robin');
    await person.see('card-1').click();
  },
  async 'room-guest'({ person, room }) {
    const { made } = await room({}, ['past'], 1);
    await sit(person, server.url, made, await joinAs(server.url, made, 'Robin'), 'Robin');
  },
  async 'room-cross'({ person, room }) {
    const { made, host } = await room({ layout: 'celtic-cross' }, CROSS, 10);
    await operate(server.url, host, { kind: 'focus', card: 4 });
    await sit(person, server.url, made, host, 'Ada');
  },
  async 'room-cross-empty'({ person, room }) {
    const { made, host } = await room({ layout: 'celtic-cross' }, ['present'], 1);
    await sit(person, server.url, made, host, 'Ada');
  },
  async 'room-freestyle'({ person, room }) {
    const { made, host } = await room({ layout: 'freestyle' }, ['A', 'B', 'C', 'D', 'E'], 5);
    await sit(person, server.url, made, host, 'Ada');
  },
  async 'room-single'({ person, room }) {
    const { made, host } = await room({ layout: 'single-card' }, ['card'], 1);
    await sit(person, server.url, made, host, 'Ada');
  },
  async 'room-nocturne'({ person, room }) {
    const { made, host } = await room({ deckId: 'nocturne' }, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    for (const name of ['Robin', 'Wren', 'Kim']) {
      const guest = await Person.enter(browser);
      await sit(guest, server.url, made, await joinAs(server.url, made, name), name);
      if (name === 'Wren') await guest.go();
      if (name === 'Kim') await guest.see('leave').click();
    }
    await person.see('rename').click();
  },
  async 'room-locked'({ person, room }) {
    const { made, host } = await room({}, THREE, 1);
    await operate(server.url, host, { kind: 'lock_table', locked: true });
    await sit(person, server.url, made, await joinAs(server.url, made, 'Robin'), 'Robin');
  },
  async 'room-invites'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await invite(server.url, made, { maxUses: 5, role: 'reader' });
    await sit(person, server.url, made, host, 'Ada');
    await person.see('manage-invites').click();
    await person.see(`invite-${made.invite.code}`).waitFor();
  },
  async 'room-confirm'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    await person.see('complete').click();
    await person.see('confirm-dialog').waitFor();
  },
  async 'room-toast'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    await person.page.route('**/complete', (route) => route.abort());
    await person.see('complete').click();
    await person.see('confirm-yes').click();
    await person.see('toast').waitFor();
  },
  async 'room-warning'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await person.page.routeWebSocket('**/socket/**', (socket) => {
      const beyond = socket.connectToServer();
      socket.onMessage((frame) => {
        beyond.send(frame);
        if (String(frame).includes('phx_join')) setTimeout(() => socket.send(warningFor(made)), 500);
      });
    });
    await sit(person, server.url, made, host, 'Ada');
    await person.see('warning-dialog').waitFor();
  },
  async 'room-saving-paused'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    const lock = await DatabaseLock.take(server);
    await person.see('card-2').click();
    await person.see('saving-banner').waitFor({ timeout: 20_000 });
    await lock.release();
  },
  async 'room-offline'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    await person.context.setOffline(true);
    await person.see('card-2').click();
    await person.see('offline-banner').waitFor();
  },
  async 'room-opening'({ person, room }) {
    const { made, host } = await room();
    await give(person, server.url, made, host, 'Ada');
    await person.page.routeWebSocket('**/socket/**', () => {});
    await show(person, `/room/${made.session.id}`, 'offline-banner');
  },
  async 'ended-expired-host'({ person, room }) {
    const opened = await room({}, THREE, 2);
    await sit(person, server.url, opened.made, opened.host, 'Ada');
    await expire(opened);
    await person.see('expired-screen').waitFor();
  },
  async 'ended-expired-guest'({ person, room }) {
    const opened = await room({}, THREE, 2);
    const guest = await joinAs(server.url, opened.made, 'Robin');
    await sit(person, server.url, opened.made, guest, 'Robin');
    await expire(opened);
    await person.see('expired-screen').waitFor();
  },
  async 'ended-completed'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    await person.see('complete').click();
    await person.see('confirm-yes').click();
    await person.see('completed-screen').waitFor();
  },
  async 'ended-removed'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    const guest = await joinAs(server.url, made, 'Robin');
    await sit(person, server.url, made, guest, 'Robin');
    const { participantId } = guest;
    await operate(server.url, host, { kind: 'remove_participant', participantId });
    await person.see('removed-screen').waitFor();
  },
  async 'ended-deleted'({ person, room }) {
    const { made, host } = await room({}, THREE, 2);
    await sit(person, server.url, made, host, 'Ada');
    await person.see('delete-room').click();
    await person.see('confirm-yes').click();
    await person.see('deleted-screen').waitFor();
  },
  'dashboard-sign-in': ({ person }) => show(person, '/dashboard', 'sign-in'),
  dashboard: ({ person }) => operatorSees(person, '', 'verdict'),
  'dashboard-sessions': ({ person }) => operatorSees(person, '/sessions', 'session-row'),
  async 'dashboard-session'({ person, room }) {
    const { made } = await room({}, THREE, 2);
    await joinAs(server.url, made, 'Robin');
    await operatorSees(person, `/sessions/${made.session.id}`, 'timeline');
  },
  'dashboard-analytics': ({ person }) => operatorSees(person, '/analytics', 'analytics-lead'),
  async 'dashboard-webhooks'({ person, room }) {
    for (const name of ['Robin', 'Wren']) await joinAs(server.url, (await room()).made, name);
    await operatorSees(person, '/webhooks', 'webhook-target');
    await person.page.getByText('Connection refused').first().waitFor();
    const file = new DatabaseSync(`${server.folder}/readings.db`);
    file.exec('PRAGMA busy_timeout = 5000');
    file.exec(`update webhook_deliveries set is_dead = 1, attempts = 21
      where ordinal in (select min(ordinal) from webhook_deliveries)`);
    file.close();
    await person.see('replay-dead').waitFor();
  },
  async 'dashboard-webhooks-none'({ person }) {
    const bare = await Server.start();
    others.push(bare);
    await operatorSees(person, '/webhooks', 'webhooks-setup', bare);
  },
};

async function operatorSees(person: Person, path: string, testId: string, at = server) {
  await show(person, '/dashboard', 'sign-in', at);
  await person.see('admin-token').fill(ADMIN_TOKEN);
  await person.see('sign-in-button').click();
  await person.see('verdict').waitFor();
  if (path !== '') await show(person, `/dashboard${path}`, testId, at);
}

async function shoot(name: string): Promise<void> {
  const person = await Person.enter(browser);
  const direct = scenes[name];
  if (!direct) throw new Error(`no screen ${name}; there are ${Object.keys(scenes).join(' ')}`);
  await direct({ person, room: furnished });
  for (const [size, viewport] of Object.entries(SIZES)) {
    await person.page.setViewportSize(viewport);
    for (const theme of THEMES) {
      await person.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await person.page.screenshot({
        path: `${FOLDER}${name}.${size}.${theme}.png`,
        fullPage: size === 'phone',
        animations: 'disabled',
      });
    }
  }
  await person.go();
  console.log(name);
}

await mkdir(FOLDER, { recursive: true });
server = await Server.start({
  PRESENCE_UPDATE_SECONDS: '1',
  // Where nobody listens.
  WEBHOOK_URLS: 'http://127.0.0.1:9/hooks/tarot,http://127.0.0.1:9/statistics',
  WEBHOOK_SECRETS: `whsec_${randomBytes(32).toString('base64')}`,
  WEBHOOK_PRIVATE_TARGETS: 'on',
});
browser = await openBrowser();
try {
  const wanted = process.argv.slice(2);
  for (const name of wanted.length > 0 ? wanted : Object.keys(scenes)) await shoot(name);
} finally {
  await browser.close();
  for (const each of [server, ...others]) await each.stop();
}
