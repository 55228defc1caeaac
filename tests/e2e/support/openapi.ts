// docs/openapi.json as tests hold it: a real answer, or an example, either keeps its schema or the
// test fails. Objects are closed here, so that a field which the document lacks fails too; clients
// must ignore fields that they do not know.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  [keyword: string]: unknown;
}
export interface Media {
  schema: Schema;
  examples: Record<string, Example>;
}
export interface Example {
  value: unknown;
}
export interface Header {
  required?: boolean;
  schema: Schema;
  example: unknown;
}
export interface Parameter extends Header {
  name: string;
  in: 'path' | 'query' | 'header';
}
export interface Response {
  headers?: Record<string, Header>;
  content?: Record<string, Media>;
}
export interface Operation {
  operationId: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Response>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; [kind: string]: Record<string, unknown> };
}

const FILE = new URL('../../../docs/openapi.json', import.meta.url);
// Headers that say something of one answer; others go with every answer.
const TOLD = ['ETag', 'Location', 'Retry-After', 'WWW-Authenticate'];
const SCHEMAS = '#/components/schemas/';

// No object has other properties than the schema says. The parts of an allOf are open: the whole
// is closed.
function closed(schema: Schema, isPart = false): Schema {
  const each = (list?: Schema[], part = false) => list?.map((item) => closed(item, part));
  const out: Schema = { ...schema, anyOf: each(schema.anyOf), oneOf: each(schema.oneOf) };
  out.allOf = each(schema.allOf, true);
  if (schema.items) out.items = closed(schema.items);
  if (schema.properties)
    out.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, closed(property)]),
    );
  if (!isPart && (schema.properties || schema.allOf)) out.unevaluatedProperties = false;
  return out;
}

export class Contract {
  readonly text = readFileSync(FILE, 'utf8');
  readonly document = JSON.parse(this.text) as Document;
  readonly seen = new Set<string>(); // "POST /v1/sessions 201", "POST /v1/sessions 400 malformed"
  private readonly ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor() {
    addFormats.default(this.ajv);
    this.ajv.addVocabulary(['discriminator', 'example']);
    const schemas = this.document.components.schemas;
    const parts = Object.values(schemas).flatMap((schema) => schema.allOf ?? []);
    const open = new Set(parts.map((part) => part.$ref?.slice(SCHEMAS.length)));
    const $defs = Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, closed(schema, open.has(name))]),
    );
    this.ajv.addSchema(this.moved({ $id: 'contract', $defs }));
  }

  // References to the document's schemas become references to the validator's.
  private moved(schema: Schema): Schema {
    return JSON.parse(JSON.stringify(schema).replaceAll(SCHEMAS, 'contract#/$defs/')) as Schema;
  }

  // What is wrong with a value, in words; empty where it keeps the schema.
  faults(schema: Schema, value: unknown): string {
    const key = JSON.stringify(schema);
    const validate = this.compiled.get(key) ?? this.ajv.compile(this.moved(schema));
    this.compiled.set(key, validate);
    return validate(value) ? '' : this.ajv.errorsText(validate.errors);
  }

  resolve<T>(thing: T | { $ref: string }): T {
    if (typeof thing !== 'object' || thing === null || !('$ref' in thing)) return thing as T;
    const path = (thing as { $ref: string }).$ref.slice(2).split('/');
    return path.reduce((at: never, key) => at[key] as never, this.document as never) as T;
  }

  // "POST /v1/sessions", and what the document says of it.
  operations(): [string, Operation][] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    );
  }

  operation(route: string): Operation {
    const found = this.operations().find(([name]) => name === route);
    assert.ok(found, `the document lacks ${route}`);
    return found[1];
  }

  // Checks what a server answered; answers the body and, of a problem, its code.
  check(route: string, status: number, headers: Headers, text: string): [unknown, string] {
    const described = this.operation(route).responses[status];
    const answered = `${route} answered ${status} ${text.slice(0, 2000)}`;
    assert.ok(described, `not in the document: ${answered}`);
    const response = this.resolve(described);
    for (const name of TOLD)
      if (headers.has(name)) assert.ok(response.headers?.[name], `header ${name} of ${answered}`);
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      const { schema } = this.resolve(header);
      const value = headers.get(name);
      const typed = schema.type === 'integer' ? Number(value) : value;
      assert.equal(this.faults(schema, typed), '', `header ${name} of ${answered}`);
    }
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (!response.content) assert.equal(text, '', `a body where there is none: ${answered}`);
    const media = response.content?.[type];
    assert.ok(media || !response.content, `of type ${type}: ${answered}`);
    const body: unknown = type.endsWith('json') ? JSON.parse(text) : text;
    if (media) assert.equal(this.faults(media.schema, body), '', answered);
    const code = status < 400 ? '' : (body as { code: string }).code;
    this.seen.add(`${route} ${status} ${code}`.trim());
    return [body, code];
  }
}

export interface Question {
  at?: Record<string, string>; // what stands for the path's {…}
  query?: Record<string, string>;
  token?: string;
  key?: string;
  body?: unknown; // a string is sent as it is
  headers?: Record<string, string>;
}

// Asks a real server, and holds question and answer against the document.
export class Asker {
  readonly contract: Contract;
  readonly base: string;

  constructor(contract: Contract, base: string) {
    this.contract = contract;
    this.base = base;
  }

  // `expected` is a status, of a refusal with its code: "201", "422 deck_not_found".
  async ask<T>(route: string, expected: string, question: Question = {}): Promise<T> {
    const [method, pattern] = route.split(' ');
    const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => question.at?.[name] ?? '');
    const query = question.query ? `?${new URLSearchParams(question.query)}` : '';
    const headers: Record<string, string> = {};
    if (question.token) headers.Authorization = `Bearer ${question.token}`;
    if (question.key) headers['Idempotency-Key'] = question.key;
    const { body } = question;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const answer = await fetch(this.base + path + query, {
      method,
      headers: { ...headers, ...question.headers },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const [told, code] = this.contract.check(route, answer.status, answer.headers, text);
    assert.equal(`${answer.status} ${code}`.trim(), expected, `${route} ${text}`);
    const asked = this.contract.operation(route).requestBody?.content['application/json'];
    if (answer.ok && asked && body !== undefined)
      assert.equal(this.contract.faults(asked.schema, body), '', `the body of ${route}`);
    return told as T;
  }
}
