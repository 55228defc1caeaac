// The second step of adopting a database of the first implementation, and servers before and after.
import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { call, until, type Session } from './support/api.ts';
import { firstImplementation, migrate, migrateKilled } from './support/first_implementation.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

interface Problem {
  code: string;
  detail: string;
}
interface Joined {
  session: Session & { question: string; hostParticipantId: string; shuffleCommitment: string | null };
  participant: { id: string };
  token: string;
}

let cluster: Cluster;
let begun: Database;  // after the first step

before(async () => {
  cluster = await Cluster.start();
  begun = await firstImplementation(cluster);
  const { code, err } = await migrate(begun, 'adopt');
  assert.equal(code, 0, err);
});
after(async () => {
  await cluster?.stop();
});

const serve = (db: Database, settings = {}) =>
  Server.start({ DATABASE_URL: db.url, PRESENCE_UPDATE_SECONDS: '1', ...settings });

const SECRET = 'a secret of at least thirty-two bytes';

// As the identity provider of a platform signs it.
function tokenOf(user: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: user, exp: Date.now() })}`;
  return `${said}.${createHmac('sha256', SECRET).update(said).digest('base64url')}`;
}

// A room in use, with cards on its table, and its link.
const room = (db: Database) => db.row<{ id: string; invite: string; host: string }>(`
  select session.id, invite.id as invite, host_user_id as host from reading_sessions as session
  join session_invites as invite on session_id = session.id
  where session.is_active and jsonb_array_length(selected_cards) = 2 and host_user_id is not null
    and session.updated_at > now() - interval '30 minutes' and expires_at is null
    and max_clicks is null limit 1`);

test('MG12 between the steps a server shows rooms, and refuses to write', async () => {
  const db = await cluster.copy(begun);
  assert.match((await migrate(db, 'verify')).out, /^Adopting is not finished\. Run .*--finish`\.$/m);
  const { id, invite } = await room(db);
  const before = await db.row(`
    select (select count(*) from reading_sessions where is_active) as open,
           (select count(*) from session_audit_log) as entries`);
  const server = await serve(db, { CLEANUP_INTERVAL_MINUTES: '0.01' });
  try {
    assert.match(server.log, /Nothing can be saved here until .*migrate adopt --finish/);
    const preview = await call(server.url, 'GET', `/v1/invites/${invite}`);
    assert.equal(preview.status, 200, JSON.stringify(preview.body));
    for (const [method, path, body] of [
      ['POST', '/v1/sessions', { deckId: 'classic', layout: 'freestyle', name: 'Ann' }],
      ['POST', `/v1/invites/${invite}/join`, { name: 'Ann' }],
    ] as const) {
      const refused = await call<Problem>(server.url, method, path, { body, key: randomUUID() });
      assert.equal(refused.status, 503);
      assert.equal(refused.body.code, 'saving_paused');
      assert.match(refused.body.detail, /Try again later; its operator ends the move with `tarotforge/);
    }
    const stats = await call<{ activeSessions: number }>(server.url, 'GET', '/v1/admin/stats',
                                                         { token: ADMIN_TOKEN });
    assert.ok(stats.body.activeSessions > 1000);
    const { ended } = await db.row<{ ended: string }>(`
      select id as ended from reading_sessions where not is_active limit 1`);
    const restored = await server.command('restore', ended);
    assert.match(restored.err, /--finish/);
    assert.match((await server.command('cleanup')).out, /^expired 0, purged 0/);
    await until('a cleanup has run', async () => server.log.includes('Cleanup completed'));

    await db.ask(`update reading_sessions set is_active = false where id = '${id}'`, 'anon');
    await until('what the application changed is seen', async () =>
      (await call(server.url, 'GET', `/v1/invites/${invite}`)).status === 410);
    await db.ask(`update reading_sessions set is_active = true where id = '${id}'`);
    assert.deepEqual(await db.row(`
      select (select count(*) from reading_sessions where is_active) as open,
             (select count(*) from session_audit_log) as entries`), before);
    assert.deepEqual(await db.rows('select * from servers'), []);
  } finally {
    await server.stop();
  }
});

test('MG13 MG15 the second step shuts the first implementation out, and verify finds all well',
     async () => {
  const db = await cluster.copy(begun);
  await db.ask('create role analyst; grant select on reading_sessions to analyst');
  const done = await migrate(db, 'adopt', '--finish');
  assert.equal(done.code, 0, done.err);
  for (const line of [
    /^Dropping the policy "Anyone reads sessions" of reading_sessions \(select for public\)\.$/m,
    /^Taking the view active_rooms from anon, /m,
    /^Switching off the trigger touch_session of reading_sessions, /m,
    /^Dropping the constraint session_audit_log_event_type_check of session_audit_log, /m,
    /^The column room_title of reading_sessions may be left out, /m,
    /^The column zoom_level of reading_sessions becomes real; it was double precision\.$/m,
    /^Look through the function use_invite\(uuid\): /m,
    /^The role analyst keeps its rights on reading_sessions; /m,
  ]) assert.match(done.out, line);
  const verified = await migrate(db, 'verify');
  assert.equal(verified.code, 0, verified.out);
  assert.match((await migrate(db, 'adopt', '--finish')).err, /No adopting of .* is under way/);

  for (const role of ['anon', 'authenticated']) {
    for (const query of ['select shuffled_deck from reading_sessions', 'select * from active_rooms',
                         'select selected_cards from reading_sessions',
                         'select token_hash from session_participants',
                         'select * from session_audit_log', 'select cleanup_inactive_sessions()',
                         `insert into reading_sessions (deck_id) values ('classic')`,
                         'update session_participants set is_active = false'])
      assert.match(await db.refusal(query, role), /permission denied/, `${role}: ${query}`);
    await db.ask('select check_session_expiry(gen_random_uuid())', role);
  }
  const plain = await cluster.fresh();
  const rights = `select relname, (select array_agg(entry::text order by entry::text)
      from unnest(relacl) as entry where entry::text !~ 'analyst') as rights from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'decks'
      and relname <> 'schema_migrations' order by 1`;
  assert.deepEqual(await db.rows(rights), await plain.rows(rights));
  const calls = `select proname, proacl::text, prosecdef from pg_proc join pg_namespace as home
      on home.oid = pronamespace where nspname = 'public' and proname in (
        select proname from pg_proc where proconfig::text ~ 'search_path') order by 1`;
  const others = new Set(['use_invite', 'touch_row']);
  assert.deepEqual((await db.rows<{ proname: string }>(calls)).filter((f) => !others.has(f.proname)),
                   await plain.rows(calls));
});

test('MG8 MG15 the second step, killed at any of its lines, does all or nothing', async () => {
  const db = await cluster.copy(begun);
  // However late it is killed, its last statement is not done.
  await db.ask(`
    create function stay() returns trigger language plpgsql as
      $$ begin raise exception 'not yet'; end $$;
    create trigger stay before delete on settings execute function stay()`);
  for (const lines of [1, 6, 12, 18]) {
    await migrateKilled(db, lines, 'adopt', '--finish');
    const { left } = await db.row<{ left: number }>(`
      select count(*)::int as left from pg_policies where policyname ~ 'Anyone'`);
    assert.ok(left === 6 || left === 0, `${left} policies are left`);
  }
  assert.match((await migrate(db, 'adopt', '--finish')).err, /not yet .*run the same again/s);
  await db.ask('drop function stay() cascade');
  const done = await migrate(db, 'adopt', '--finish');
  assert.equal(done.code, 0, done.err);
  assert.equal((await migrate(db, 'verify')).code, 0);
  const unshuffled = 'select id from reading_sessions where is_active and shuffled_deck is null';
  assert.ok((await db.rows(unshuffled)).length <= 1, 'but that which cannot be shown');
});

test('MG14 who is in a session twice leaves it once, and what was changed is recorded', async () => {
  const db = await firstImplementation(cluster);
  await db.ask(`
    alter table session_participants drop constraint session_participants_session_id_anonymous_id_key;
    insert into session_participants (session_id, anonymous_id, name, last_seen_at)
      select session_id, anonymous_id, 'Again', now() from session_participants
      where anonymous_id = 'guest 1 2'`);
  assert.equal((await migrate(db, 'adopt')).code, 0);
  const people = await db.rows<{ id: string; anonymous_id: string }>(
    'select id, anonymous_id from session_participants');
  const done = await migrate(db, 'adopt', '--finish');
  assert.match(done.out, /^Participants who are in a session twice under one user, and leave it once: 100\.$/m);
  assert.match(done.out, /twice under one guest's id, and leave it once: 1\.$/m);
  const changed = await db.rows<{ id: string; anonymous_id: string; change: string; now: string }>(`
    select participant_id as id, entry.anonymous_id, event_data ->> 'change' as change,
           person.leave_reason as now
    from session_audit_log as entry join session_participants as person on person.id = participant_id
    where event_type = 'adopted'`);
  assert.equal(changed.filter(({ change }) => change === 'is_no_guest').length, 30);
  const left = changed.filter(({ change }) => change === 'left_a_duplicate');
  assert.equal(left.length, 101);
  assert.ok(left.every(({ now }) => now === 'replaced'));
  const kept = new Map(changed.map(({ id, anonymous_id }) => [id, anonymous_id]));
  const now = await db.rows<{ id: string; anonymous_id: string }>(
    'select id, anonymous_id from session_participants');
  const after = new Map(now.map(({ id, anonymous_id }) => [id, anonymous_id]));
  for (const { id, anonymous_id } of people)
    assert.equal(kept.get(id) ?? after.get(id), anonymous_id);
  const { name } = await db.row<{ name: string }>(`
    select name from session_participants where anonymous_id = 'guest 1 2'`);
  assert.equal(name, 'Again', 'whoever was seen last stays');
  const open = await db.row<{ sessions: number; entries: number }>(`
    select (select count(*)::int from reading_sessions where is_active) as sessions,
           (select count(*)::int from session_audit_log
            where event_type = 'adopted' and participant_id is null) as entries`);
  assert.equal(open.entries, open.sessions);
});

test('MG16 MG17 HO6 adopted rooms are joined by their old links, played and expired', async () => {
  const db = await cluster.copy(begun);
  const finished = await migrate(db, 'adopt', '--finish');
  assert.match(finished.out, /^The session .* cannot be shown, and stays as it is: .*\(Fehu\)/m);
  const { id, invite, host: user } = await room(db);
  const server = await serve(db, { AUTH_JWT_SECRET: SECRET });
  try {
    const signed = await call<Joined>(server.url, 'POST', `/v1/invites/${invite}/join`,
                                      { body: { name: 'Me' }, token: tokenOf(user) });
    assert.equal(signed.status, 201, JSON.stringify(signed.body));
    assert.equal(signed.body.participant.id, signed.body.session.hostParticipantId,
                 'whoever signs in as its host is');
    const post = <T>(path: string, body: object, token?: string) =>
      call<T>(server.url, 'POST', path, { body, key: randomUUID(), ...(token ? { token } : {}) });
    const joined = await post<Joined>(`/v1/invites/${invite}/join`, { name: 'Zoe' });
    assert.equal(joined.status, 201, JSON.stringify(joined.body));
    const { session, token } = joined.body;
    assert.equal(session.id, id);
    assert.match(session.question, /^What of \d+\?$/);
    const cards = session.cards as (Session['cards'][number] & { isReversed: boolean })[];
    assert.deepEqual(
      cards.map(({ index, position, cardId, isReversed, x, y }) =>
        ({ index, position, cardId, isReversed, x, y })),
      [{ index: 0, position: 'past', cardId: 'the-fool', isReversed: true, x: 0.25, y: 0.5 },
       { index: 1, position: 'present', cardId: 'the-magician', isReversed: false, x: 0.5, y: 0.5 }]);
    const drawn = await post(`/v1/sessions/${id}/operations`, { kind: 'draw', position: 'future' },
                             token);
    assert.equal(drawn.status, 200, JSON.stringify(drawn.body));
    const { order } = await db.row<{ order: string }>(`
      select shuffled_deck as order from reading_sessions where id = '${id}'`);
    assert.equal(order.length, 2 * 75);
    const theMoon = 18;
    assert.equal(parseInt(order.slice(0, 2), 16) & 0x7f, theMoon,
                 'the star was drawn from the top of its deck');

    // A deck that nobody had shuffled is none in the order of the box.
    const { code } = await db.row<{ code: string }>(`
      select code from session_invites as invite join reading_sessions as session
        on session.id = session_id and invite.is_active and session.is_active
      where jsonb_array_length(selected_cards) = 0 and shuffle_commitments is not null
        and session.updated_at > now() - interval '30 minutes' and expires_at is null
        and max_clicks is null limit 1`);
    const fresh = await post<Joined>(`/v1/invites/${code}/join`, { name: 'Zoe' });
    assert.equal(fresh.status, 201);
    assert.match(fresh.body.session.shuffleCommitment ?? '', /^[0-9a-f]{64}$/);

    // Nobody hosts a session whose host never sat down.
    await db.ask(`update reading_sessions set host_participant_id = null, revision = revision + 1
                  where id = '${id}'`);
    const host = await until('the role is taken', async () => {
      const taken = await post<Joined>(`/v1/sessions/${id}/host`, { action: 'take_over' }, token);
      return taken.status === 200 && taken.body.session.hostParticipantId;
    });
    assert.equal(host, joined.body.participant.id);

    const overdue = `select count(*)::int as n from reading_sessions where is_active
      and greatest(updated_at, last_activity_at) < now() - interval '70 minutes' and deck_id = 'classic'
      and not exists (select 1 from session_participants where session_id = reading_sessions.id
                        and last_seen_at > now() - interval '70 minutes')`;
    await until('idle rooms expire', async () =>
      (await db.row<{ n: number }>(overdue)).n === 0, 60_000);
    const { n } = await db.row<{ n: number }>(`
      select count(*)::int as n from session_audit_log where event_type = 'expired'`);
    assert.ok(n > 1000);
    assert.equal((await server.command('doctor')).code, 0);
  } finally {
    await server.stop();
  }
});
