// Reads the TAP report of a test run with the parser of node-tap, which is installed below MODULES.
//
// usage: tap.mjs MODULES REPORT
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [modules, report] = process.argv.slice(2);
const { Parser } = createRequire(join(resolve(modules), 'node_modules/'))('tap-parser');

const text = readFileSync(report, 'utf8');
const parser = new Parser({ strict: true });
const seen = { tests: 0, failed: 0, skipped: 0, todo: 0, extra: [] };
const wrong = [];
const listen = (one, name) => {
  one.on('child', (child) => listen(child, child.name));
  // Failures that are not a test's are mistakes in the form.
  one.on('complete', (results) => wrong.push(...results.failures.filter((failure) => failure.tapError)));
  one.on('extra', (line) => seen.extra.push(line));
  one.on('assert', (result) => {
    // The line of a file that has subtests is told after them.
    if (one === parser) return;
    seen.tests += 1;
    seen.failed += !result.ok && !result.todo;
    seen.skipped += Boolean(result.skip);
    seen.todo += Boolean(result.todo);
    if (!result.ok && !result.todo) {
      assert.equal(typeof result.diag?.message, 'string', `${name}: ${result.name} says why`);
      assert.ok(result.diag.details.startsWith(result.diag.message), `${result.name}: details begin with the message`);
    }
  });
};
listen(parser, report);
parser.end(text);

assert.deepEqual(wrong, []);
assert.deepEqual(seen.extra, []);
const points = [...text.matchAll(/^    (?:not )?ok \d/gm)].length;
assert.equal(seen.tests, points);
assert.ok(seen.failed && seen.skipped && seen.todo, JSON.stringify(seen));
console.log(`${report}: ${seen.tests} tests, ${seen.failed} failed, ${seen.skipped} skipped, ${seen.todo} to be written`);
