// Signs cards for the simulator, checks those that it signed, and decrypts their codes with OpenSSL
// (node:crypto): node cards.mjs WXSIM
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createDecipheriv, createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('app', import.meta.url));

/** Runs the program: what it printed by name, and what its server got by step. */
const run = (seed, steps) => {
  const all = ['server code2session', 'server card ticket pTeaCoupon', ...steps].flatMap((step) => ['--do', step]);
  const options = ['--persona', 'allow-all', '--json', '--reveal-session-key', '--seed', seed];
  const ended = spawnSync(process.argv[2], ['run', APP, ...options, ...all], { encoding: 'utf8' });
  assert.equal(ended.status, 0, ended.stderr + ended.stdout.slice(-2000));
  const entries = ended.stdout.trim().split('\n').map((line) => JSON.parse(line));
  const texts = entries.filter((entry) => entry.type === 'console' && entry.level === 'log');
  const servers = entries.filter((entry) => entry.type === 'server');
  return {
    printed: Object.fromEntries(texts.map(({ text }) => JSON.parse(text)).map(({ name, value }) => [name, value])),
    served: Object.fromEntries(servers.map(({ action, result }) => [action, result])),
  };
};

/** The published recipe: values, not keys, sorted by bytes, joined, SHA-1. */
const sign = (ticket, cardId, ext) => {
  const { timestamp, code, openid, nonce_str: nonce } = ext;
  const values = [ticket, String(timestamp), cardId, code, openid, nonce].filter(Boolean);
  values.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return createHash('sha1').update(values.join('')).digest('hex');
};

const decrypt = (key, hidden) => {
  const bytes = Buffer.from(hidden, 'base64');
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(key, 'hex'), bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString('utf8');
};

let checked = 0;
for (const seed of ['1', '7', '123456789']) {
  // What the simulator signs and encrypts.
  const { printed, served } = run(seed, ['gesture take', 'server card decrypt', 'server card events', 'gesture member']);
  const { ticket, code_key: key, owner } = served['card ticket pTeaCoupon'];
  assert.equal(owner, 'wxaccount0000001');
  const codes = printed.taken.map(({ cardId, cardExt, code, isSuccess }) => {
    const ext = JSON.parse(cardExt);
    assert.ok(isSuccess);
    assert.equal(ext.signature, sign(ticket, cardId, ext));
    checked += 1;
    return decrypt(key, code);
  });
  assert.match(codes[0], /^\d{12}$/);
  assert.equal(codes[1], 'GIFT-1');
  const { openid } = JSON.parse(printed.taken[1].cardExt);
  assert.equal(openid, served.code2session.openid);
  assert.equal(served['card decrypt'].code, codes[1]);
  assert.deepEqual(served['card events'].map(({ UserCardCode }) => UserCardCode), codes);
  // The three parts of an activation URL, decoded.
  const member = printed.member;
  assert.equal(member.outer_str, '入口 1');
  assert.equal(decrypt(key, member.encrypt_card_id), 'pMember');
  assert.match(Buffer.from(member.biz, 'base64').toString('utf8'), /^3\d{9}$/);

  // What another server signs.
  const card = (cardId, ext) => ({
    cardId,
    cardExt: JSON.stringify({ ...ext, signature: sign(ticket, cardId, ext) }),
  });
  const list = [
    card('pTeaCoupon', { timestamp: 1527998400, nonce_str: '8aZk3', outer_str: 'not signed' }),
    card('pTeaCoupon', { timestamp: '1527998400', nonce_str: 'Zz_-9' }),
    card('pBirthday', { timestamp: 1, openid, code: '礼品-2' }),
  ];
  const these = (cards) => run(seed, [`gesture takeThese ${JSON.stringify({ list: cards })}`]).printed.these;
  const { errMsg, cardList } = these(list);
  assert.equal(errMsg, 'addCard:ok');
  assert.deepEqual(cardList.map(({ isSuccess }) => isSuccess), [true, true, true]);
  assert.equal(decrypt(key, cardList[2].code), '礼品-2');
  const ext = { timestamp: 1, nonce_str: 'a' };
  const forged = { cardId: 'pTeaCoupon', cardExt: JSON.stringify({ ...ext, signature: sign('tk-CARD-0001', 'pTeaCoupon', ext) }) };
  assert.equal(these([forged]).errMsg, 'addCard:fail invalid signature');
  checked += list.length + 1;
}

console.log(`tests/external/cards: ${checked} signatures of cards checked with OpenSSL`);
