// Decrypts with OpenSSL (node:crypto) what tells in which group a card was opened: node groups.mjs WXSIM
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createDecipheriv } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('groups', import.meta.url));
const APP_ID = 'wx1234567890abcdef';
let opened = 0;

/** What the program that was opened by a card tells, decrypted with the key of the latest session. */
const run = (day, steps, flags = []) => {
  const all = [...steps, 'gesture ask', 'server code2session'].flatMap((step) => ['--do', step]);
  const options = ['--compat-date', day, '--json', '--reveal-session-key', ...flags];
  const ended = spawnSync(process.argv[2], ['run', APP, ...options, ...all], { encoding: 'utf8' });
  assert.equal(ended.status, 0, ended.stderr + ended.stdout.slice(-2000));
  const entries = ended.stdout.trim().split('\n').map((line) => JSON.parse(line));
  const { session_key: key } = entries.filter(({ type }) => type === 'server').at(-1).result;
  const texts = entries.filter(({ type, level }) => type === 'console' && level === 'log');
  const open = ({ encryptedData, iv }) => {
    const bytes = [key, iv].map((text) => Buffer.from(text, 'base64'));
    const decipher = createDecipheriv('aes-128-cbc', ...bytes);
    const data = JSON.parse(Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()]).toString('utf8'));
    assert.equal(data.watermark.appid, APP_ID);
    opened += 1;
    return data;
  };
  const tell = ({ name, ...message }) => [name, message.encryptedData ? { ...message, data: open(message) } : message];
  return Object.fromEntries(texts.map(({ text }) => tell(JSON.parse(text))));
};

const into = (place, opener = 'bob') => [`share ${place}`, `user ${opener}`, 'open card'];

// 2018: the id of the group, the same for its members, another for another group.
{
  const day = '2018-06-04';
  const one = run(day, into('team')).getShareInfo.data;
  assert.deepEqual(Object.keys(one), ['openGId', 'watermark']);
  assert.match(one.openGId, /^tG[A-Za-z0-9]{26}$/);
  const own = run(day, ['share team', 'background', 'open card']).getShareInfo.data;
  assert.equal(own.openGId, one.openGId);
  assert.notEqual(run(day, into('other')).getShareInfo.data.openGId, one.openGId);
  assert.notEqual(run(day, into('team'), ['--seed', '7']).getShareInfo.data.openGId, one.openGId);
}

// Today: two ways to the same id, and an own one of each member.
{
  const day = '2026-07-30';
  const { getShareInfo, getGroupEnterInfo, authPrivateMessage } = run(day, into('team'));
  const { data } = getGroupEnterInfo;
  assert.deepEqual(Object.keys(data), ['opengid', 'group_openid', 'chat_type', 'watermark']);
  assert.equal(data.opengid, getShareInfo.data.openGId);
  assert.equal(data.chat_type, 3);
  assert.equal(authPrivateMessage.errMsg, 'authPrivateMessage:fail invalid shareTicket');
  const own = run(day, ['share team', 'background', 'open card']).getGroupEnterInfo.data;
  assert.equal(own.opengid, data.opengid);
  assert.notEqual(own.group_openid, data.group_openid);
}

// A chat of two: no group, an id of the chat.
{
  const { getShareInfo, getGroupEnterInfo } = run('2026-07-30', into('bob'));
  assert.equal(getShareInfo.errMsg, 'getShareInfo:fail invalid shareTicket');
  assert.deepEqual(Object.keys(getGroupEnterInfo.data), ['open_single_roomid', 'group_openid', 'chat_type', 'watermark']);
  assert.equal(getGroupEnterInfo.data.chat_type, 1);
}

// A private message: its activity.
{
  const { authPrivateMessage } = run('2026-07-30', into('bob'), ['--page', 'pages/index/index?private=1']);
  assert.equal(authPrivateMessage.valid, true);
  assert.deepEqual(Object.keys(authPrivateMessage.data), ['activityId', 'watermark']);
  assert.equal(authPrivateMessage.data.activityId, 'activity/1');
}

console.log(`tests/external/decrypt: ${opened} texts of groups opened with OpenSSL`);
