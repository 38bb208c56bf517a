// Verifies what simulated phones sign with OpenSSL (node:crypto): node soter.mjs WXSIM
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { constants, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('app', import.meta.url));
const MEMBERS = ['raw', 'counter', 'tee_n', 'tee_v', 'fp_n', 'fp_v', 'cpu_id', 'uid'];
const folder = mkdtempSync(join(tmpdir(), 'wxsim-soter-'));
const world = join(folder, 'world.json');

/** Signs some times; what scripts got, what the server was told, the public key. */
const run = (flags, steps) => {
  const all = steps.flatMap((step) => ['--do', step]);
  const ended = spawnSync(process.argv[2], ['run', APP, '--answer', 'soter=recognised', '--json', ...flags, ...all], { encoding: 'utf8' });
  assert.equal(ended.status, 0, ended.stderr + ended.stdout.slice(-2000));
  const entries = ended.stdout.trim().split('\n').map((line) => JSON.parse(line));
  const server = entries.filter(({ type }) => type === 'server').map(({ result }) => result);
  return {
    signed: entries.filter(({ type, level }) => type === 'console' && level === 'log').map(({ text }) => JSON.parse(text)),
    key: server.find(({ public_key }) => public_key)?.public_key,
    told: server.filter((result) => 'is_ok' in result).map(({ is_ok }) => is_ok),
  };
};

let verified = 0;
const holds = (key, { resultJSON, resultJSONSignature }) => {
  const padded = { key: createPublicKey(key), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 };
  return verify('sha256', Buffer.from(resultJSON, 'utf8'), padded, Buffer.from(resultJSONSignature, 'base64'));
};

const check = (key, result, counter, android) => {
  assert.ok(holds(key, result));
  assert.ok(!holds(key, { ...result, resultJSON: `${result.resultJSON} ` }));
  const json = JSON.parse(result.resultJSON);
  const members = android ? ['raw', 'fid', ...MEMBERS.slice(1)] : MEMBERS;
  assert.deepEqual(Object.keys(json), members);
  assert.equal(result.resultJSON, JSON.stringify(json), 'compact, slashes as they are');
  assert.deepEqual([json.raw, json.counter], ['order/1 "é茶"', counter]);
  const { modulusLength, publicExponent } = createPublicKey(key).asymmetricKeyDetails;
  assert.deepEqual([modulusLength, publicExponent], [2048, 65537n]);
  verified += 1;
};

const other = 'server soter {"user":"jun"}';
const changed = 'server soter {"json_string":"{}"}';
const first = run(['--save-world', world], ['gesture sign', 'gesture sign', 'server soter', other, changed, 'server soterKey']);
first.signed.forEach((result, at) => check(first.key, result, at + 1, false));
assert.deepEqual(first.told, [true, false, false], 'of this user and this text only');

// Another run goes on with the key and the counter.
const second = run(['--world', world], ['gesture sign', 'server soterKey']);
assert.equal(second.key, first.key);
check(first.key, second.signed[0], 3, false);

// Another phone, another key, an own counter; both users' results verify under their own names.
const android = run(['--user', 'jun'], ['gesture sign', 'server soter', 'server soterKey']);
assert.notEqual(android.key, first.key);
check(android.key, android.signed[0], 1, true);
assert.ok(!holds(first.key, android.signed[0]));

const seeds = ['1', '7', '123456789'].map((seed) => run(['--seed', seed], ['gesture sign', 'server soterKey']));
for (const { signed, key } of seeds) check(key, signed[0], 1, false);
assert.equal(new Set(seeds.map(({ key }) => key)).size, 3);

rmSync(folder, { recursive: true });
console.log(`tests/external/soter: ${verified} signatures verified with OpenSSL`);
