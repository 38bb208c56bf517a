// Makes random cases, the same ones each time: node generate.mjs. They have no records; oracle.mjs
// with --bless adds them.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../view/generated', import.meta.url));
const SEED = 20260705;
const FILES = 24;
const CASES = 10;

/** Numbers of [0, 1) from a seed (mulberry32). */
const numbers = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** One case: a page with some components, and changes of its data. */
class Maker {
  constructor(seed) {
    this.next = numbers(seed);
    this.left = 0;
    this.ids = 0;
  }

  below(count) {
    return Math.floor(this.next() * count);
  }

  chance(share) {
    return this.next() < share;
  }

  one(of) {
    return of[this.below(of.length)];
  }

  times(count, make) {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  shuffled(items) {
    for (let at = items.length - 1; at > 0; at -= 1) {
      const to = this.below(at + 1);
      [items[at], items[to]] = [items[to], items[at]];
    }
    return items;
  }

  // Expressions over the names that are known in a place.
  expression(names, depth = 0) {
    const name = () => this.one(names);
    const inner = () => this.expression(names, depth + 1);
    if (depth > 1 || this.chance(0.5)) return this.one([name(), name(), name(), String(this.below(4)), `'${this.one(['x', 'y'])}'`]);
    return this.one([
      () => `${inner()} + ${inner()}`,
      () => `(${inner()}) * 2`,
      () => `${name()} > ${this.below(3)} ? ${inner()} : ${inner()}`,
      () => `${name()} && ${inner()}`,
      () => `${name()} || ${inner()}`,
      () => `!${name()}`,
      () => `${name()} === ${inner()}`,
      () => `${inner()} ${this.one(['-', '%', '<=', '!='])} ${inner()}`,
      () => `o.${this.one(['k', 'l', 'k.m'])}`,
    ])();
  }

  attributes(names) {
    const all = [
      () => `class="${this.one(['a', 'b'])} {{${this.expression(names)}}}"`,
      () => `data-v="{{${this.expression(names)}}}"`,
      () => `hidden="{{${this.expression(names)}}}"`,
      () => `title="t{{${this.expression(names)}}}"`,
    ];
    return this.chance(0.4) ? ` ${this.one(all)()}` : '';
  }

  nodes(place, depth) {
    return this.times(1 + this.below(depth === 0 ? 3 : 2), () => this.node(place, depth)).join('');
  }

  node(place, depth) {
    const { names, components, slots } = place;
    this.left -= 1;
    const text = () => `{{${this.expression(names)}}}`;
    if (depth > 3 || this.left < 0) return `<text>${text()}</text>`;
    const inside = (more = []) => this.nodes({ ...place, names: [...more, ...names] }, depth + 1);
    const kinds = [
      () => `<view${this.attributes(names)}>${inside()}</view>`,
      () => `<text${this.attributes(names)}>${text()}</text>`,
      () => this.condition(names, inside),
      () => this.condition(names, inside),
      () => this.list(place, inside),
      () => this.list(place, inside),
      () => `<block>${inside()}</block>`,
      () => `<template is="{{${this.one(names)} ? 't' : 'u'}}" data="{{x: ${this.expression(names)}${this.chance(0.3) ? ', ...o' : ''}}}" />`,
    ];
    for (const component of components) kinds.push(() => this.use(component, place, inside), () => this.use(component, place, inside));
    for (const slot of slots) kinds.push(() => slot, () => slot);
    return this.one(kinds)();
  }

  condition(names, inside) {
    const test = () => `{{${this.expression(names)}}}`;
    const parts = [`<block wx:if="${test()}">${inside()}</block>`];
    if (this.chance(0.3)) parts.push(`<view wx:elif="${test()}">${inside()}</view>`);
    if (this.chance(0.5)) parts.push(`<view wx:else>${inside()}</view>`);
    return parts.join('');
  }

  list({ names, lists }, inside) {
    const tag = this.one(['view', 'block']);
    if (lists.length > 0 && this.chance(0.7)) {
      const list = this.one(lists);
      const key = this.one([' wx:key="id"', ' wx:key="id"', '']);
      return `<${tag} wx:for="{{${list}}}" wx:for-item="r" wx:for-index="i"${key}>${inside(['r.v', 'r.id', 'i'])}</${tag}>`;
    }
    const list = this.one(['names', 'names', '2', `[1, ${this.expression(names)}]`]);
    const key = list.startsWith('[') ? '' : ' wx:key="*this"';
    return `<${tag} wx:for="{{${list}}}"${key}>${inside(['item', 'index'])}</${tag}>`;
  }

  use({ tag, slots }, { names }, inside) {
    const given = this.chance(0.8) ? ` p="{{${this.expression(names)}}}"` : ' p="3"';
    const other = this.chance(0.4) ? ` q="{{${this.expression(names)}}}"` : '';
    const content = this.chance(0.7) ? this.content(slots, inside) : '';
    return `<${tag}${given}${other}>${content}</${tag}>`;
  }

  content(slots, inside) {
    if (slots !== 'many') return inside();
    return ['a', 'b'].map((name) => (this.chance(0.6) ? `<view slot="${name}">${inside()}</view>` : inside())).join('');
  }

  component(at, components) {
    const tag = `c${at}`;
    const slots = this.one(['one', 'one', 'many', 'none']);
    const places = { one: ['<slot />'], many: ['<slot name="a" />', '<slot name="b" />', '<slot />'], none: [] }[slots];
    this.left = 5;
    let template = this.nodes({ names: ['p', 'q', 'd'], components, slots: places, lists: [] }, 1);
    for (const place of places) if (!template.includes(place)) template += place;
    // A slot stands in a template once, or in one place after the other.
    for (const place of places) template = once(template, place);
    const type = this.one(['Number', 'String', 'null', 'Boolean', 'Object']);
    const observers = this.chance(0.5) ? `, observers: { ${this.one(["'p, q'", "'p'", "'**'"])}() { tell('observer', this) } }` : '';
    const set = this.chance(0.3) ? ' this.setData({ d: 1 });' : '';
    const script = `const tell = (what, self, ...more) => console.log('${tag}', what, self.data.p, self.data.q, ...more);
Component({ options: { multipleSlots: ${slots === 'many'} }, properties: { p: { type: ${type}, observer(to, from) { tell('p', this, from) } }, q: String }, data: { d: 0, names: ['n1', 'n2'], o: { k: 'ok' } }${observers}, lifetimes: {
  created() { tell('created', this) }, attached() { tell('attached', this);${set} }, ready() { tell('ready', this) }, moved() { tell('moved', this) }, detached() { tell('detached', this) } } });`;
    return { tag, slots, files: [[`${tag}.wxml`, TEMPLATES + template], [`${tag}.js`, script]] };
  }

  // Values of the page's data.
  scalar() {
    return this.one([0, 1, 2, 'x', 'y', '', true, false, null, 1.5]);
  }

  row() {
    this.ids += 1;
    return { id: this.ids, v: this.scalar() };
  }

  rows(before = []) {
    const kept = this.shuffled(before.filter(() => this.chance(0.7)));
    const fresh = this.times(this.below(3), () => this.row());
    return this.chance(0.5) ? [...kept, ...fresh].slice(0, 4) : [...fresh, ...kept].slice(0, 4);
  }

  words() {
    return this.shuffled(['k', 'l', 'm', 'n'].filter(() => this.chance(0.5)));
  }

  step(data) {
    const changes = {};
    for (let count = 1 + this.below(2); count > 0; count -= 1) {
      const kind = this.below(6);
      if (kind < 2) changes[this.one(['a', 'b', 'n'])] = this.scalar();
      else if (kind === 2) changes['o.k'] = this.one([this.scalar(), { m: this.scalar() }]);
      else if (kind === 3) changes.names = this.words();
      else if (kind === 4 && data.list.length > 0) changes[`list[${this.below(data.list.length)}].v`] = this.scalar();
      else changes.list = data.list = this.rows(data.list);
    }
    // Paths go with the list that they were made for.
    if (changes.list !== undefined) for (const key of Object.keys(changes)) if (key.startsWith('list[')) delete changes[key];
    return `setData ${JSON.stringify(changes)}`;
  }

  program() {
    const components = [];
    for (let at = 0; at < 1 + this.below(3); at += 1) components.push(this.component(at, components.slice()));
    this.left = 9;
    const page = { names: ['a', 'b', 'n', 'o.k'], components, slots: [], lists: ['list'] };
    const template = TEMPLATES + this.nodes(page, 0);
    const data = { a: this.scalar(), b: this.scalar(), n: this.below(3), o: { k: this.scalar(), l: 'l' }, names: this.words(), list: this.rows() };
    const start = JSON.stringify(data);
    const steps = this.times(3 + this.below(2), () => this.step(data));
    const used = components.filter(({ tag }) => isUsed(tag, template, components));
    const files = [['page.wxml', template], ['page.js', `Component({ data: ${start} });`], ...used.flatMap((one) => one.files)];
    return { files, steps };
  }
}

const TEMPLATES = '<template name="t"><view>t{{x}}{{k}}</view></template><template name="u"><text>u{{x}}</text></template>\n';

/** Whether a template needs a component, itself or by another one. */
const isUsed = (tag, template, components) =>
  template.includes(`<${tag} `)
  || components.some((one) => one.tag !== tag && one.files[0][1].includes(`<${tag} `) && isUsed(one.tag, template, components));

/** The text with all but the first of some equal parts taken out. */
const once = (text, part) => {
  const [first, ...others] = text.split(part);
  return others.length === 0 ? first : `${first}${part}${others.join('')}`;
};

const section = (title, { files, steps }) => [
  `## ${title}`, '',
  ...files.flatMap(([path, text]) => [`\`\`\`${path.split('.').at(-1)} ${path}`, text, '```', '']),
  '```steps', ...steps, '```', '',
].join('\n');

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (let file = 0; file < FILES; file += 1) {
  const cases = Array.from({ length: CASES }, (_, at) => {
    const number = file * CASES + at + 1;
    return section(`Case ${number}`, new Maker(SEED + number * 7919).program());
  });
  const name = String(file + 1).padStart(2, '0');
  const head = `# Random programs ${name}\n\nMade by tests/external/oracle/generate.mjs.\n\n`;
  writeFileSync(`${FOLDER}/${name}.md`, `${head}${cases.join('\n').trimEnd()}\n`);
}
