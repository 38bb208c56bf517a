// The page of benches/list in the official framework and in miniprogram-simulate:
// node view.mjs PACKAGES [PEER FORM], PACKAGES being a folder with node_modules. Each peer and form is
// measured in a process of its own; a figure is CPU time in milliseconds, the first time and the median
// of later ones.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { framework } from '../../tests/external/oracle/oracle.mjs';
import { load, open } from '../../tests/external/oracle/program.mjs';

const UPDATES = ['one', 'all', 'unrelated', 'reverse'];
const TIMES = 20;

const file = (name) => readFileSync(fileURLToPath(new URL(`../list/${name}`, import.meta.url)), 'utf8');

/** The page without rows costs what is subtracted from its first rendering. */
const script = (rows) => file('page.js').replace('ROWS = 1000', `ROWS = ${rows}`);

const official = (packages, form) => {
  const parts = framework(packages);
  return (rows) => {
    const program = load(parts, {
      'page.json': '{"usingComponents": {"x-row": "/row/row"}}',
      'page.js': script(rows),
      'page.wxml': file(`${form}.wxml`),
      'row/row.json': '{"component": true}',
      'row/row.js': file('row.js'),
      'row/row.wxml': file('row.wxml'),
    }, () => {});
    return () => {
      const page = open(program);
      return { update: (method) => page.do(`call ${method}`), shown: () => page.tree().join('\n') };
    };
  };
};

const simulate = (packages, form) => {
  const require = createRequire(join(packages, 'node_modules', 'x.js'));
  const { JSDOM } = require('jsdom');
  const { window } = new JSDOM('<body></body>', { pretendToBeVisual: true });
  const names = ['document', 'Event', 'CustomEvent', 'HTMLElement', 'Node', 'Element', 'MutationObserver', 'requestAnimationFrame'];
  globalThis.window = window;
  for (const name of names) globalThis[name] = window[name];
  globalThis.wx ??= {};
  const library = require('miniprogram-simulate');
  const defined = (code, constructor) => {
    let found;
    new Function(constructor, code)((definition) => {
      found = definition;
    });
    return found;
  };
  return (rows) => {
    const row = library.load({ ...defined(file('row.js'), 'Component'), template: file('row.wxml'), tagName: 'x-row' });
    const { data, ...methods } = defined(script(rows), 'Page');
    const page = library.load({ template: file(`${form}.wxml`), usingComponents: { 'x-row': row }, data, methods });
    return () => {
      const component = library.render(page);
      component.attach(window.document.createElement('div'));
      return { update: (method) => component.instance[method](), shown: () => component.dom.textContent };
    };
  };
};

const PEERS = { 'glass-easel': official, 'miniprogram-simulate': simulate };

const cpu = (run) => {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1000, result];
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const measure = (packages, peer, form) => {
  const prepare = PEERS[peer](packages, form);
  const figures = {};
  const note = (name, run) => {
    const times = Array.from({ length: TIMES }, () => cpu(run)[0]);
    figures[name] = [times[0], median(times.slice(1))];
  };
  const [empty, full] = [prepare(0), prepare(1000)];
  empty();
  const page = full();
  if (!page.shown().includes('row 999')) throw new Error(`${peer}: the rows do not show`);
  note('first rendering', full);
  for (const method of UPDATES) note(method, () => page.update(method));
  if (!/row 999 \d/.test(page.shown())) throw new Error(`${peer}: updates do not show`);
  figures['peak MB'] = [process.resourceUsage().maxRSS / 1024];
  return figures;
};

const main = () => {
  const [packages, peer, form] = process.argv.slice(2);
  if (peer) {
    console.log(JSON.stringify(measure(packages, peer, form)));
    return;
  }
  const self = fileURLToPath(import.meta.url);
  for (const [name, kind] of Object.keys(PEERS).flatMap((one) => [[one, 'elements'], [one, 'components']])) {
    const figures = JSON.parse(execFileSync(process.execPath, [self, packages, name, kind], { encoding: 'utf8' }));
    console.log(`${name}, ${kind}`);
    for (const [what, numbers] of Object.entries(figures)) {
      console.log(`  ${what.padEnd(16)} ${numbers.map((ms) => ms.toFixed(2).padStart(9)).join('')}`);
    }
  }
};

if (process.argv[2] === undefined) {
  console.error('usage: node view.mjs PACKAGES');
  process.exit(2);
}
try {
  main();
} catch (error) {
  // Not the whole error: it quotes the line, and a library's line is the library.
  console.error(error.stack.slice(0, 600));
  process.exitCode = 1;
}
