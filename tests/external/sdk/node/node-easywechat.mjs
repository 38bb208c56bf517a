// node-easywechat: mini program and official account here, payments and pushed messages in the files at the end.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  MiniApp,
  OfficialAccount,
  app,
  client,
  config,
  defect,
  fails,
  here,
  judged,
  number,
  ok,
  post,
} from './easywechat-app.mjs';
import { PIXEL, picture } from './report.mjs';
import { load } from './worlds.mjs';

const FormData = load('form-data');
const { mini, account, openid, control, phone, code } = here;
const mei = openid('mei');
const stable = new MiniApp(config(mini, { use_stable_access_token: true }));
const shop = new OfficialAccount(config(account));
/** Errors of tokens and logins end with the answer as JSON. */
const inText = (error) => JSON.parse(error.message.slice(error.message.indexOf('{'))).errcode;
const get = (path, params = {}) => judged(client.request('get', path, { params }));
const bytes = (path, json) => judged(client.request('post', path, { json, responseType: 'arraybuffer' }));

// Tokens.
await ok(
  'AccessToken.getToken',
  '/cgi-bin/token',
  () => app.getAccessToken().getToken(),
  (token) => `${token.length} characters`,
);
await ok(
  'AccessToken.getStableAccessToken',
  '/cgi-bin/stable_token',
  async () => {
    const token = stable.getAccessToken();
    return [await token.getStableAccessToken(), await token.getStableAccessToken()];
  },
  ([one, other]) => {
    assert.equal(one, other);
    return 'the same twice';
  },
);
await fails(
  'AccessToken.refresh (wrong secret)',
  '/cgi-bin/token',
  40125,
  () => new MiniApp(config({ ...mini, secret: '0'.repeat(32) })).getAccessToken().refresh(),
  inText,
);
await fails(
  'AccessToken.refresh (wrong appid)',
  '/cgi-bin/stable_token',
  40013,
  () =>
    new MiniApp(config({ appid: 'wx0000000000000000', secret: mini.secret }, { use_stable_access_token: true }))
      .getAccessToken()
      .refresh(),
  inText,
);

// Login, and what the phone encrypts.
const used = await code();
const session = await ok(
  'Utils.codeToSession',
  '/sns/jscode2session',
  () => app.getUtils().codeToSession(used),
  (told) => {
    assert.equal(told.openid, mei);
    return 'openid, session_key, unionid';
  },
);
await ok(
  'Utils.decryptSession',
  '/sns/jscode2session',
  async () => {
    const { iv, encryptedData } = await control('POST', 'user-info', { user: 'mei' });
    return app.getUtils().decryptSession(session.session_key, iv, encryptedData);
  },
  (told) => {
    assert.equal(told.openId, mei);
    assert.equal(told.unionId, session.unionid);
    assert.equal(told.watermark.appid, mini.appid);
    return 'openId, unionId, watermark';
  },
);
await fails(
  'Utils.codeToSession (the same code)',
  '/sns/jscode2session',
  40163,
  () => app.getUtils().codeToSession(used),
  inText,
);
await fails(
  'Utils.codeToSession (mock code)',
  '/sns/jscode2session',
  40029,
  () => app.getUtils().codeToSession('the code is a mock one'),
  inText,
);

// The phone number.
const { code: number1 } = await control('POST', 'phone-code', { user: 'mei' });
await ok(
  'post',
  '/wxa/business/getuserphonenumber',
  () => post('wxa/business/getuserphonenumber', { code: number1 }),
  (told) => {
    assert.equal(told.toObject().phone_info.purePhoneNumber, '13900139000');
    return '13900139000';
  },
);
await fails(
  'post (the same code)',
  '/wxa/business/getuserphonenumber',
  40029,
  () => post('wxa/business/getuserphonenumber', { code: number1 }),
  number,
);

await defect(
  'isFailed',
  '/wxa/business/getuserphonenumber',
  'sees no errcode by itself: its client drops the judge that MiniApp gives it (used with judgeFailureUsing here)',
  async () => {
    const response = await client.request('post', 'wxa/business/getuserphonenumber', { json: { code: number1 } });
    assert.equal(response.toObject().errcode, 40029);
    assert.equal(response.isFailed(), false);
  },
);

const [tapped] = await phone(['button getPhoneNumber phoneNumber'], { phone: 'allow', privacy: 'agree' });
await ok(
  'Utils.decryptSession (phone number)',
  '/sns/jscode2session',
  async () => app.getUtils().decryptSession(session.session_key, tapped.iv, tapped.encryptedData),
  (told) => {
    assert.equal(told.phoneNumber, '13900139000');
    return told.phoneNumber;
  },
);
const digest = createHash('sha256').update(tapped.encryptedData).digest('hex');
await ok(
  'post',
  '/wxa/business/checkencryptedmsg',
  () => post('wxa/business/checkencryptedmsg', { encrypted_msg_hash: digest }),
  (told) => {
    assert.equal(told.toObject().vaild, true);
    return 'vaild';
  },
);

// Codes.
const page = { scene: 'id=7', page: 'pages/order/order', width: 300, line_color: { r: '7', g: 193, b: 96 } };
const image = (told) => picture(told.getContent());
await ok('post', '/wxa/getwxacodeunlimit', () => bytes('wxa/getwxacodeunlimit', page), image);
await ok('post', '/wxa/getwxacode', () => bytes('wxa/getwxacode', { path: 'pages/order/order?id=7' }), image);
await ok(
  'post',
  '/cgi-bin/wxaapp/createwxaqrcode',
  () => bytes('cgi-bin/wxaapp/createwxaqrcode', { path: 'pages/index/index' }),
  image,
);
await fails(
  'post (page with a slash)',
  '/wxa/getwxacodeunlimit',
  41030,
  () => post('wxa/getwxacodeunlimit', { ...page, page: '/pages/order/order' }),
  number,
);
await fails(
  'post (env_version)',
  '/wxa/getwxacode',
  40097,
  () => post('wxa/getwxacode', { path: 'p', env_version: 'release_error' }),
  number,
);

// Content, media, nearby places.
const upload = (path, form, params = {}) => judged(client.request('post', path, { params, formData: form }));
const form = (content) => {
  const data = new FormData();
  data.append('media', content, { filename: 'pixel.png', contentType: 'image/png' });
  return data;
};
await ok(
  'post',
  '/wxa/msg_sec_check',
  () => post('wxa/msg_sec_check', { version: 2, scene: 1, openid: mei, content: '今天天气很好' }),
  (told) => {
    assert.equal(told.toObject().result.suggest, 'pass');
    return 'pass';
  },
);
await fails(
  'post (v1, probe)',
  '/wxa/msg_sec_check',
  87014,
  () => post('wxa/msg_sec_check', { content: '特3456书yuuo莞6543李zxcz蒜7782法fgnv级' }),
  number,
);
await fails(
  'post (v2, no such scene)',
  '/wxa/msg_sec_check',
  40129,
  () => post('wxa/msg_sec_check', { version: 2, scene: 9, openid: mei, content: 'a' }),
  number,
);
await ok('post', '/wxa/img_sec_check', () => upload('wxa/img_sec_check', form(PIXEL)));
await ok(
  'post',
  '/wxa/media_check_async',
  () =>
    post('wxa/media_check_async', {
      version: 2,
      scene: 1,
      openid: mei,
      media_type: 2,
      media_url: 'https://shop.example/a.png',
    }),
  (told) => told.toObject().trace_id,
);
await fails(
  'post (media_type)',
  '/wxa/media_check_async',
  40004,
  () =>
    post('wxa/media_check_async', {
      version: 2,
      scene: 1,
      openid: mei,
      media_type: 7,
      media_url: 'https://shop.example/a.png',
    }),
  number,
);
const media = await ok(
  'post',
  '/cgi-bin/media/upload',
  () => upload('cgi-bin/media/upload', form(PIXEL), { type: 'image' }),
  (told) => told.toObject().media_id,
);
await ok(
  'get',
  '/cgi-bin/media/get',
  () =>
    judged(
      client.request('get', 'cgi-bin/media/get', {
        params: { media_id: media.toObject().media_id },
        responseType: 'arraybuffer',
      }),
    ),
  (told) => {
    assert.deepEqual(told.getContent(), PIXEL);
    return told.getHeader('content-type');
  },
);
const place = {
  is_comm_nearby: '1',
  kf_info: '{"open_kf":false,"kf_headimg":"","kf_name":""}',
  pic_list: '{"list":["https://mmbiz.qpic.cn/a.png"]}',
  service_infos: JSON.stringify({
    service_infos: [{ id: 2, type: 1, name: '快递', appid: mini.appid, path: 'pages/index/index' }],
  }),
  store_name: '小店',
  hour: '10:00-21:00',
  credential: '156718193518281',
  address: '广东省广州市天河区体育西路1号',
  company_name: '小店有限公司',
  contract_phone: '13900139000',
  qualification_list: 'm1',
  map_poi_id: '5938314494307741153',
};
await ok(
  'post',
  '/wxa/addnearbypoi',
  () => post('wxa/addnearbypoi', place),
  (told) => `audit ${told.toObject().data.audit_id}`,
);
await ok(
  'get',
  '/wxa/getnearbypoilist',
  () => get('wxa/getnearbypoilist', { page: 1, page_rows: 20 }),
  (told) => {
    const [it] = JSON.parse(told.toObject().data.data).poi_list;
    assert.equal(it.audit_status, 3);
    return 'auditing';
  },
);
await fails(
  'post (auditing)',
  '/wxa/setnearbypoishowstatus',
  92005,
  async () => {
    const listed = (await get('wxa/getnearbypoilist', { page: 1, page_rows: 20 })).toObject().data.data;
    return post('wxa/setnearbypoishowstatus', { poi_id: JSON.parse(listed).poi_list[0].poi_id, status: 1 });
  },
  number,
);
await fails(
  'post (no such place)',
  '/wxa/delnearbypoi',
  93010,
  () => post('wxa/delnearbypoi', { poi_id: '1' }),
  number,
);

// Messages.
await ok(
  'get',
  '/wxaapi/newtmpl/gettemplate',
  () => get('wxaapi/newtmpl/gettemplate'),
  (told) => {
    assert.ok(told.toObject().data.some((it) => it.priTmplId === 'TEA-IS-READY'));
    return 'TEA-IS-READY';
  },
);
const titles = await ok(
  'get',
  '/wxaapi/newtmpl/getpubtemplatetitles',
  async () => {
    const category = (await get('wxaapi/newtmpl/getcategory')).toObject().data[0].id;
    return get('wxaapi/newtmpl/getpubtemplatetitles', { ids: String(category), start: 0, limit: 30 });
  },
  (told) => `${told.toObject().count} titles`,
);
const tid = String(titles?.toObject().data[0].tid);
const keywords = await ok(
  'get',
  '/wxaapi/newtmpl/getpubtemplatekeywords',
  () => get('wxaapi/newtmpl/getpubtemplatekeywords', { tid }),
  (told) =>
    told
      .toObject()
      .data.map((it) => it.name)
      .join(' '),
);
const added = await ok(
  'post',
  '/wxaapi/newtmpl/addtemplate',
  () =>
    post('wxaapi/newtmpl/addtemplate', {
      tid,
      kidList: keywords
        .toObject()
        .data.slice(0, 2)
        .map((it) => it.kid),
      sceneDesc: '取餐',
    }),
  (told) => told.toObject().priTmplId,
);
await ok('post', '/wxaapi/newtmpl/deltemplate', () =>
  post('wxaapi/newtmpl/deltemplate', { priTmplId: added.toObject().priTmplId }),
);
await fails(
  'post (one keyword)',
  '/wxaapi/newtmpl/addtemplate',
  200020,
  () => post('wxaapi/newtmpl/addtemplate', { tid, kidList: [1], sceneDesc: '取餐' }),
  number,
);
const message = (data) => post('cgi-bin/message/subscribe/send', { touser: mei, template_id: 'TEA-IS-READY', data });
await control('POST', 'subscribe', { user: 'mei', templates: ['TEA-IS-READY'] });
await fails(
  'post (a value that is too long)',
  '/cgi-bin/message/subscribe/send',
  47003,
  () => message({ thing1: { value: '茶'.repeat(21) }, number2: { value: '7' } }),
  number,
);
await ok('post', '/cgi-bin/message/subscribe/send', () =>
  message({ thing1: { value: '乌龙茶' }, number2: { value: '7' } }),
);
await fails(
  'post (used up)',
  '/cgi-bin/message/subscribe/send',
  43101,
  () => message({ thing1: { value: '乌龙茶' }, number2: { value: '7' } }),
  number,
);
await ok('post', '/cgi-bin/message/wxopen/template/uniform_send', () =>
  post('cgi-bin/message/wxopen/template/uniform_send', {
    touser: mei,
    mp_template_msg: {
      appid: account.appid,
      template_id: 'A',
      url: '',
      miniprogram: { appid: mini.appid, pagepath: 'pages/order/order' },
      data: { first: { value: '好' } },
    },
  }),
);
await fails(
  'post (another account)',
  '/cgi-bin/message/wxopen/template/uniform_send',
  40013,
  () =>
    post('cgi-bin/message/wxopen/template/uniform_send', {
      touser: mei,
      mp_template_msg: {
        appid: 'wx0000000000000000',
        template_id: 'A',
        url: '',
        miniprogram: { appid: mini.appid, pagepath: 'pages/order/order' },
        data: {},
      },
    }),
  number,
);
await control('POST', 'say', { user: 'mei', text: '在吗' });
await ok('post', '/cgi-bin/message/custom/typing', () =>
  post('cgi-bin/message/custom/typing', { touser: mei, command: 'Typing' }),
);
await fails(
  'post (again)',
  '/cgi-bin/message/custom/typing',
  45081,
  () => post('cgi-bin/message/custom/typing', { touser: mei, command: 'Typing' }),
  number,
);
await ok('post', '/cgi-bin/message/custom/business/typing', () =>
  post('cgi-bin/message/custom/business/typing', { touser: mei, command: 'CancelTyping' }),
);
await fails(
  'post (no such command)',
  '/cgi-bin/message/custom/business/typing',
  45072,
  () => post('cgi-bin/message/custom/business/typing', { touser: mei, command: 'Sleeping' }),
  number,
);
await ok('post', '/cgi-bin/message/custom/send', () =>
  post('cgi-bin/message/custom/send', {
    touser: mei,
    msgtype: 'link',
    link: { title: '茶', description: '新茶', url: 'https://shop.example/', thumb_url: 'https://shop.example/a.png' },
  }),
);
await fails(
  'post (not for mini programs)',
  '/cgi-bin/message/custom/send',
  40008,
  () => post('cgi-bin/message/custom/send', { touser: mei, msgtype: 'paper' }),
  number,
);

// SOTER: the phone signs, the server asks.
const [proof] = await phone([`gesture prove ${JSON.stringify({ challenge: 'order 7' })}`], { soter: 'recognised' });
const proven = { openid: mei, json_string: proof.resultJSON, json_signature: proof.resultJSONSignature };
await ok(
  'post',
  '/cgi-bin/soter/verify_signature',
  () => post('cgi-bin/soter/verify_signature', proven),
  (told) => {
    assert.equal(told.toObject().is_ok, true);
    return 'is_ok';
  },
);
await ok(
  'post (changed)',
  '/cgi-bin/soter/verify_signature',
  () => post('cgi-bin/soter/verify_signature', { ...proven, json_string: `${proof.resultJSON} ` }),
  (told) => {
    assert.equal(told.toObject().is_ok, false);
    return 'not is_ok';
  },
);

// Quotas and requests.
await ok(
  'post',
  '/cgi-bin/openapi/quota/get',
  () => post('cgi-bin/openapi/quota/get', { cgi_path: '/cgi-bin/message/custom/send' }),
  (told) => {
    const { quota } = told.toObject();
    assert.equal(quota.daily_limit - quota.used, quota.remain);
    return `${quota.used} used`;
  },
);
await fails(
  'post (of a login)',
  '/cgi-bin/openapi/quota/get',
  76022,
  () => post('cgi-bin/openapi/quota/get', { cgi_path: '/sns/jscode2session' }),
  number,
);
await ok(
  'post',
  '/cgi-bin/openapi/rid/get',
  async () => {
    const refused = await client.request('post', 'wxa/getwxacode', { json: { path: '' } });
    const [rid] = /[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}/.exec(refused.toObject().errmsg);
    return post('cgi-bin/openapi/rid/get', { rid });
  },
  (told) => {
    assert.ok(told.toObject().request.response_body.includes('40159'), told.toJson());
    return 'the request that was refused';
  },
);
await ok('post', '/cgi-bin/clear_quota', () => post('cgi-bin/clear_quota', { appid: mini.appid }));

// The official account.
await ok(
  'OfficialAccount.getTicket',
  '/cgi-bin/ticket/getticket',
  () => shop.getTicket().getTicket(),
  (ticket) => `${ticket.length} characters`,
);
await ok(
  'OfficialAccount.request',
  '/card/get',
  async () => judged(shop.getClient().request('post', 'card/get', { json: { card_id: 'pTeaCoupon' } })),
  (told) => told.toObject().card.card_type,
);

await import('./easywechat-pay.mjs');
await import('./easywechat-push.mjs');
