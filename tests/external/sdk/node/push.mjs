// What a receiver of pushed messages has to stand: settings, their check, texts, events, retries, replies.
import assert from 'node:assert/strict';

export const TOKEN = 'teahouse7';
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
let number = 0;

/**
 * Pushes to a receiver in one mode and format. `told` is the list to which it adds each message (an object with the
 * platform's names); it answers the text "人工" by handing over to people. `checksToken`: it answers an echostr only when its signature is right.
 */
export const push = async ({
  report: { ok, fails },
  world: { mini, openid, control },
  url,
  told,
  mode,
  format,
  name,
  checksToken = true,
}) => {
  const endpoint = `push:${format}-${mode}`;
  const settings = { url, token: TOKEN, encodingAesKey: AES_KEY, mode, format };
  const waited = async (fits) => {
    for (let turn = 0; turn < 100; turn += 1) {
      const found = told.find(fits);
      if (found) return found;
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
    throw new Error(
      `it was not told: ${JSON.stringify(told)}; ${JSON.stringify(await control('GET', 'deliveries'))}`.slice(0, 2000),
    );
  };
  await ok(`${name} (GET echostr)`, endpoint, () => control('POST', 'push', settings));
  number += 1;
  const text = `有 <茶> & "${number}"`;
  await ok(
    `${name} (text)`,
    endpoint,
    async () => {
      await control('POST', 'say', { user: 'mei', text });
      return waited((it) => it.Content === text);
    },
    (message) => {
      assert.equal(message.FromUserName, openid('mei'));
      assert.equal(message.ToUserName, mini.originalId);
      assert.equal(message.MsgType, 'text');
      assert.match(String(message.MsgId), /^\d+$/);
      return `MsgId ${message.MsgId}`;
    },
  );
  const from = `door ${number}`;
  await ok(
    `${name} (event)`,
    endpoint,
    async () => {
      await control('POST', 'enter-service', { user: 'jun', sessionFrom: from });
      return waited((it) => it.SessionFrom === from);
    },
    (message) => {
      assert.equal(message.Event, 'user_enter_tempsession');
      return message.Event;
    },
  );
  await ok(
    `${name} (transfer_customer_service)`,
    endpoint,
    async () => {
      const before = (await control('GET', 'conversations')).transfers.length;
      await control('POST', 'say', { user: 'mei', text: '人工' });
      for (let turn = 0; turn < 50; turn += 1) {
        const { transfers } = await control('GET', 'conversations');
        if (transfers.length > before) return transfers.at(-1);
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
      throw new Error(`nobody was handed over: ${JSON.stringify(await control('GET', 'deliveries'))}`.slice(0, 2000));
    },
    ({ openid: whom }) => {
      assert.equal(whom, openid('mei'));
      return 'its reply hands over to people';
    },
  );
  if (!checksToken) return;
  await fails(
    `${name} (another Token)`,
    endpoint,
    'refused',
    () => control('POST', 'push', { ...settings, token: 'another' }),
    (error) => (error.message.includes('Token校验失败') ? 'refused' : error.message),
  );
};
