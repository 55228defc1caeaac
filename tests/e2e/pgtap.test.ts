// Runs tests/sql, which are written in pgTAP: each line that a file answers is a test.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Cluster } from './support/postgres.ts';

const FOLDER = join(import.meta.dirname, '../sql');
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.sql')).sort();
const RULE = /^[A-Z]{2}\d+ /;

let cluster: Cluster;

before(async () => {
  cluster = await Cluster.start();
});
after(async () => {
  await cluster?.stop();
});

interface Line {
  passed: boolean;
  name: string;
  why: string;
}

function read(output: string): Line[] {
  const lines: Line[] = [];
  for (const text of output.split('\n')) {
    const [, not, name] = /^(not )?ok \d+ - (.*)$/.exec(text) ?? [];
    if (name !== undefined) lines.push({ passed: not === undefined, name, why: '' });
    else if (text.startsWith('#')) lines.at(-1)!.why += `${text}\n`;
  }
  return lines;
}

async function run(file: string): Promise<Line[]> {
  const db = await cluster.fresh();
  await db.ask(`create schema tap; grant usage on schema tap to public;
                create extension pgtap schema tap`);
  const psql = await promisify(execFile)('psql', [...db.args('postgres'), '-f', join(FOLDER, file)],
                                         { maxBuffer: 1 << 26 });
  const lines = read(psql.stdout);
  const plan = /^1\.\.(\d+)$/m.exec(psql.stdout)?.[1];
  assert.equal(lines.length, Number(plan), `${file} answers what it planned:\n${psql.stdout}`);
  assert.equal(psql.stderr, '');
  return lines;
}

for (const file of FILES) {
  test(`${file} of tests/sql`, async (context) => {
    const lines = await run(file);
    assert.ok(lines.length > 0);
    for (const { passed, name, why } of lines)
      await context.test(name, () => {
        assert.match(name, RULE, 'the name begins with the rule that it proves');
        assert.ok(passed, why);
      });
  });
}
