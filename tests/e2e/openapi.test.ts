// The contract: the OpenAPI document is sound, whole and served. That real answers keep it is shown
// by openapi_answers.test.ts.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Person } from './support/browser.ts';
import { Contract, type Media, type Response } from './support/openapi.ts';
import { Server } from './support/server.ts';

const ROOT = new URL('../../', import.meta.url);

const contract = new Contract();
let server: Server;

before(async () => {
  server = await Server.start();
});

after(async () => {
  await server?.stop();
});

test('HT13 the document is sound OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(contract.document));
  assert.deepEqual(result.errors ?? [], []);
  assert.match(contract.document.openapi, /^3\.1\./);
});

test('HT13 HT1 the document has every route of the server, and no other', () => {
  const folder = new URL('src/net/', ROOT);
  const routes = ['GET /openapi.json', 'GET /docs']; // files, which the router does not know
  for (const name of readdirSync(folder)) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const found = [...text.matchAll(/\{\s*Method::(\w+),\s*"([^"]+)"/g)];
    const isTable = /^routes_\w+\.cpp$/.test(name);
    assert.equal(found.length > 0, isTable, `${name}: ${found.length} routes`);
    for (const [, method, path] of found)
      routes.push(`${method === 'del' ? 'DELETE' : method.toUpperCase()} ${path}`);
    const socket = /kSocketPath = "([^"]+)"/.exec(text);
    if (socket) routes.push(`GET ${socket[1]}`);
  }
  assert.deepEqual(
    contract
      .operations()
      .map(([route]) => route)
      .sort(),
    routes.sort(),
  );
});

test('HT2 each address allows the methods that the document gives it', async () => {
  const { MethodNotAllowed } = contract.document.components.responses as Record<string, Response>;
  const methodNotAllowed = MethodNotAllowed.content?.['application/problem+json'].schema ?? {};
  for (const [path, item] of Object.entries(contract.document.paths)) {
    if (path.startsWith('/socket/')) continue; // refused before the method is looked at
    const answer = await fetch(server.url + path.replace(/\{\w+\}/g, randomUUID()), {
      method: 'PUT',
    });
    assert.equal(answer.status, 405, path);
    const allowed = new Set(answer.headers.get('allow')?.split(', '));
    for (const everywhere of ['HEAD', 'OPTIONS']) allowed.delete(everywhere);
    const methods = Object.keys(item).map((method) => method.toUpperCase());
    assert.deepEqual(allowed, new Set(methods), path);
    assert.equal(contract.faults(methodNotAllowed, await answer.json()), '', path);
  }
});

test('HT13 every body and every parameter has examples, which keep their schemas', () => {
  const checkMedia = (content: Record<string, Media> | undefined, where: string) => {
    for (const media of Object.values(content ?? {})) {
      const examples = Object.entries(media.examples ?? {});
      assert.ok(examples.length > 0, `${where} has no example`);
      for (const [name, example] of examples) {
        const { value } = contract.resolve(example);
        assert.equal(contract.faults(media.schema, value), '', `${where}: ${name}`);
      }
    }
  };
  for (const [route, operation] of contract.operations()) {
    checkMedia(operation.requestBody?.content, `the body of ${route}`);
    for (const [status, response] of Object.entries(operation.responses)) {
      const { content, headers } = contract.resolve(response);
      checkMedia(content, `${route} ${status}`);
      for (const header of Object.values(headers ?? {}).map((it) => contract.resolve(it)))
        assert.equal(contract.faults(header.schema, header.example), '', `${route} ${status}`);
    }
    for (const parameter of operation.parameters?.map((it) => contract.resolve(it)) ?? [])
      assert.equal(contract.faults(parameter.schema, parameter.example), '', route);
  }
});

test('ER2 ER1 the errors of the document are those of the table, in its words', () => {
  const table = readFileSync(new URL('src/base/error_table.h', ROOT), 'utf8');
  const rows = [...table.matchAll(/X\((\w+), (\d+), \w+, "([^"]*)", "([^"]*)"\)/g)];
  const { schemas, examples } = contract.document.components;
  const codes = rows.map(([, code]) => code);
  assert.deepEqual(schemas.ErrorCode.enum, codes);
  for (const [, code, status, title, detail] of rows) {
    const { value } = examples[`problem_${code}`] as { value: Record<string, unknown> };
    const type = `https://tarotforge.dev/problems/${code.replaceAll('_', '-')}`;
    const told = { type, title, status: Number(status), code, detail };
    assert.deepEqual({ ...value, ...told }, value, code);
  }
});

test('HT13 HT6 the document and its page are served', async () => {
  const answer = await fetch(`${server.url}/openapi.json`);
  assert.equal(await answer.text(), contract.text);
  const etag = answer.headers.get('etag') ?? '';
  const again = await fetch(answer.url, { headers: { 'If-None-Match': etag } });
  assert.equal(again.status, 304);

  // The Content-Security-Policy allows no inline script or style: all is in files beside it.
  const page = await (await fetch(`${server.url}/docs`)).text();
  assert.doesNotMatch(page, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=/);
  const files = [...page.matchAll(/(?:src|href)="(\/docs\.\w+)"/g)].map(([, file]) => file);
  assert.deepEqual(files, ['/docs.css', '/docs.js']);
  for (const file of files) assert.equal((await fetch(server.url + file)).status, 200, file);
});

test('HT13 the page shows every route and every schema', async () => {
  const reader = await Person.arrive();
  try {
    await reader.page.goto(`${server.url}/docs`);
    await reader.page.locator('main h1').waitFor();
    const shown = await reader.page
      .locator('main section')
      .evaluateAll((all) => all.map((it) => it.id));
    const routes = contract.operations().map(([, operation]) => operation.operationId);
    const schemas = Object.keys(contract.document.components.schemas);
    const due = [...routes, ...schemas.map((name) => `schema-${name}`)];
    assert.deepEqual(shown.sort(), due.sort());
    assert.deepEqual(reader.console, [], 'nothing was refused by the Content-Security-Policy');
  } finally {
    await reader.go();
  }
});
