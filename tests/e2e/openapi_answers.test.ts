// The contract, held by a real server: every route is asked, with what it takes and with what it
// refuses, and every answer keeps the OpenAPI document.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { until, type Created } from './support/api.ts';
import { Asker, Contract, type Question } from './support/openapi.ts';
import { JWT_SECRET, makeJwt } from './support/jwt.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

const SESSION = '/v1/sessions/{id}';
const ADMIN = { token: ADMIN_TOKEN };
// Refusals that need a broken disk, a stopping server, two servers, or ten seconds of patience.
const NOT_PROVOKED = ['conflict', 'draining', 'internal', 'request_timeout', 'saving_paused'];

const contract = new Contract();
let server: Server;
let asker: Asker;
const ask = <T>(route: string, expected: string, question?: Question) =>
  asker.ask<T>(route, expected, question);

before(async () => {
  server = await Server.start({
    AUTH_JWT_SECRET: JWT_SECRET,
    WEBHOOK_URLS: 'https://127.0.0.1:1/', // refused, so that some wait
    WEBHOOK_SECRETS: `whsec_${Buffer.alloc(32).toString('base64')}`,
  });
  asker = new Asker(contract, server.url);
});

after(async () => {
  await server?.stop();
});

const isOperators = (security: Record<string, unknown>[]) =>
  security.length > 0 && security.every((way) => way.adminToken ?? way.adminCookie);

// A new session, and how its host asks about it.
async function open(extra: object = {}): Promise<Created & { host: Question }> {
  const body = { deckId: 'classic', layout: 'three-card', name: 'Ann', ...extra };
  const created = await ask<Created>('POST /v1/sessions', '201', { body, key: randomUUID() });
  return { ...created, host: { at: { id: created.session.id }, token: created.token } };
}

async function join(code: string, name = 'Robin') {
  const question = { at: { code }, body: { name }, key: randomUUID() };
  const joined = await ask<Created>('POST /v1/invites/{code}/join', '201', question);
  return { ...joined, guest: { at: { id: joined.session.id }, token: joined.token } };
}

const operate = (expected: string, who: Question, body: object, key = randomUUID()) =>
  ask<{ version: number }>(`POST ${SESSION}/operations`, expected, { ...who, body, key });

test('HT1 HT9 sessions answer as the document says', async () => {
  const { host, invite, restoreKey, session } = await open({
    question: 'What now?',
    policy: { timeoutSeconds: 1800, maxParticipants: 3 },
  });
  await ask(`GET ${SESSION}`, '200', host);
  await ask(`GET ${SESSION}/expiry`, '200', host);
  await ask(`GET ${SESSION}/lifecycle`, '200', host);
  await ask(`POST ${SESSION}/activity`, '204', { ...host, body: { visible: true, active: true } });
  await ask(`POST ${SESSION}/keep-alive`, '200', host);
  await ask(`POST ${SESSION}/keep-alive`, '409 stale_generation', {
    ...host,
    body: { generation: 7 },
  });

  const { guest, participant } = await join(invite.code);
  await ask(`PATCH ${SESSION}/participants/me`, '200', { ...guest, body: { name: 'Kim' } });
  const role = (action: string, more = {}) => ({ body: { action, ...more } });
  const to = { participantId: participant.id };
  await ask(`POST ${SESSION}/host`, '409 host_present', { ...guest, ...role('take_over') });
  await ask(`POST ${SESSION}/host`, '403 not_allowed', { ...guest, ...role('reclaim') });
  await ask(`POST ${SESSION}/host`, '404 participant_not_found', {
    ...host,
    ...role('hand_over', { participantId: randomUUID() }),
  });
  await ask(`POST ${SESSION}/host`, '200', { ...host, ...role('hand_over', to) });
  await ask(`POST ${SESSION}/host`, '200', { ...host, ...role('reclaim') });
  const leaving = { token: guest.token, reason: 'left' };
  await ask(`POST ${SESSION}/leave`, '404 not_found', {
    at: guest.at,
    body: { ...leaving, connection: 'none' },
  });
  await ask(`POST ${SESSION}/leave`, '204', { at: guest.at, body: leaving });

  await ask(`POST ${SESSION}/restore`, '409 not_restorable', host);
  await ask('POST /v1/admin/sessions/{id}/expire', '200', { ...ADMIN, at: host.at });
  await ask(`GET ${SESSION}`, '200', host);
  await ask('GET /v1/invites/{code}', '410 session_expired', { at: { code: invite.code } });
  await ask(`POST ${SESSION}/restore`, '403 not_allowed', guest);
  await ask(`POST ${SESSION}/restore`, '200', { at: host.at, body: { restoreKey } });
  await ask('POST /v1/admin/sessions/{id}/expire', '200', { ...ADMIN, at: host.at });
  await ask('POST /v1/admin/sessions/{id}/restore', '200', { ...ADMIN, at: host.at });
  await ask(`POST ${SESSION}/complete`, '403 not_allowed', guest);
  await ask(`POST ${SESSION}/complete`, '200', host);
  await ask('GET /v1/invites/{code}', '410 session_completed', { at: { code: invite.code } });
  await ask(`POST ${SESSION}/restore`, '409 session_completed', host);
  await ask(`DELETE ${SESSION}`, '403 not_allowed', guest);
  await ask(`DELETE ${SESSION}`, '204', host);
  await ask(`POST ${SESSION}/restore`, '410 session_purged', host);
  await ask('GET /v1/admin/sessions/{id}', '200', { ...ADMIN, at: { id: session.id } });
});

test('HT1 TK9 TK10 who signs in is answered as the document says', async () => {
  const JOIN = 'POST /v1/invites/{code}/join';
  const body = { deckId: 'classic' };
  const ann = makeJwt(randomUUID());
  const created = await ask<Created>('POST /v1/sessions', '201', { body, token: ann });
  const at = { code: created.invite.code };
  const joined = await ask<Created>(JOIN, '201', { at, token: ann });
  assert.equal(joined.participant.id, created.participant.id);
  const seat = await ask<Created>(JOIN, '201', { at, token: makeJwt(randomUUID()) });
  await ask('POST /v1/admin/sessions/{id}/expire', '200', { ...ADMIN, at: { id: seat.session.id } });
  for (const [expected, token] of [
    ['401 unauthorized', makeJwt(randomUUID(), { exp: 1 })],
    ['403 account_not_usable', makeJwt('ann@example.org')],
  ]) {
    await ask('POST /v1/sessions', expected, { body, token });
    await ask(JOIN, expected, { at, token });
    await ask(`POST ${SESSION}/restore`, expected, { at: { id: seat.session.id }, token });
  }
  await ask(`POST ${SESSION}/restore`, '200', { at: { id: seat.session.id }, token: ann });
});

test('HT1 operations of every kind answer as the document says', async () => {
  const { host, invite } = await open();
  const { guest, participant } = await join(invite.code);
  await operate('409 wrong_step', guest, { kind: 'draw', position: 'past' });
  for (const body of [
    { kind: 'choose_layout', layout: 'celtic-cross' },
    { kind: 'choose_deck', deckId: 'nocturne' },
    { kind: 'set_question', question: 'What now?' },
    { kind: 'set_step', step: 'drawing' },
    { kind: 'shuffle' },
    { kind: 'draw', position: 'challenge' },
    { kind: 'draw', position: 'past', x: 0.2, y: 0.3 },
    { kind: 'flip', card: 0 },
    { kind: 'move', card: 0, x: 0.3, y: 0.4, z: 5 },
    { kind: 'rotate', card: 0, rotation: -90 },
    { kind: 'focus', card: 0 },
    { kind: 'focus', card: null },
    { kind: 'interpret', text: 'A messenger.' },
    { kind: 'flip', card: 0, faceUp: false },
  ])
    await operate('200', host, body);
  await operate('409 position_taken', guest, { kind: 'draw', position: 'past' });
  await operate('409 card_not_drawn', guest, { kind: 'flip', card: 9 });
  await operate('409 cards_drawn', host, { kind: 'choose_deck', deckId: 'classic' });
  await operate('409 stale_generation', host, { kind: 'shuffle', generation: 4 });
  await operate('422 unknown_position', guest, { kind: 'draw', position: 'nowhere' });
  await operate('422 invalid_operation', guest, { kind: 'dance' });
  await operate('422 invalid_operation', guest, { kind: 'move', card: 0, x: 7, y: 0 });
  await operate('403 not_allowed', guest, { kind: 'reset' });
  const missing = { kind: 'remove_participant', participantId: randomUUID() };
  await operate('404 participant_not_found', host, missing);
  await operate('200', host, { kind: 'return_card', card: 1 });
  await operate('200', host, { kind: 'lock_table', locked: true });
  await operate('409 table_locked', guest, { kind: 'shuffle' });
  const key = randomUUID();
  await operate('200', host, { kind: 'reset' }, key);
  await operate('200', host, { kind: 'reset' }, key);
  await operate('422 idempotency_key_reused', host, { kind: 'shuffle' }, key);
  await operate('422 idempotency_key_missing', host, { kind: 'shuffle' }, '');
  await operate('422 deck_not_found', host, { kind: 'choose_deck', deckId: 'none' });
  await operate('200', host, { kind: 'remove_participant', participantId: participant.id });
  await operate('401 unauthorized', guest, { kind: 'shuffle' });

  await ask(`GET ${SESSION}/operations`, '200', host);
  const page = { after: '1', limit: '2' };
  await ask(`GET ${SESSION}/operations`, '200', { ...host, query: page });
  await ask(`GET ${SESSION}/operations`, '422 invalid_value', { ...host, query: { limit: '0' } });
  await ask(`GET ${SESSION}/shuffles`, '200', host);
});

test('HT1 OP6 the 79th card is refused as the document says', async () => {
  const { host } = await open({ layout: 'freestyle' });
  await operate('200', host, { kind: 'set_step', step: 'drawing' });
  for (let i = 0; i < 78; ++i) await operate('200', host, { kind: 'draw', position: `place ${i}` });
  await operate('409 deck_exhausted', host, { kind: 'draw', position: 'one too many' });
  await ask(`GET ${SESSION}`, '200', host);
});

test('HT1 JN8 invitations answer as the document says', async () => {
  const { host, invite } = await open({ policy: { maxParticipants: 2 } });
  const make = async (body: object) =>
    (await ask<{ code: string }>(`POST ${SESSION}/invites`, '201', { ...host, body })).code;
  const look = (code: string, expected: string) =>
    ask('GET /v1/invites/{code}', expected, { at: { code } });
  await look(invite.code, '200');
  const once = await make({ maxUses: 1, role: 'reader' });
  const { guest } = await join(once);
  await look(once, '410 invite_exhausted');
  await look(invite.code, '409 session_full');
  await ask('POST /v1/invites/{code}/join', '409 session_full', { at: { code: invite.code } });

  const brief = await make({ expiresAt: new Date(Date.now() + 300).toISOString() });
  await until('the invitation has expired', async () => {
    const answer = await fetch(`${server.url}/v1/invites/${brief}`);
    return answer.status === 410;
  });
  await look(brief, '410 invite_expired');
  const past = { expiresAt: '2020-01-01T00:00:00Z' };
  await ask(`POST ${SESSION}/invites`, '422 invalid_value', { ...host, body: past });

  await ask('DELETE /v1/invites/{code}', '403 not_allowed', { ...guest, at: { code: once } });
  await ask('DELETE /v1/invites/{code}', '401 unauthorized', { at: { code: once } });
  await ask('DELETE /v1/invites/{code}', '204', { ...host, at: { code: once } });
  await look(once, '410 invite_revoked');
  await look('no-such-code', '404 invite_not_found');
  await ask(`GET ${SESSION}/invites`, '200', host);
  await ask(`GET ${SESSION}/invites`, '403 not_allowed', guest);
});

test('HT1 the catalogue, operators, health and the document itself answer as the document says', async () => {
  await ask('GET /v1/decks', '200');
  await ask('GET /v1/decks/{id}', '200', { at: { id: 'nocturne' } });
  await ask('GET /v1/decks/{id}', '404 deck_not_found', { at: { id: 'none' } });
  await ask('GET /v1/layouts', '200');
  await ask('GET /healthz', '200');
  await ask('GET /readyz', '200');
  await ask('GET /openapi.json', '200');
  await ask('GET /docs', '200');

  const { host, session } = await open();
  await ask('GET /v1/admin/stats', '200', ADMIN);
  await ask('GET /metrics', '200', ADMIN);
  await ask('GET /metrics', '401 unauthorized');
  const list = (expected: string, query: Record<string, string>) =>
    ask('GET /v1/admin/sessions', expected, { ...ADMIN, query });
  await list('200', { limit: '1' });
  await list('200', { status: 'expired', after: session.id });
  await list('422 invalid_value', { limit: '1001' });
  await list('422 invalid_value', { status: 'none' });
  await list('404 session_not_found', { after: 'none' });
  const audit = (expected: string, query: Record<string, string>) =>
    ask('GET /v1/admin/audit', expected, { ...ADMIN, query });
  await audit('200', { session: session.id, after: '0', limit: '1' });
  await audit('422 invalid_value', {});
  for (const report of ['billing', 'analytics']) {
    const read = (expected: string, query: Record<string, string> = {}) =>
      ask(`GET /v1/admin/${report}`, expected, { ...ADMIN, query });
    await read('200');
    await read('200', { from: '2026-11-01', to: '2027-01-01T00:00:00+01:00' });
    await read('200', { format: 'csv', zone: 'Europe/Berlin' });
    await read('422 invalid_value', { from: 'yesterday' });
    await read('422 invalid_value', { format: 'xml' });
  }
  const zone = { zone: 'Nowhere/City' };
  await ask('GET /v1/admin/analytics', '422 invalid_value', { ...ADMIN, query: zone });
  const maybe = { dryRun: 'maybe' };
  await ask('POST /v1/admin/cleanup', '422 invalid_value', { ...ADMIN, query: maybe });
  const webhooks = (expected: string, query: Record<string, string>) =>
    ask<{ webhooks: { id: string }[] }>('GET /v1/admin/webhooks', expected, { ...ADMIN, query });
  const { webhooks: waiting } = await webhooks('200', { state: 'waiting', after: '0', limit: '1' });
  await webhooks('422 invalid_value', { state: 'delivered' });
  const replay = (expected: string, id: string) =>
    ask('POST /v1/admin/webhooks/{id}/replay', expected, { ...ADMIN, at: { id } });
  await replay('200', String(waiting[0]?.id));
  await replay('404 not_found', randomUUID());
  const one = { ...ADMIN, at: host.at };
  await ask('POST /v1/admin/sessions/{id}/restore', '409 not_restorable', one);

  const series = (expected: string, query: Record<string, string>) =>
    ask('GET /v1/admin/series', expected, { ...ADMIN, query });
  await series('200', {});
  await series('422 invalid_value', { from: 'yesterday' });
  await ask('GET /v1/admin/sessions/{id}/participants', '200', one);
  await operate('200', host, { kind: 'shuffle' });
  await ask('GET /v1/admin/sessions/{id}/operations', '200', one);
  const extend = { ...one, body: { seconds: 60 } };
  await ask('POST /v1/admin/sessions/{id}/extend', '200', extend);
  await ask('POST /v1/admin/sessions/{id}/extend', '422 invalid_value', {
    ...one,
    body: { seconds: 0 },
  });
  await ask('POST /v1/admin/sessions/{id}/close-invites', '200', one);
  const login = (expected: string, token: string) =>
    ask('POST /v1/admin/login', expected, { body: { token } });
  await login('204', ADMIN_TOKEN);
  await login('401 unauthorized', 'wrong');
  await ask('POST /v1/admin/logout', '204');

  // Something for the sweep: a session past its deadline is listed before it is expired.
  await ask('POST /v1/admin/cleanup', '200', { ...ADMIN, query: { dryRun: 'true' } });
  await ask('POST /v1/admin/cleanup', '200', ADMIN);
  await ask('POST /v1/admin/log-level', '400 malformed', { ...ADMIN, body: { level: 'loud' } });
  await ask('POST /v1/admin/log-level', '200', { ...ADMIN, body: { level: 'info' } });
});

test('TK2 TK5 ER6 HT1 strangers and ended sessions are refused as the document says', async () => {
  const [ended, other] = await Promise.all([open(), open()]);
  await ask('POST /v1/admin/sessions/{id}/expire', '200', { ...ADMIN, at: ended.host.at });
  for (const [route, { security, requestBody, responses }] of contract.operations()) {
    const isAdmin = isOperators(security);
    if (isAdmin) await ask(route, '401 unauthorized', { ...ended.host });
    if (!route.includes(SESSION) || isAdmin || security.length === 0) continue;
    const example = Object.values(requestBody?.content['application/json'].examples ?? {})[0];
    const body = route.endsWith('/restore') ? {} : example && contract.resolve(example).value;
    const key = route.endsWith('/operations') ? randomUUID() : undefined;
    const question = { ...ended.host, body, key };
    await ask(route, '401 unauthorized', { ...question, token: undefined });
    await ask(route, '401 unauthorized', { ...question, token: 'nobody' });
    await ask(route, '403 not_allowed', { ...question, token: other.token });
    await ask(route, '404 session_not_found', { ...question, at: { id: randomUUID() } });
    await ask(route, '404 session_not_found', { ...question, at: { id: 'none' } });
    if (responses['410'] && !route.endsWith('/restore'))
      await ask(route, '410 session_expired', question);
  }
});

test('ER3 ER4 ER5 HT4 HT1 bad requests are refused as the document says', async () => {
  const { host } = await open();
  const create = (expected: string, body: unknown, headers?: Record<string, string>) =>
    ask('POST /v1/sessions', expected, { body, headers });
  for (const [route, { requestBody, security }] of contract.operations()) {
    if (!requestBody) continue;
    const who = { ...(isOperators(security) ? ADMIN : host), at: { ...host.at, code: 'none' } };
    await ask(route, '400 malformed', { ...who, body: '{', key: randomUUID() });
    if (route.endsWith('/leave')) continue;
    const headers = { 'Content-Type': 'text/plain' };
    await ask(route, '415 unsupported_media_type', { ...who, body: '{}', headers });
  }
  await create('422 deck_not_found', { deckId: 'none' });
  await create('422 invalid_value', { deckId: 'classic', name: 'x'.repeat(65) });
  await create('422 policy_out_of_bounds', { deckId: 'classic', policy: { recoveryHours: 1e9 } });
  await create('400 malformed', { deckId: 7 });
  await create('413 too_large', { deckId: 'classic', question: 'x'.repeat(70_000) });
  await create('422 idempotency_key_missing', { deckId: 'classic' }, { 'Idempotency-Key': 'x' });
  const long = { after: '1', padding: 'x'.repeat(9000) };
  await ask('GET /v1/admin/sessions', '414 uri_too_long', { ...ADMIN, query: long });
  const headers = Object.fromEntries([...Array(9).keys()].map((i) => [`X-${i}`, 'x'.repeat(4000)]));
  await ask('GET /healthz', '431 headers_too_large', { headers });
});

test('PH1 HT12 HT13 the socket opens, or is refused, as the document says', async () => {
  const upgrade = async (query: string, extra: Record<string, string> = {}) => {
    const asked = request(`${server.url}/socket/websocket${query}`, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
        ...extra,
      },
    }).end();
    const [answer] = await Promise.race([once(asked, 'upgrade'), once(asked, 'response')]);
    let text = '';
    if (answer.statusCode === 101) answer.socket.destroy();
    else for await (const part of answer) text += part;
    const headers = new Headers(answer.headers);
    const [, code] = contract.check('GET /socket/websocket', answer.statusCode, headers, text);
    return `${answer.statusCode} ${code}`.trim();
  };
  assert.equal(await upgrade('?vsn=2.0.0'), '101');
  assert.equal(await upgrade(''), '403 not_allowed');
  const foreign = { Origin: 'https://elsewhere.example' };
  assert.equal(await upgrade('?vsn=2.0.0', foreign), '403 origin_not_allowed');
  assert.equal(await upgrade('?vsn=2.0.0', { 'Sec-WebSocket-Key': 'x' }), '400 malformed');
});

test('TK8 CF7 HT1 a server with limits refuses as the document says', async () => {
  const limited = await Server.start({ CREATE_SESSIONS: 'admin', MAX_SESSIONS: '1' });
  try {
    const there = new Asker(contract, limited.url);
    const body = { deckId: 'classic' };
    await there.ask('POST /v1/sessions', '403 not_allowed', { body });
    await there.ask('POST /v1/sessions', '201', { ...ADMIN, body });
    await there.ask('POST /v1/sessions', '503 overloaded', { ...ADMIN, body });
  } finally {
    await limited.stop();
  }
});

test('HT13 SC2 who asks too often is answered as the document says', async () => {
  const limited = await Server.start({ RATE_LIMITS: 'on', RATE_LIMIT_REQUESTS: '1' });
  try {
    const there = new Asker(contract, limited.url);
    await there.ask('GET /v1/decks', '200');
    await there.ask('GET /v1/decks', '429 rate_limited');
  } finally {
    await limited.stop();
  }
});

test('HT13 every success and every kind of refusal in the document was seen here', () => {
  const seenCodes = new Set([...contract.seen].map((seen) => seen.split(' ')[3]));
  const codes = new Set<string>();
  for (const [route, { responses }] of contract.operations())
    for (const [status, response] of Object.entries(responses)) {
      if (Number(status) < 400) assert.ok(contract.seen.has(`${route} ${status}`), route);
      const problem = contract.resolve(response).content?.['application/problem+json'];
      for (const code of Object.keys(problem?.examples ?? {})) codes.add(code);
    }
  const unseen = [...codes].filter((code) => !seenCodes.has(code)).sort();
  assert.deepEqual(unseen, NOT_PROVOKED);
});
