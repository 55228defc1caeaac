// Shows /openapi.json to people: its routes by tag, then its schemas. Reads only what that document
// uses of OpenAPI, and writes text as text, so that nothing in it can become markup.

const api = await (await fetch('/openapi.json')).json();

// --- building blocks

function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== ''));
  return element;
}

// A reference's target, with what stands beside the reference.
function resolve({ $ref, ...rest }) {
  if (!$ref) return rest;
  const target = $ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], api);
  return { ...target, ...rest };
}
const nameOf = (ref) => ref.split('/').at(-1);

// Text in which `code` stands between backticks.
const rich = (text = '') => text.split('`').map((part, i) => (i % 2 ? el('code', {}, part) : part));
const paragraphs = (text) =>
  text ? text.split('\n\n').map((part) => el('p', {}, rich(part))) : [];

const joined = (parts, separator) =>
  parts.flatMap((part, i) => (i ? [separator, part].flat() : part));

// --- schemas

const schemaLink = (name) => el('a', { href: `#schema-${name}` }, name);

function bounds(schema) {
  const said = [];
  const length = schema.minLength || schema.maxLength;
  if (length) said.push(`${schema.minLength ?? 0} to ${schema.maxLength} characters`);
  const low = schema.minimum ?? schema.exclusiveMinimum;
  const high = schema.maximum ?? schema.exclusiveMaximum;
  if (low !== undefined && high !== undefined) {
    said.push(`${low} ${schema.exclusiveMaximum ? 'up to' : 'to'} ${high}`);
  } else if (low !== undefined) {
    said.push(schema.exclusiveMinimum === undefined ? `at least ${low}` : `more than ${low}`);
  }
  if (schema.maxItems) said.push(`at most ${schema.maxItems}`);
  if (schema.default !== undefined) said.push(`default ${JSON.stringify(schema.default)}`);
  return said;
}

const note = (said) => (said.length ? [el('span', { class: 'note' }, `, ${said.join(', ')}`)] : []);
const literals = (values) =>
  joined(
    values.map((value) => el('code', {}, value === null ? 'null' : String(value))),
    ', ',
  );

// One line: what a value may be.
function typeLine(schema) {
  const { $ref, anyOf, oneOf, type, format, items } = schema;
  const options = anyOf ?? oneOf;
  if ($ref) return [schemaLink(nameOf($ref)), ...note(bounds(schema))];
  if (options) return joined(options.map(typeLine), ' or ');
  if ('const' in schema) return literals([schema.const]);
  if (schema.enum) return literals(schema.enum);
  if (type === 'array') return ['list of ', ...typeLine(items), ...note(bounds(schema))];
  const name = [type].flat().join(' or ');
  return [type === 'string' && format ? `${name} (${format})` : name, ...note(bounds(schema))];
}

// The object that a property is, or holds, without a name of its own.
function inner(schema) {
  if (schema.properties && !schema.$ref) return schema;
  return [schema.items, ...(schema.anyOf ?? [])].filter(Boolean).map(inner).find(Boolean);
}

function properties(schema) {
  const rows = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    el('dt', (schema.required ?? []).includes(name) ? {} : { class: 'optional' }, name),
    el(
      'dd',
      {},
      el('span', { class: 'type' }, typeLine(property)),
      ...(property.description ? [el('div', { class: 'note' }, rich(property.description))] : []),
      ...(inner(property) ? [properties(inner(property))] : []),
    ),
  ]);
  return rows.length ? el('dl', { class: 'rows' }, rows.flat()) : '';
}

// The parts of allOf are shown as one: this document uses it for what variants have in common.
function merged(schema) {
  const parts = (schema.allOf ?? []).map(resolve);
  return {
    ...schema,
    properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties),
    required: parts.flatMap((part) => part.required ?? []).concat(schema.required ?? []),
  };
}

function schemaBody(schema) {
  const whole = merged(schema);
  if (Object.keys(whole.properties).length) return properties(whole);
  const inline = (schema.oneOf ?? []).filter((option) => option.properties);
  if (inline.length) return inline.map(properties);
  return el('p', { class: 'type' }, typeLine(schema));
}

function schemaCard([name, schema]) {
  return el(
    'section',
    { class: 'card', id: `schema-${name}` },
    el('h3', {}, name),
    paragraphs(schema.description),
    schemaBody(schema),
  );
}

// --- routes

const folded = (label, ...content) => el('details', {}, el('summary', {}, label), ...content);

function examples(media) {
  const all = Object.entries(media.examples).map(([name, example]) => {
    const { value, summary } = resolve(example);
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    return folded(`Example: ${summary ?? name.replaceAll('_', ' ')}`, el('pre', {}, text));
  });
  return all.length > 3 ? [folded(`${all.length} examples`, ...all)] : all;
}

function parameterRows(parameters) {
  const rows = parameters
    .map(resolve)
    .flatMap((parameter) => [
      el('dt', parameter.required ? {} : { class: 'optional' }, parameter.name),
      el(
        'dd',
        {},
        el('span', { class: 'type' }, typeLine(parameter.schema)),
        el('span', { class: 'note' }, ` in the ${parameter.in}`),
        el('div', { class: 'note' }, rich(parameter.description)),
      ),
    ]);
  return [el('h4', {}, 'Parameters'), el('dl', { class: 'rows' }, rows)];
}

function requestBody(body) {
  const media = body.content['application/json'];
  return [
    el('h4', {}, body.required ? 'Body' : 'Body, optional'),
    el('p', { class: 'type' }, typeLine(media.schema)),
    properties(resolve(media.schema)),
    ...examples(media),
  ];
}

function answer([status, reference]) {
  const response = resolve(reference);
  const [[type, media] = []] = Object.entries(response.content ?? {});
  const isProblem = type === 'application/problem+json';
  const what = isProblem
    ? literals(Object.keys(media.examples))
    : media
      ? typeLine(media.schema)
      : [];
  const headers = Object.keys(response.headers ?? {});
  return [
    el('dt', { class: status < 400 ? 'get' : '' }, status),
    el(
      'dd',
      {},
      el('div', { class: 'type' }, what),
      el(
        'div',
        { class: 'note' },
        rich(response.description),
        headers.length ? ` Headers: ${headers.join(', ')}.` : '',
      ),
      ...(media && !isProblem ? examples(media) : []),
    ),
  ];
}

function answers(responses) {
  const all = Object.entries(responses);
  // What any request may be answered is folded away.
  const general = ['400', '408', '413', '414', '415', '431', '500', '503'];
  const usual = all.filter(([status, response]) => general.includes(status) && response.$ref);
  const own = all.filter((entry) => !usual.includes(entry));
  return [
    el('h4', {}, 'Answers'),
    el('dl', { class: 'rows' }, own.flatMap(answer)),
    folded(
      `As everywhere: ${usual.map(([status]) => status).join(', ')}`,
      el('dl', { class: 'rows' }, usual.flatMap(answer)),
    ),
  ];
}

function access(security) {
  const names = {
    participantToken: 'participant\u2019s token',
    adminToken: 'operator\u2019s token',
    signIn: 'sign-in',
  };
  const ways = (security ?? []).map((way) => names[Object.keys(way)[0]]);
  if (ways.length === 0) return 'no token';
  const known = ways.filter(Boolean).join(' or ');
  return ways.includes(undefined) ? `${known}, optional` : known;
}

const methodBadge = (method) => el('span', { class: `method ${method}` }, method.toUpperCase());

function routeCard({ path, method, operation }) {
  return el(
    'section',
    { class: 'card', id: operation.operationId },
    el('h3', {}, operation.summary),
    el(
      'div',
      { class: 'address' },
      methodBadge(method),
      el('span', { class: 'path' }, path),
      el('span', { class: 'access' }, access(operation.security)),
    ),
    paragraphs(operation.description),
    operation.parameters ? parameterRows(operation.parameters) : [],
    operation.requestBody ? requestBody(operation.requestBody) : [],
    answers(operation.responses),
  );
}

// --- the page

const routes = Object.entries(api.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);
const routesOf = (tag) => routes.filter(({ operation }) => operation.tags.includes(tag.name));
const schemas = Object.entries(api.components.schemas);

function contentsOf(title, items) {
  return el('div', {}, el('h3', {}, title), el('ul', {}, items));
}

document.getElementById('contents').append(
  ...api.tags.map((tag) =>
    contentsOf(
      tag.name,
      routesOf(tag).map(({ path, method, operation }) =>
        el(
          'li',
          { title: `${method.toUpperCase()} ${path}` },
          el('a', { href: `#${operation.operationId}` }, methodBadge(method), operation.summary),
        ),
      ),
    ),
  ),
  contentsOf(
    'Schemas',
    schemas.map(([name]) => el('li', {}, schemaLink(name))),
  ),
);

document
  .getElementById('document')
  .replaceChildren(
    el('h1', {}, `${api.info.title} API`),
    ...paragraphs(api.info.description),
    el(
      'p',
      {},
      'The document itself: ',
      el('a', { href: '/openapi.json' }, 'openapi.json'),
      `, OpenAPI ${api.openapi}.`,
    ),
    ...api.tags.flatMap((tag) => [
      el('h2', {}, tag.name),
      el('p', {}, rich(tag.description)),
      ...routesOf(tag).map(routeCard),
    ]),
    el('h2', {}, 'Schemas'),
    ...schemas.map(schemaCard),
  );

document.getElementById('filter').addEventListener('input', ({ target }) => {
  const wanted = target.value.trim().toLowerCase();
  for (const item of document.querySelectorAll('nav li')) {
    item.hidden = !`${item.title} ${item.textContent}`.toLowerCase().includes(wanted);
  }
  for (const group of document.querySelectorAll('#contents > div')) {
    group.hidden = !group.querySelector('li:not([hidden])');
  }
});

// The address may name what is there only now.
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
