// Runs the cases of tests/view under the official framework and compares what they recorded:
// node oracle.mjs PACKAGES [--bless] [FILTER…], PACKAGES being a folder with node_modules.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completed, read, write } from './cases.mjs';
import { load, open } from './program.mjs';

const CASES = fileURLToPath(new URL('../../view', import.meta.url));

/** The framework, from where it is installed. */
export const framework = (packages) => {
  process.env.NODE_ENV = 'production';
  const require = createRequire(join(packages, 'node_modules', 'x.js'));
  const adapter = require('glass-easel-miniprogram-adapter');
  // Its warnings are about the cases' own oddities.
  adapter.glassEasel.addGlobalWarningListener(() => false);
  return { adapter, ge: adapter.glassEasel, TmplGroup: require('glass-easel-template-compiler').TmplGroup };
};

/** What a case shows: each step, the lines of its log, and the tree when it is another one. */
export const play = (parts, { files, steps }) => {
  const lines = [];
  const say = (text) => lines.push(...text.split('\n').map((part) => `| ${part}`.trimEnd()));
  const failed = (error) => {
    say(`! ${error.message}`);
    return false;
  };
  parts.ge.addGlobalErrorListener(failed);
  let before;
  const draw = (page) => {
    const shown = page.tree();
    const isSame = before !== undefined && before === shown.join('\n');
    if (isSame) lines.push('(same)');
    else lines.push(...(shown.length === 0 ? ['(empty)'] : shown));
    before = shown.join('\n');
  };
  try {
    lines.push('▸ start');
    const page = open(load(parts, completed(files), say));
    draw(page);
    for (const step of steps) {
      lines.push(`▸ ${step}`);
      page.do(step);
      draw(page);
    }
  } finally {
    parts.ge.removeGlobalErrorListener(failed);
  }
  return lines.join('\n');
};

const caseFiles = () => readdirSync(CASES, { recursive: true })
  .filter((path) => path.endsWith('.md') && /[\\/]/.test(path))
  .sort()
  .map((path) => join(CASES, path));

const main = () => {
  const [packages, ...rest] = process.argv.slice(2);
  const isBless = rest.includes('--bless');
  const filters = rest.filter((word) => word !== '--bless');
  const parts = framework(packages);
  let count = 0;
  let bad = 0;
  for (const path of caseFiles()) {
    const name = relative(CASES, path);
    if (filters.length > 0 && !filters.some((word) => name.includes(word))) continue;
    const markdown = readFileSync(path, 'utf8');
    const cases = read(markdown);
    for (const one of cases.filter(({ isCase }) => isCase)) {
      count += 1;
      try {
        one.record = play(parts, one);
      } catch (error) {
        bad += 1;
        console.error(`${name}: ${one.title}: ${error.stack}`);
        one.record = one.official ?? '';
        continue;
      }
      if (!isBless && one.record !== one.official) {
        bad += 1;
        console.error(`${name}: ${one.title}: the framework shows\n${one.record}\n`);
      }
    }
    const text = write(cases);
    if (isBless && text !== markdown) writeFileSync(path, text);
  }
  if (count === 0) bad += 1;
  console.log(`tests/view: ${count} cases, ${bad} unlike the official framework`);
  process.exitCode = bad === 0 ? 0 : 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
