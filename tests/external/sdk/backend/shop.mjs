// Runs shop.test.js with `wxsim test` in a copy of the sample application `shop`, and tells each test in one line.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reporter } from '../node/report.mjs';

const { packages, wxsim } = JSON.parse(process.env.WXSIM_SUITE);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const shop = join(mkdtempSync(join(tmpdir(), 'shop-')), 'shop');
cpSync(here('../../../../sample-apps/shop'), shop, { recursive: true });
for (const file of readdirSync(join(shop, 'tests'))) rmSync(join(shop, 'tests', file));
cpSync(here('shop.test.js'), join(shop, 'tests', 'shop.test.js'));
mkdirSync(join(shop, 'backend'));
cpSync(here('server.mjs'), join(shop, 'backend', 'server.mjs'));

const ended = spawnSync(wxsim, ['test', '.', '--json'], {
  cwd: shop,
  encoding: 'utf8',
  env: { ...process.env, PACKAGES: packages },
});
const lines = ended.stdout
  .trim()
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const tests = lines.filter(({ type }) => type === 'test');
const { ok } = reporter('shop');
await ok(
  'wxsim test',
  'story:pages',
  async () => assert.ok(tests.length > 0, ended.stderr + ended.stdout),
  () => `${tests.length} tests`,
);
for (const { titles, outcome, failures } of tests) {
  await ok(titles.join(' '), 'story:pages', async () => assert.equal(outcome, 'passed', JSON.stringify(failures)));
}
