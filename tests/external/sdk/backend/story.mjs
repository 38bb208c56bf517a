// The story of the field: a back end with real SDKs (server.mjs), the sample application `shop` on the simulated
// phone, WeChat's servers between them; one world. Each chapter has a world and a back end of its own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { reporter } from '../node/report.mjs';
import { control, serve } from '../serve.mjs';

const { packages, wxsim } = JSON.parse(process.env.WXSIM_SUITE);
const SHOP = fileURLToPath(new URL('../../../../sample-apps/shop', import.meta.url));
const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));
const APPID = 'wx7c1d2e3f4a5b6c8d';
const { ok } = reporter('backend');

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
const soon = async (fits, what) => {
  for (let turn = 0; turn < 100; turn += 1) {
    const found = await fits();
    if (found) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`in vain: ${what}`);
};

/** A world, a back end, and what stands between them; `told` replaces what the back end is told. */
const field = async (told = {}) => {
  const { facts, stop } = await serve(wxsim, SHOP, ['--appid', APPID, '--clock', 'virtual']);
  const call = control(facts);
  const [merchant] = await call('GET', 'merchants');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    PACKAGES: packages,
    PORT: String(port),
    WECHAT_API: facts.url,
    WECHAT_PAY: facts.url,
    APPID,
    SECRET: facts.apps[0].secret,
    MCH_ID: merchant.mch_id,
    MCH_KEY: merchant.key,
    ...told,
  };
  let process_;
  const backend = {
    up: () =>
      new Promise((resolve, reject) => {
        process_ = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'inherit'] });
        process_.on('exit', (code) => reject(new Error(`the back end ended with ${code}`)));
        createInterface(process_.stdout).once('line', resolve);
      }),
    down: () =>
      new Promise((resolve) => {
        process_.removeAllListeners('exit');
        process_.once('exit', resolve);
        process_.kill();
      }),
  };
  // What the shop's program does: its requests carry the token of the login.
  let token = '';
  const ask = async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: { token, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    return { status: answer.status, ...(await answer.json()) };
  };
  const phone = {
    ask,
    code: async () => (await call('POST', 'login', {})).code,
    login: async (code) => {
      const answer = await ask('POST', '/login', { code: code ?? (await phone.code()) });
      token = answer.token ?? token;
      return answer;
    },
    profile: async () => ask('POST', '/profile', await call('POST', 'user-info', {})),
    pay: async (id) => {
      const { status, ...params } = await ask('POST', `/orders/${id}/pay`);
      assert.equal(status, 200, JSON.stringify(params));
      return params;
    },
    cashier: (params, answer = 'ok') => call('POST', 'pay', { params, answer }),
  };
  const heard = async () => (await fetch(`${url}/heard`)).json();
  return { facts, call, merchant, url, backend, phone, heard, stop };
};

/** One chapter, in a field of its own, told in one line. */
const chapter = (name, endpoint, told, tell) =>
  ok(
    name,
    `story:${endpoint}`,
    async () => {
      const all = await field(told);
      try {
        await all.backend.up();
        return await tell(all);
      } finally {
        await all.backend.down().catch(() => {});
        await all.stop();
      }
    },
    (detail) => detail,
  );

const order = { items: [{ sku: '101-a', count: 2 }] };

await chapter(
  'login, getUserInfo, unifiedorder, requestPayment, notify',
  'paid',
  {},
  async ({ call, facts, phone, heard }) => {
    assert.equal((await phone.ask('GET', '/orders')).status, 401);
    assert.equal((await phone.login()).status, 200);
    const profile = await phone.profile();
    assert.equal(profile.openId, facts.users[0].openid[APPID]);
    const { id } = await phone.ask('POST', '/orders', order);
    const params = await phone.pay(id);
    assert.match(params.package, /^prepay_id=/);
    assert.equal((await phone.ask('GET', `/orders/${id}`)).state, 'unpaid');
    await phone.cashier(params);
    const done = await soon(async () => {
      const it = await phone.ask('GET', `/orders/${id}`);
      return it.state === 'paid' && it;
    }, 'the order is not paid');
    const known = (await call('GET', 'orders')).find((it) => it.out_trade_no === id);
    assert.equal(known.transaction_id, done.transaction);
    assert.equal(done.total, 25_600);
    assert.deepEqual(await heard(), [{ transaction: done.transaction, accepted: true }]);
    return `order ${id} paid by ${done.transaction}`;
  },
);

await chapter('a replayed code', 'login', {}, async ({ phone }) => {
  const code = await phone.code();
  assert.equal((await phone.login(code)).status, 200);
  const again = await phone.login(code);
  assert.deepEqual([again.status, again.code], [401, 'wechat-40163']);
  return 'the second exchange is refused with 40163';
});

await chapter('an old code', 'login', {}, async ({ call, phone }) => {
  const code = await phone.code();
  await call('POST', 'clock', { advance: '6m' });
  const late = await phone.login(code);
  assert.deepEqual([late.status, late.code], [401, 'wechat-40029']);
  return 'after six minutes: 40029';
});

await chapter('a stale session_key (login on the phone alone)', 'session', {}, async ({ call, phone }) => {
  await phone.login();
  assert.equal((await phone.profile()).status, 200);
  await call('POST', 'clock', { advance: '2m' });
  const code = await phone.code();
  const stale = await phone.profile();
  assert.deepEqual([stale.status, stale.code], [409, 'stale-session']);
  await phone.login(code);
  assert.equal((await phone.profile()).status, 200);
  return 'the signature does not fit until the new code is exchanged';
});

await chapter('a stale session_key (four days)', 'session', {}, async ({ call, phone }) => {
  await phone.login();
  await call('POST', 'clock', { advance: '4d' });
  await assert.rejects(phone.profile(), /no living session/);
  await phone.login();
  assert.equal((await phone.profile()).status, 200);
  return 'the phone has to log in anew';
});

await chapter('a stale session_key (reset at WeChat)', 'session', {}, async ({ call, facts, phone }) => {
  const openid = facts.users[0].openid[APPID];
  await phone.login();
  // Another server of the shop renews the key.
  const { createHmac } = await import('node:crypto');
  const get = async (path) => (await fetch(facts.url + path)).json();
  const { access_token: token } = await get(
    `/cgi-bin/token?grant_type=client_credential&appid=${APPID}&secret=${facts.apps[0].secret}`,
  );
  const { session_key: key } = await get(
    `/sns/jscode2session?appid=${APPID}&secret=${facts.apps[0].secret}&js_code=${await phone.code()}&grant_type=authorization_code`,
  );
  const signature = createHmac('sha256', key).update('').digest('hex');
  const reset = await get(
    `/wxa/resetusersessionkey?access_token=${token}&openid=${openid}&signature=${signature}&sig_method=hmac_sha256`,
  );
  assert.equal(reset.errcode, 0, JSON.stringify(reset));
  const info = await call('POST', 'user-info', {});
  assert.equal(
    info.signature,
    createHash('sha1')
      .update(info.rawData + reset.session_key)
      .digest('hex'),
  );
  const stale = await phone.ask('POST', '/profile', info);
  assert.deepEqual([stale.status, stale.code], [409, 'stale-session']);
  return 'data are encrypted with the new key';
});

await chapter('a wrong merchant key', 'signature', { MCH_KEY: 'f'.repeat(32) }, async ({ phone }) => {
  await phone.login();
  const refused = await phone.ask('POST', '/orders/S1001/pay');
  assert.deepEqual([refused.status, refused.message], [502, '签名错误']);
  return 'unifiedorder: 签名错误';
});

await chapter('parameters that somebody changed', 'signature', {}, async ({ call, phone }) => {
  await phone.login();
  const params = await phone.pay('S1001');
  await assert.rejects(phone.cashier({ ...params, nonceStr: 'changed' }), /requestPayment:fail/);
  const [known] = await call('GET', 'orders');
  assert.equal(known.trade_state, 'NOTPAY');
  return 'the cashier does not open';
});

await chapter('a notification that nobody at WeChat sent', 'signature', {}, async ({ url, merchant, phone, heard }) => {
  await phone.login();
  const fields = {
    appid: APPID,
    bank_type: 'CFT',
    mch_id: merchant.mch_id,
    nonce_str: 'a',
    openid: 'o',
    out_trade_no: 'S1001',
    result_code: 'SUCCESS',
    return_code: 'SUCCESS',
    total_fee: '58000',
    transaction_id: '42',
  };
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const sign = createHash('md5').update(`${text}&key=guessed`).digest('hex').toUpperCase();
  const body = `<xml>${Object.entries({ ...fields, sign })
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</xml>`;
  const answer = await (await fetch(`${url}/notify`, { method: 'POST', body })).text();
  assert.match(answer, /FAIL/);
  assert.equal((await phone.ask('GET', '/orders/S1001')).state, 'unpaid');
  assert.equal((await heard())[0].accepted, false);
  return 'refused, the order stays unpaid';
});

await chapter('a lost callback', 'notify', {}, async ({ phone }) => {
  await phone.login();
  // The user pays and is gone: the program hears nothing, and asks for nothing.
  await phone.cashier(await phone.pay('S1001'));
  const done = await soon(async () => {
    const it = await phone.ask('GET', '/orders/S1001');
    return it.state === 'paid' && it;
  }, 'the notification');
  const again = await phone.ask('POST', '/orders/S1001/pay');
  assert.deepEqual([again.status, again.message], [502, 'ORDERPAID']);
  return `the notification alone tells of ${done.transaction}`;
});

await chapter('a notification that comes twice', 'notify', {}, async ({ call, phone, heard }) => {
  await phone.login();
  await phone.cashier(await phone.pay('S1001'));
  await soon(async () => (await heard()).length === 1, 'the first');
  await call('POST', 'notify-again', { out_trade_no: 'S1001' });
  await soon(async () => (await heard()).length === 2, 'the second');
  const [first, second] = await heard();
  assert.deepEqual(second, first);
  assert.equal((await phone.ask('GET', '/orders/S1001')).credited, 1);
  return 'credited once';
});

await chapter('the back end is down', 'notify', {}, async ({ call, backend, phone, heard }) => {
  await phone.login();
  const params = await phone.pay('S1001');
  await backend.down();
  await phone.cashier(params);
  const attempts = async () => (await call('GET', 'deliveries')).find((it) => it.kind === 'PayV2');
  await soon(
    async () => (await attempts())?.state === 'Waiting' && (await attempts()).attempt === 1,
    'the first attempt',
  );
  await backend.up();
  await call('POST', 'clock', { advance: '14s' });
  await new Promise((resolve) => {
    setTimeout(resolve, 500);
  });
  assert.deepEqual(await heard(), [], 'before 15 s');
  await call('POST', 'clock', { advance: '1s' });
  await soon(async () => (await heard()).length === 1, 'the second attempt');
  await soon(async () => (await attempts()).state === 'Done', 'the end of the delivery');
  const { attempt } = await attempts();
  assert.equal(attempt, 2);
  return 'told again after 15 s';
});

await chapter('the back end is down for a day', 'notify', {}, async ({ call, backend, phone, heard }) => {
  await phone.login();
  const params = await phone.pay('S1001');
  await backend.down();
  await phone.cashier(params);
  const delivery = async () => (await call('GET', 'deliveries')).find((it) => it.kind === 'PayV2');
  const due = [];
  for (let attempt = 1; attempt <= 16; attempt += 1) {
    const it = await soon(async () => {
      const now = await delivery();
      return now?.attempt === attempt && now.state !== 'Out' && now;
    }, `attempt ${attempt}`);
    if (it.state === 'GivenUp') break;
    due.push(it.due);
    await call('POST', 'clock', { to: it.due });
  }
  const pauses = due.slice(1).map((at, index) => (at - due[index]) / 1000);
  assert.deepEqual(pauses, [15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600]);
  assert.equal((await delivery()).state, 'GivenUp');
  // Sessions of the back end went with its process; orders are asked for.
  await backend.up();
  await phone.login();
  const done = await phone.ask('POST', '/orders/S1001/reconcile');
  assert.equal(done.state, 'paid', JSON.stringify(done));
  assert.deepEqual(await heard(), []);
  return 'sixteen attempts in 24 h 4 min, then orderquery finds the payment';
});

await chapter('the user cancels, and pays later', 'cashier', {}, async ({ phone }) => {
  await phone.login();
  const left = await phone.cashier(await phone.pay('S1001'), 'cancel');
  assert.equal(left.errMsg, 'requestPayment:fail cancel');
  assert.equal((await phone.ask('GET', '/orders/S1001')).state, 'unpaid');
  await phone.cashier(await phone.pay('S1001'));
  await soon(async () => (await phone.ask('GET', '/orders/S1001')).state === 'paid', 'the payment');
  return 'paid the second time';
});

await chapter('a prepay_id of yesterday', 'cashier', {}, async ({ call, phone }) => {
  await phone.login();
  const params = await phone.pay('S1001');
  await call('POST', 'clock', { advance: '3h' });
  await assert.rejects(phone.cashier(params), /requestPayment:fail/);
  await phone.cashier(await phone.pay('S1001'));
  await soon(async () => (await phone.ask('GET', '/orders/S1001')).state === 'paid', 'the payment');
  return 'refused after two hours; a new one is paid';
});
