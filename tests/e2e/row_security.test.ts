// What the roles of PostgREST may see and do, by connecting as each of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cluster, type Database } from './support/postgres.ts';

const ANN = '00000000-0000-4000-8000-0000000000aa';
const BEN = '00000000-0000-4000-8000-0000000000bb';
const HERS = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const TABLES = ['reading_sessions', 'session_participants', 'session_invites',
                'session_audit_log', 'session_operations', 'idempotency_keys', 'servers',
                'session_holds', 'service_outages', 'server_minutes', 'settings',
                'summed_figures', 'summed_usage', 'webhook_deliveries'];
const SECRETS = {
  reading_sessions: ['shuffled_deck', 'selected_cards', 'restore_key_hash', 'shuffle_nonce',
                     'shuffle_commitments', 'revision'],
  session_participants: ['token_hash', 'anonymous_id'],
};

let cluster: Cluster;
let db: Database;

before(async () => {
  cluster = await Cluster.start();
  db = await cluster.fresh();
  // Ann hosts one session, where Ben and a guest sit; another has only strangers.
  await db.ask(`
    insert into reading_sessions (id, deck_id, shuffled_deck) values
      ('${HERS}', 'classic', '"00"'), ('${OTHER}', 'classic', '""');
    insert into session_participants (session_id, user_id, anonymous_id, role, name) values
      ('${HERS}', '${ANN}', null, 'host', 'Ann'), ('${HERS}', '${BEN}', null, 'participant', 'Ben'),
      ('${HERS}', null, 'guest-secret', 'participant', 'Guest'),
      ('${OTHER}', gen_random_uuid(), null, 'host', 'Stranger');
    update reading_sessions s set host_participant_id = p.id from session_participants p
      where p.session_id = s.id and p.role = 'host';
    insert into session_invites (session_id, code) values
      ('${HERS}', 'code-of-hers'), ('${OTHER}', 'code-of-others');
    insert into settings values ('SESSION_TIMEOUT_HOURS', '1')`);
});
after(async () => {
  await cluster?.stop();
});

// As a request of a signed-in user reaches the database.
const as = (user: string, query: string) =>
  `set request.jwt.claims = '{"sub": "${user}"}'; ${query}`;

async function seen(user: string, query: string): Promise<string[]> {
  const { out } = await db.ask(as(user, query), 'authenticated');
  return out === '' ? [] : out.split('\n');
}

test('SQ20 anon reads and writes no table, and learns only whether a session has expired', async () => {
  for (const table of TABLES) {
    assert.match(await db.refusal(`select * from ${table}`, 'anon'), /permission denied/);
    assert.match(await db.refusal(`delete from ${table}`, 'anon'), /permission denied/);
  }
  const invite = `insert into session_invites (session_id) values ('${HERS}')`;
  assert.match(await db.refusal(invite, 'anon'), /permission denied/);
  const check = await db.ask(`select check_session_expiry('${HERS}')`, 'anon');
  assert.equal(check.out, 'f');
  for (const call of ['cleanup_inactive_sessions()', `judge_session('${HERS}')`,
                      'cleanup_expired_invites()', 'apply_row_security()',
                      `upsert_anonymous_participant('${HERS}', 'eve', 'Eve')`,
                      `log_session_event('${HERS}', 'forged')`,
                      `get_session_billing_data('-infinity', 'infinity')`])
    assert.match(await db.refusal(`select ${call}`, 'anon'), /permission denied/, call);
});

test('SQ21 a signed-in user sees the sessions they sit in, and who sits there', async () => {
  assert.deepEqual(await seen(BEN, 'select id from reading_sessions'), [HERS]);
  const names = 'select name from session_participants order by ordinal';
  assert.match(await db.refusal(as(BEN, names), 'authenticated'), /permission denied/);
  assert.deepEqual(await seen(BEN, 'select name from session_participants order by name'),
                   ['Ann', 'Ben', 'Guest']);
  const nobody = '00000000-0000-4000-8000-0000000000cc';
  for (const query of ['select id from reading_sessions', 'select id from session_participants',
                       'select id from session_invites']) {
    assert.deepEqual(await seen(nobody, query), []);
    assert.equal((await db.ask(query, 'authenticated')).out, '', 'no claims');
    const broken = await db.ask(`set request.jwt.claims = 'nonsense'; ${query}`, 'authenticated');
    assert.equal(broken.out, '');
  }
});

test('SQ21 a removed participant sees the session no more', async () => {
  const own = await cluster.fresh();
  await own.ask(`
    insert into reading_sessions (id, deck_id) values ('${HERS}', 'classic');
    insert into session_participants (session_id, user_id, is_active, leave_reason)
      values ('${HERS}', '${BEN}', false, 'expired')`);
  const look = as(BEN, 'select count(*) from reading_sessions');
  assert.equal((await own.ask(look, 'authenticated')).out, '1');
  await own.ask(`update session_participants set leave_reason = 'kicked'`);
  assert.equal((await own.ask(look, 'authenticated')).out, '0');
});

test('SQ22 deck, cards, hashes and nonces are no signed-in user\'s to read', async () => {
  for (const [table, columns] of Object.entries(SECRETS))
    for (const column of [...columns, '*'])
      assert.match(await db.refusal(as(ANN, `select ${column} from ${table}`), 'authenticated'),
                   /permission denied/, `${table}.${column}`);
  for (const table of TABLES.slice(3))
    assert.match(await db.refusal(as(ANN, `select * from ${table}`), 'authenticated'),
                 /permission denied/, table);
});

test('SQ23 only the host reads a session\'s invites, and nobody makes them in SQL', async () => {
  assert.deepEqual(await seen(ANN, 'select code from session_invites'), ['code-of-hers']);
  assert.deepEqual(await seen(BEN, 'select code from session_invites'), []);
  for (const change of [
    `insert into session_invites (session_id) values ('${HERS}')`,
    `update session_invites set is_active = true`, `delete from session_invites`,
    `update reading_sessions set question = 'mine'`,
    `update session_participants set role = 'host'`,
    `insert into session_participants (session_id, user_id) values ('${OTHER}', '${ANN}')`,
  ])
    assert.match(await db.refusal(as(ANN, change), 'authenticated'), /permission denied/, change);
});

test('SQ24 service_role reads and writes all, and may clean up', async () => {
  const own = await cluster.fresh();
  await own.ask(`insert into reading_sessions (deck_id, created_at, updated_at, last_activity_at)
                 values ('classic', '2020-01-01', '2020-01-01', '2020-01-01')`, 'service_role');
  for (const table of TABLES) await own.ask(`select * from ${table}`, 'service_role');
  const said = await own.ask('select cleanup_inactive_sessions()', 'service_role');
  assert.match(said.notices, /Removed 1 sessions/);
  const made = await own.ask(`
    insert into reading_sessions (deck_id) values ('classic') returning id`, 'service_role');
  await own.ask(`select upsert_anonymous_participant('${made.out}', 'ann', 'Ann')`,
                'service_role');
  const entries = await own.ask('select count(*) from session_audit_log', 'service_role');
  assert.equal(entries.out, '2');
});

test('SQ25 without these roles all is as before, and they can be given their rights later', async () => {
  const without = cluster.database('without_roles');
  const guarded = 'select count(*) from pg_class where relrowsecurity';
  assert.equal((await without.ask(guarded)).out, '0');
  const policies = 'select count(*) from pg_policies';
  assert.equal((await without.ask(policies)).out, '0');
  await without.ask('select cleanup_inactive_sessions()');
  await without.ask('select apply_row_security(); select apply_row_security()');
  assert.equal((await without.ask(guarded)).out, String(TABLES.length));
  const [made, plain] = await Promise.all([without, await cluster.fresh()].map(
    (one) => one.rows('select tablename, policyname from pg_policies order by 1, 2')));
  assert.deepEqual(made, plain);
  assert.match(await without.refusal('select * from settings', 'anon'), /permission denied/);
});

test('SQ20 SQ22 SQ25 what a platform grants to its roles by default is taken back', async () => {
  const own = await cluster.fresh();
  await own.ask(`grant all on all tables in schema public to anon, authenticated;
                 grant execute on all functions in schema public to anon, authenticated;
                 grant all on all sequences in schema public to anon, authenticated;
                 select apply_row_security()`);
  assert.match(await own.refusal('select * from session_invites', 'anon'), /permission denied/);
  assert.match(await own.refusal('select shuffled_deck from reading_sessions', 'authenticated'),
               /permission denied/);
  assert.match(await own.refusal('select cleanup_inactive_sessions()', 'anon'),
               /permission denied/);
  const sequences = await own.rows<{ name: string }>(
    `select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`);
  assert.ok(sequences.length >= 4);
  for (const role of ['anon', 'authenticated'])
    for (const { name } of sequences)
      for (const draw of [`nextval('${name}')`, `setval('${name}', 1)`, `currval('${name}')`])
        assert.match(await own.refusal(`select ${draw}`, role), /permission denied/, name);
  await own.ask(`select nextval('session_changes')`, 'service_role');
});
