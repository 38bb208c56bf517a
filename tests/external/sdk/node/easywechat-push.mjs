// node-easywechat as a receiver of pushed messages; it opens encrypted ones as XML alone.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { MiniApp, ServerRequest, config, defect, fails, here, ok, post } from './easywechat-app.mjs';
import { AES_KEY, TOKEN, push } from './push.mjs';
import { load } from './worlds.mjs';

const Response = load('node-easywechat/dist/Core/Http/Response');
const { mini, openid, control } = here;
const mei = openid('mei');
const pushed = [];
const mode = { now: 'plain' };
const receiver = new MiniApp(config(mini, { token: TOKEN, aes_key: AES_KEY }));
const pushServer = createServer(async (request, response) => {
  receiver.setRequest(await ServerRequest.createFromIncomingMessage(request));
  const handler = receiver.getServer();
  handler.handlers = [];
  handler.with((message) => {
    pushed.push(message.toObject());
    if (message.Content !== '人工') return new Response(200, {}, 'success');
    const reply = { MsgType: 'transfer_customer_service' };
    if (mode.now !== 'plain') return reply;
    const whole = { ToUserName: message.FromUserName, FromUserName: message.ToUserName, CreateTime: 1, ...reply };
    return new Response(
      200,
      {},
      Object.entries(whole).reduce((text, [name, value]) => `${text}<${name}>${value}</${name}>`, '<xml>') + '</xml>',
    );
  });
  const reply = await handler.serve();
  response.writeHead(200);
  response.end(reply.getBody());
}).listen(0, '127.0.0.1');
await once(pushServer, 'listening');
for (const [one, format] of [
  ['plain', 'xml'],
  ['compat', 'xml'],
  ['safe', 'xml'],
  ['plain', 'json'],
]) {
  mode.now = one;
  await push({
    report: { ok, fails },
    world: here,
    url: `http://127.0.0.1:${pushServer.address().port}/`,
    told: pushed,
    mode: one,
    format,
    name: 'Server.serve',
    checksToken: false,
  });
}
const toldOf = async (fits) => {
  for (let turn = 0; turn < 100; turn += 1) {
    const found = pushed.find(fits);
    if (found) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error(`it was not told: ${JSON.stringify(pushed)}`);
};
await ok(
  'Server.serve (wxa_media_check)',
  'push:json-plain',
  async () => {
    const media = { version: 2, scene: 1, openid: mei, media_type: 2, media_url: 'https://shop.example/b.png' };
    const { trace_id: id } = (await post('wxa/media_check_async', media)).toObject();
    await control('POST', 'clock', { advance: '1m' });
    return toldOf((it) => it.Event === 'wxa_media_check' && it.trace_id === id);
  },
  (it) => {
    assert.equal(it.result.suggest, 'pass');
    return `${it.trace_id} ${it.result.suggest}`;
  },
);
await defect(
  'Server.serve (another Token)',
  'push:json-plain',
  'it echoes every echostr and looks at no signature',
  () => control('POST', 'push', { url: `http://127.0.0.1:${pushServer.address().port}/`, token: 'another' }),
);
pushServer.close();
