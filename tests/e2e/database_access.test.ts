// The way to PostgreSQL: TLS as DATABASE_URL asks for it, and a start that is refused at once where
// waiting mends nothing.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { createSession, until } from './support/api.ts';
import { makeRoot, makeServer } from './support/certificates.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { freePort, runBinary, Server, type Ended } from './support/server.ts';

const run = promisify(execFile);

let folder: string;  // of the certificates
let port: number;
let cluster: Cluster;
let db: Database;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarotforge-certificates-'));
  port = await freePort();
  process.env.PGPORT = String(port);  // psql's, too
  await makeRoot(folder, 'root');
  await makeRoot(folder, 'stranger');
  await makeServer(folder, 'root', 'localhost');
  cluster = await Cluster.start({
    settings: { listen_addresses: 'localhost', port: String(port) },
    prepare: async (data) => {
      for (const file of ['server.crt', 'server.key'])
        await copyFile(join(folder, file), join(data, file));
      await run('chmod', ['600', join(data, 'server.key')]);
      if (process.getuid?.() === 0)
        await run('chown', ['postgres', join(data, 'server.crt'), join(data, 'server.key')]);
      // The socket lets everybody in; the network asks for a password, and outsiders not even that.
      const lines = ['local all all trust', 'host all outsider all reject',
                     'host all all all scram-sha-256', ''];
      await writeFile(join(data, 'pg_hba.conf'), lines.join('\n'));
      // Not on the command line, which would overrule a later change.
      await appendFile(join(data, 'postgresql.conf'), 'ssl = on\n');
    },
  });
  db = await cluster.empty();
  await db.ask(`create role keeper login password 'open sesame';
                create role reader login password 'open sesame';
                create role outsider login;
                grant create on schema public to keeper`);
});
after(async () => {
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Way {
  user?: string;
  password?: string;
  host?: string;
  name?: string;
  parameters?: string;
}

const root = (name: string) => `sslmode=verify-full&sslrootcert=${join(folder, name)}`;

function url({ user = 'keeper', password = 'open sesame', host = 'localhost', name = db.name,
               parameters = root('root.crt') }: Way): string {
  const secret = password ? `:${encodeURIComponent(password)}` : '';
  return `postgresql://${user}${secret}@${host}:${port}/${name}?${parameters}`;
}

const serve = (database: string): Promise<Ended> => runBinary(
  { PATH: process.env.PATH ?? '', DATABASE_URL: database, TAROTFORGE_LISTEN: '127.0.0.1:0' },
  folder, 'serve');

// Refused at once, in one sentence without the password.
async function refused(way: Way, sentence: RegExp): Promise<void> {
  const began = Date.now();
  const ended = await serve(url(way));
  assert.equal(ended.code, 1);
  assert.match(ended.err, sentence);
  assert.ok(!/Trying again|sesame/.test(ended.err + ended.out), ended.err);
  assert.equal(ended.err.trim().split('\n').at(-1)?.startsWith('tarotforge: The '), true);
  assert.ok(Date.now() - began < 4000, 'at once');
}

test('ST40 a server with sslmode=verify-full serves over TLS, by the name of the host', async () => {
  for (const parameters of [root('root.crt'), 'sslmode=require']) {
    const server = await Server.start({ DATABASE_URL: url({ parameters }) });
    try {
      await createSession(server.url);
      const ways = await db.rows<{ ssl: boolean; address: string }>(`
        select distinct ssl, host(client_addr) as address from pg_stat_ssl
        join pg_stat_activity using (pid) where usename = 'keeper'`);
      assert.deepEqual(ways.map(({ ssl }) => ssl), [true]);
    } finally {
      await server.stop();
    }
  }
});

test('ST40 a certificate of another root, or made out to another name, is refused', async () => {
  const unsafe = /is not safe .*certificate.*Check sslmode and sslrootcert in DATABASE_URL/;
  await refused({ parameters: root('stranger.crt') }, unsafe);
  await refused({ parameters: root('missing.crt') }, unsafe);
  await refused({ host: '127.0.0.1' }, unsafe);
  const ways = await db.row(`select count(*) from pg_stat_activity where usename = 'keeper'`);
  assert.deepEqual(ways, { count: 0 });
});

test('ST40 a server without TLS is refused where it is required', async () => {
  const postgres = cluster.database('postgres');
  const turn = async (ssl: string) => {
    await postgres.ask(`alter system set ssl = ${ssl}`);
    await postgres.ask('select pg_reload_conf()');
  };
  await turn('off');
  await refused({ parameters: 'sslmode=require' }, /is not safe .*does not support SSL/);
  await turn('on');
});

test('CF10 a wrong password, parameter, user, database or right ends the start with the next step', async () => {
  await refused({ password: 'wrong sesame' },
                /does not take this password .*failed.*Set the right one in DATABASE_URL/);
  await refused({ password: '' }, /does not take this password .*no password supplied/);
  await refused({ parameters: 'sslmode=odd' },
                /cannot be asked for .*invalid sslmode value: "odd".*Correct that in DATABASE_URL/);
  await refused({ name: 'nowhere' }, /database nowhere .*is not there .*Create it with `createdb`/);
  await refused({ user: 'outsider' }, /does not let this user in .*pg_hba\.conf/);
  await refused({ user: 'reader' },
                /does not let this user make its tables .*permission denied.*Grant it the right/);
  await db.ask(`revoke connect on database ${db.name} from public`);
  await refused({ user: 'reader' }, /does not let this user in .*permission denied for database/);
  await db.ask(`grant connect on database ${db.name} to public`);
});

test('ST41 ST21 a database at its limits is waited for, and a mistake found then ends it', async () => {
  await db.ask('alter role keeper connection limit 0');
  const server = await Server.prepare({ DATABASE_URL: url({}) });
  const running = server.run();
  await until('it waits', async () => /too many connections .*Trying again/.test(server.log));
  await db.ask('alter role keeper connection limit -1');
  await running;
  await server.stop();

  await db.ask('alter role keeper connection limit 0');
  const other = await Server.prepare({ DATABASE_URL: url({}) });
  const ended = other.run().catch(String);
  await until('it waits', async () => /too many connections .*Trying again/.test(other.log));
  await db.ask(`alter role keeper connection limit -1 password 'changed'`);
  assert.match(String(await ended), /does not take this password/);
  await other.stop();
  await db.ask(`alter role keeper password 'open sesame'`);
});

test('ST42 of several hosts the first that answers is used, whatever the others are', async () => {
  const free = await freePort();
  const hosts = [`127.0.0.1:${free}`, `localhost:${free}`, `localhost:${port}`].join();
  const database = `postgresql://keeper:open%20sesame@${hosts}/${db.name}?${root('root.crt')}` +
                   '&target_session_attrs=read-write';
  const server = await Server.start({ DATABASE_URL: database });
  await createSession(server.url);
  await server.stop();
});
