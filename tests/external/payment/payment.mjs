// Verifies what the simulator signs for payments with OpenSSL (node:crypto), and pays with what OpenSSL signed:
// node payment.mjs WXSIM
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createHmac, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const APP_ID = 'wx1234567890abcdef';
const KEY = '0123456789abcdef0123456789abcdef';
const folder = mkdtempSync(join(tmpdir(), 'wxsim-payment-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A copy of the program whose merchant is described like that. */
const project = (name, merchant) => {
  const copy = join(folder, name);
  cpSync(fileURLToPath(new URL('app', import.meta.url)), copy, { recursive: true });
  writeFileSync(join(copy, 'wxsim.toml'), `[[merchants]]\nid = "1"\nkey = "${KEY}"\n${merchant}`);
  return copy;
};

/** Runs steps; the trace entries, among which no key is. */
const run = (app, steps, kind = 'RSA', flags = []) => {
  const options = ['--json', '--answer', 'pay=pay', '--route', `POST https://api.example/pay = 200 {"$pay": {"total": 1, "signType": "${kind}"}}`];
  const all = steps.flatMap((step) => ['--do', step]);
  const ended = spawnSync(process.argv[2], ['run', app, ...options, ...flags, ...all], { encoding: 'utf8' });
  assert.equal(ended.status, 0, ended.stderr + ended.stdout.slice(-2000));
  assert.ok(!ended.stdout.includes(KEY) && !ended.stdout.includes('PRIVATE KEY'), 'a key is in the trace');
  return ended.stdout.trim().split('\n').map((line) => JSON.parse(line));
};
const said = (entries) => entries.filter(({ type, level }) => type === 'console' && level === 'log').map(({ text }) => JSON.parse(text));
const served = (entries, action) => entries.filter((entry) => entry.type === 'server' && entry.action.split(' ')[0] === action).map(({ result }) => result);

const lines = ({ timeStamp, nonceStr, package: prepaid }) => `${APP_ID}\n${timeStamp}\n${nonceStr}\n${prepaid}\n`;
const fields = ({ timeStamp, nonceStr, package: prepaid, signType }) =>
  `appId=${APP_ID}&nonceStr=${nonceStr}&package=${prepaid}&signType=${signType}&timeStamp=${timeStamp}&key=${KEY}`;
const signers = {
  MD5: (parameters) => createHash('md5').update(fields(parameters)).digest('hex').toUpperCase(),
  'HMAC-SHA256': (parameters) => createHmac('sha256', KEY).update(fields(parameters)).digest('hex').toUpperCase(),
};

let signatures = 0;
const made = project('made', '');
for (const seed of ['1', '7', '123456789']) {
  for (const kind of ['MD5', 'HMAC-SHA256', 'RSA']) {
    const entries = run(made, ['server publicKey', 'gesture ask'], kind, ['--seed', seed]);
    const [parameters] = said(entries);
    assert.deepEqual(Object.keys(parameters), ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign']);
    assert.equal(parameters.signType, kind);
    if (kind === 'RSA') {
      const [keys] = served(entries, 'publicKey');
      const verify = createVerify('RSA-SHA256').update(lines(parameters));
      assert.ok(verify.verify(keys['1'], parameters.paySign, 'base64'), `seed ${seed}: RSA`);
    } else {
      assert.equal(parameters.paySign, signers[kind](parameters));
    }
    signatures += 1;
  }
}

// The other way round: the program's own server signs, and the cashier opens for no other key.
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key, type) => key.export({ type, format: 'pem' });
for (const type of ['pkcs8', 'pkcs1']) {
  const own = pair();
  const app = project(type, 'private_key_file = "key.pem"\n');
  writeFileSync(join(app, 'key.pem'), pem(own.privateKey, type));
  signers.RSA = (parameters) => createSign('RSA-SHA256').update(lines(parameters)).sign(own.privateKey, 'base64');
  const forged = (parameters) => createSign('RSA-SHA256').update(lines(parameters)).sign(pair().privateKey, 'base64');
  for (const kind of ['MD5', 'HMAC-SHA256', 'RSA']) {
    const order = `server prepay total=1 signType=${kind}`;
    const [prepaid] = served(run(app, [order]), 'prepay');
    const parameters = { timeStamp: '1700000000', nonceStr: 'node', package: prepaid.package, signType: kind };
    const pay = (paySign) => said(run(app, [order, `gesture pay ${JSON.stringify({ ...parameters, paySign })}`]))[0].errMsg;
    assert.equal(pay(signers[kind](parameters)), 'requestPayment:ok', `${type} ${kind}`);
    assert.equal(pay(forged(parameters)), 'requestPayment:fail 支付验证签名失败', `${type} ${kind}, forged`);
    signatures += 2;
  }
}

console.log(`tests/external/payment: ${signatures} signatures, made here and there, as OpenSSL has them`);
