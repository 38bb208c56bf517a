// Runs the assertions of cases.txt with `expect` of jest and with ours, and compares what passes:
// node expect.mjs FOLDER [--write | --messages]. FOLDER has the packages expect and jest-mock; `--write`
// renews the messages in the file, `--messages` prints those that jest words in another way.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const CASES = fileURLToPath(new URL('cases.txt', import.meta.url));
const SCRIPTS = fileURLToPath(new URL('../../../js-prelude/', import.meta.url));
const [, , folder, flag] = process.argv;

const marked = (text, mark) => text.split('\n').map((line) => `${mark} ${line}`.trimEnd()).join('\n');

/** Blocks: code lines `> …`, message lines `| …`, and `~ …` where we differ from jest on purpose. */
const read = (text) => {
  const blocks = text.trimEnd().split('\n\n').filter((block) => block.startsWith('> '));
  return blocks.map((block) => {
    const lines = (mark) => block.split('\n').filter((line) => line[0] === mark).map((line) => line.slice(2)).join('\n');
    return { code: lines('>'), message: lines('|'), reason: lines('~') };
  });
};

/** The scripts of the test context, without the simulator. */
const ours = () => {
  const later = {};
  const host = {
    nearest: () => 'no word is near',
    later: (name, ...args) => later[name](...args),
  };
  const kit = Object.create(null);
  const names = readdirSync(`${SCRIPTS}test`).filter((name) => /^(14|20|22|74|75|76|77)_/.test(name)).sort();
  const load = (path) => vm.runInThisContext(readFileSync(`${SCRIPTS}${path}`, 'utf8'), { filename: path });
  load('00_primordials.js')(host, kit);
  Object.assign(kit, { ELEMENT: Symbol('element'), options: {}, softFailures: [], counted() {}, wait: () => Promise.resolve() });
  for (const name of names) {
    const script = load(`test/${name}`);
    if (name >= '70') later[`wxsim:t${name.slice(0, 2)}`] = script;
    else script(host, kit);
  }
  return kit;
};

const jest = () => {
  const require = createRequire(resolve(folder, 'package.json'));
  const { expect } = require('expect');
  const { fn, spyOn } = require('jest-mock');
  return { expect, fn, spyOn };
};

const run = async (api, code) => {
  const AsyncFunction = (async () => {}).constructor;
  try {
    await new AsyncFunction('expect', 'fn', 'spyOn', code)(api.expect, api.fn, api.spyOn);
    return '';
  } catch (error) {
    return `${error.message}`.replace(/\x1b\[\d+m/g, '') || 'failed';
  }
};

const cases = read(readFileSync(CASES, 'utf8'));
const [mine, theirs] = [ours(), jest()];
const problems = [];
let [kept, reworded] = [0, 0];
for (const each of cases) {
  const { code, reason } = each;
  const message = await run(mine, code);
  const other = await run(theirs, code);
  const both = `  jest: ${other || 'passes'}\n  wxsim: ${message || 'passes'}\n`;
  const isSame = (other === '') === (message === '');
  if (reason !== '') kept += 1;
  if (isSame !== (reason === '')) problems.push(`${code}\n${isSame ? '  jest does the same, against ~\n' : both}`);
  if (flag !== '--write' && message !== each.message) problems.push(`${code}\n  the message of cases.txt is stale\n`);
  each.message = message;
  // Jest names plain classes and shows the code around.
  const plain = other.replace(/\b(Object|Array) ([{[])/g, '$2').replaceAll('jest.fn()', 'fn()').replace(/\n\n +(>? ?)\d+ \|[^]*/, '');
  if (plain.trimEnd() === message) continue;
  reworded += 1;
  if (flag === '--messages') console.log(`${code}\n--- jest\n${other}\n--- wxsim\n${message}\n`);
}
if (flag === '--write') {
  const [head] = readFileSync(CASES, 'utf8').split(/^> /m);
  const blocks = cases.map(({ code, message, reason }) =>
    [marked(code, '>'), message && marked(message, '|'), reason && marked(reason, '~')].filter(Boolean).join('\n'));
  writeFileSync(CASES, `${head}${blocks.join('\n\n')}\n`);
}
for (const problem of problems) console.error(problem);
console.log(`expect: ${cases.length} assertions, ${kept} on purpose not as in jest, ${reworded} worded in another way, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
