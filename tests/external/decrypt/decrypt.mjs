// Decrypts everything that the simulator encrypts with OpenSSL (node:crypto), and checks every
// signature: node decrypt.mjs WXSIM
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('app', import.meta.url));
const APP_ID = 'wx1234567890abcdef';
const PROFILE = ['nickName', 'gender', 'language', 'city', 'province', 'country', 'avatarUrl'];
const PHONE = ['phoneNumber', 'purePhoneNumber', 'countryCode', 'watermark'];

/** Runs the program; the messages that it printed, and the keys that its server got. */
const run = (day, steps, flags = []) => {
  const all = ['server code2session', ...steps].flatMap((step) => ['--do', step]);
  const options = ['--persona', 'allow-all', '--compat-date', day, '--json', '--reveal-session-key', ...flags];
  const ended = spawnSync(process.argv[2], ['run', APP, ...options, ...all], { encoding: 'utf8' });
  assert.equal(ended.status, 0, ended.stderr + ended.stdout.slice(-2000));
  const entries = ended.stdout.trim().split('\n').map((line) => JSON.parse(line));
  const texts = entries.filter((entry) => entry.type === 'console' && entry.level === 'log');
  const servers = entries.filter((entry) => entry.type === 'server' && entry.result.session_key);
  return {
    messages: Object.fromEntries(texts.map(({ text }) => JSON.parse(text)).map((message) => [message.name, message])),
    keys: servers.map(({ result }) => result.session_key),
    openid: servers[0].result.openid,
  };
};

const decrypt = (key, { encryptedData, iv }) => {
  const bytes = [key, iv].map((text) => Buffer.from(text, 'base64'));
  assert.deepEqual(bytes.map((part) => part.length), [16, 16]);
  const decipher = createDecipheriv('aes-128-cbc', ...bytes);
  const plain = Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()]).toString('utf8');
  const cipher = createCipheriv('aes-128-cbc', ...bytes);
  const again = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
  assert.equal(again, encryptedData, 'encrypted once more it is the same');
  return plain;
};

let opened = 0;
/** What a message holds encrypted, its text and watermark checked. */
const open = (day, key, message) => {
  const text = decrypt(key, message);
  const data = JSON.parse(text);
  assert.equal(text, JSON.stringify(data), 'compact, slashes as they are');
  assert.deepEqual(Object.keys(data).at(-1), 'watermark');
  assert.deepEqual(Object.keys(data.watermark), ['timestamp', 'appid']);
  assert.equal(data.watermark.appid, APP_ID);
  const made = new Date(data.watermark.timestamp * 1000 + 8 * 3600_000).toISOString();
  assert.equal(made.slice(0, 10), day);
  opened += 1;
  return data;
};

const signed = (key, { rawData, signature, userInfo }) => {
  assert.deepEqual(JSON.parse(rawData), userInfo);
  assert.deepEqual(Object.keys(JSON.parse(rawData)), PROFILE);
  assert.equal(createHash('sha1').update(rawData + key).digest('hex'), signature);
};

const isStale = (key, message) => {
  try {
    JSON.parse(decrypt(key, message));
    return false;
  } catch {
    return true;
  }
};

// 2018: consent gives the profile with the openid.
{
  const day = '2018-03-01';
  const { messages, keys: [key], openid } = run(day, ['gesture ask', 'button getPhoneNumber onPhone', 'button getUserInfo onUser']);
  for (const name of ['getUserInfo', 'button']) {
    signed(key, messages[name]);
    const data = open(day, key, messages[name]);
    assert.deepEqual(Object.keys(data), ['openId', ...PROFILE, 'watermark']);
    assert.equal(data.openId, openid);
    for (const member of PROFILE) assert.equal(data[member], messages[name].userInfo[member]);
  }
  const phone = open(day, key, messages.phone);
  assert.deepEqual(Object.keys(phone), PHONE);
  assert.equal(phone.phoneNumber, '13800138000');
  assert.equal(messages.phone.code, undefined);
  const { stepInfoList } = open(day, key, messages.getWeRunData);
  assert.equal(stepInfoList.length, 30);
  const days = stepInfoList.map(({ timestamp }) => timestamp);
  assert.ok(days.every((time, at) => (time + 8 * 3600) % 86_400 === 0 && (at === 0 || time - days[at - 1] === 86_400)));
}

// 2021: the profile of one consent has no openid; getUserInfo is anonymous, its openid real.
{
  const day = '2021-05-01';
  const { messages, keys: [key], openid } = run(day, ['gesture ask']);
  signed(key, messages.getUserProfile);
  assert.deepEqual(Object.keys(open(day, key, messages.getUserProfile)), [...PROFILE, 'watermark']);
  signed(key, messages.getUserInfo);
  const data = open(day, key, messages.getUserInfo);
  assert.deepEqual([data.openId, data.nickName], [openid, '微信用户']);
}

// Today, also with a changed time and seed; the phone number comes with a code besides.
for (const seed of ['1', '7', '123456789']) {
  const day = '2026-07-30';
  const { messages, keys: [key] } = run(day, ['gesture ask', 'button getPhoneNumber onPhone'], ['--seed', seed]);
  for (const name of ['getUserInfo', 'getUserProfile']) {
    signed(key, messages[name]);
    open(day, key, messages[name]);
  }
  assert.equal(open(day, key, messages.getWeRunData).stepInfoList.length, 31);
  assert.equal(open(day, key, messages.phone).countryCode, '86');
  assert.match(messages.phone.code, /^\S{20,}$/);
}

// A login after the data were made: the server's new key does not open them.
{
  const steps = ['gesture ask', 'button getPhoneNumber onPhone', 'advance 2m', 'gesture login', 'server code2session'];
  const { messages, keys: [first, second] } = run('2026-07-30', steps);
  assert.notEqual(first, second);
  for (const name of ['phone', 'getUserInfo', 'getWeRunData']) {
    open('2026-07-30', first, messages[name]);
    assert.ok(isStale(second, messages[name]), `${name} opens with a key that came later`);
  }
}

console.log(`tests/external/decrypt: ${opened} encrypted texts opened with OpenSSL`);
