// co-wechat-api over TLS: its card methods name https://api.weixin.qq.com themselves, so the connection is led here.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { PIXEL, picture, reporter } from './report.mjs';
import { folder, load, world } from './worlds.mjs';

const API = load('co-wechat-api');
const { url, mini, account, openid, control, phone, code } = world('tls');
const { port } = new URL(url);

/** Connects to the server of the suite, whatever host was asked for; the certificate is that host's. */
class Here extends Agent {
  createConnection(options, done) {
    return super.createConnection({ ...options, host: '127.0.0.1', port, servername: options.host }, done);
  }
}
const client = ({ appid, secret }) => {
  const api = new API(appid, secret);
  api.setOpts({ agent: new Here({ keepAlive: false }), timeout: 15_000 });
  return api;
};

const api = client(mini);
const cards = client(account);
const { ok, fails } = reporter('co-wechat-api');
const number = (error) => (error.name === 'WeChatAPIError' ? error.code : `not its own error: ${error}`);
const mei = openid('mei');

// Tokens.
await ok(
  'getAccessToken',
  '/cgi-bin/token',
  () => api.getAccessToken(),
  ({ accessToken }) => {
    assert.ok(accessToken.length > 30);
    return `${accessToken.length} characters`;
  },
);
await fails(
  'getAccessToken',
  '/cgi-bin/token',
  40125,
  () => client({ ...mini, secret: '0'.repeat(32) }).getAccessToken(),
  number,
);
await fails(
  'getAccessToken',
  '/cgi-bin/token',
  40013,
  () => client({ appid: 'wx0000000000000000', secret: mini.secret }).getAccessToken(),
  number,
);
await ok(
  'request (a token that is over)',
  '/wxa/getwxacode',
  async () => {
    const stale = client(mini);
    await stale.saveToken({ accessToken: `1_${'x'.repeat(120)}`, expireTime: Date.now() + 60_000 });
    const bytes = await stale.getWXACode('pages/index/index');
    assert.notEqual((await stale.getToken()).accessToken.slice(2, 5), 'xxx');
    return bytes;
  },
  (bytes) => `renewed by itself, then a ${picture(bytes)}`,
);

// Login.
const used = await code();
await ok(
  'code2Session',
  '/sns/jscode2session',
  () => api.code2Session(used),
  (session) => {
    assert.equal(session.openid, mei);
    assert.equal(Buffer.from(session.session_key, 'base64').length, 16);
    assert.equal(session.unionid.length, 28);
    return 'openid, session_key, unionid';
  },
);
await fails('code2Session (the same code)', '/sns/jscode2session', 40163, () => api.code2Session(used), number);
await fails(
  'code2Session (no such code)',
  '/sns/jscode2session',
  40029,
  () => api.code2Session('0'.repeat(32)),
  number,
);

// Codes.
await ok('getWXACode', '/wxa/getwxacode', () => api.getWXACode('pages/order/order?id=7'), picture);
await ok(
  'getWXACode (transparent)',
  '/wxa/getwxacode',
  () => api.getWXACode('pages/order/order', 280, false, { r: 7, g: 193, b: 96 }, true),
  (bytes) => {
    assert.equal(picture(bytes), 'PNG');
    return 'PNG';
  },
);
await ok(
  'getWXACodeUnlimit',
  '/wxa/getwxacodeunlimit',
  () => api.getWXACodeUnlimit('id=7', 'pages/order/order'),
  picture,
);
await ok('createWXAQRCode', '/cgi-bin/wxaapp/createwxaqrcode', () => api.createWXAQRCode('pages/index/index'), picture);
await fails('getWXACode (no path)', '/wxa/getwxacode', 40159, () => api.getWXACode(''), number);
await fails(
  'getWXACodeUnlimit (no such page)',
  '/wxa/getwxacodeunlimit',
  41030,
  () => api.getWXACodeUnlimit('id=7', 'pages/none/none'),
  number,
);
await fails(
  'getWXACodeUnlimit (a scene of 33 characters)',
  '/wxa/getwxacodeunlimit',
  40169,
  () => api.getWXACodeUnlimit('x'.repeat(33), 'pages/order/order'),
  number,
);
await fails(
  'createWXAQRCode (no path)',
  '/cgi-bin/wxaapp/createwxaqrcode',
  40159,
  () => api.createWXAQRCode(''),
  number,
);

// Media and the customer service.
const file = join(folder, 'pixel.png');
writeFileSync(file, PIXEL);
const media = await ok(
  'uploadImageMedia',
  '/cgi-bin/media/upload',
  () => api.uploadImageMedia(file),
  ({ type, media_id: id }) => {
    assert.equal(type, 'image');
    return id;
  },
);
await ok(
  'getMedia',
  '/cgi-bin/media/get',
  () => api.getMedia(media.media_id),
  (bytes) => {
    assert.deepEqual(bytes, PIXEL);
    return 'the same bytes';
  },
);
await fails('getMedia (no such media_id)', '/cgi-bin/media/get', 40007, () => api.getMedia('none'), number);
await fails('uploadMedia (no such type)', '/cgi-bin/media/upload', 40004, () => api.uploadMedia(file, 'paper'), number);
await fails('sendText (nobody wrote)', '/cgi-bin/message/custom/send', 45015, () => api.sendText(mei, '你好'), number);
await control('POST', 'say', { user: 'mei', text: '有茶吗' });
await ok('sendText', '/cgi-bin/message/custom/send', () => api.sendText(mei, '有 "龙井"'));
await ok('sendImage', '/cgi-bin/message/custom/send', () => api.sendImage(mei, media.media_id));
await ok('sendMiniProgram', '/cgi-bin/message/custom/send', () =>
  api.sendMiniProgram(mei, { title: '茶', pagepath: 'pages/order/order?id=7', thumb_media_id: media.media_id }),
);
await ok(
  'sendText (read by the user)',
  '/cgi-bin/message/custom/send',
  () => api.sendText(mei, '再见'),
  async () => {
    const told = JSON.stringify(await control('GET', 'conversations'));
    assert.ok(told.includes('龙井') && told.includes('再见'), told);
    return 'in the conversation';
  },
);
await ok('sendText (the fifth)', '/cgi-bin/message/custom/send', () => api.sendText(mei, '5'));
await fails('sendText (the sixth)', '/cgi-bin/message/custom/send', 45047, () => api.sendText(mei, '6'), number);
await fails(
  'sendText (no such openid)',
  '/cgi-bin/message/custom/send',
  40003,
  () => api.sendText('o'.repeat(28), '6'),
  number,
);

// Subscribe messages; template messages ended in January 2020.
const TEA = { thing1: { value: '乌龙茶' }, number2: { value: '7' } };
await control('POST', 'subscribe', { user: 'mei', templates: ['TEA-IS-READY'] });
await ok(
  'sendSubscribeMessage',
  '/cgi-bin/message/subscribe/send',
  () => api.sendSubscribeMessage(mei, 'TEA-IS-READY', 'pages/order/order', TEA),
  async () => {
    assert.ok(JSON.stringify(await control('GET', 'messages')).includes('乌龙茶'));
    return 'on the phone';
  },
);
await fails(
  'sendSubscribeMessage (used up)',
  '/cgi-bin/message/subscribe/send',
  43101,
  () => api.sendSubscribeMessage(mei, 'TEA-IS-READY', 'pages/order/order', TEA),
  number,
);
await fails(
  'sendSubscribeMessage (no such template)',
  '/cgi-bin/message/subscribe/send',
  40037,
  () => api.sendSubscribeMessage(mei, 'NONE', undefined, TEA),
  number,
);
await fails(
  'sendMiniProgramTemplate (after 2020)',
  '/cgi-bin/message/wxopen/template/send',
  45103,
  () => api.sendMiniProgramTemplate(mei, 'TEA-IS-READY', undefined, 'f', {}),
  number,
);

// Cards.
await ok(
  'getTicket',
  '/cgi-bin/ticket/getticket',
  () => cards.getTicket('wx_card'),
  ({ ticket }) => `${ticket.length} characters`,
);
await ok(
  'getColors',
  '/card/getcolors',
  () => cards.getColors(),
  ({ colors }) => `${colors.length} colours`,
);
const base = {
  logo_url: 'https://shop.example/logo.png',
  brand_name: '小店',
  code_type: 'CODE_TYPE_TEXT',
  title: '九折',
  color: 'Color010',
  notice: '出示',
  description: '每单一张',
  sku: { quantity: 10 },
  date_info: { type: 'DATE_TYPE_FIX_TERM', fixed_term: 30, fixed_begin_term: 0 },
};
const made = await ok(
  'createCard',
  '/card/create',
  () => cards.createCard({ card_type: 'DISCOUNT', discount: { base_info: base, discount: 10 } }),
  ({ card_id: id }) => {
    assert.equal(id.length, 28);
    return id;
  },
);
await fails(
  'createCard (no such type)',
  '/card/create',
  40071,
  () => cards.createCard({ card_type: 'PAPER', paper: { base_info: base } }),
  number,
);
const cardId = made?.card_id ?? 'pTeaCoupon';
await ok(
  'getCard',
  '/card/get',
  () => cards.getCard(cardId),
  ({ card }) => {
    assert.equal(card.discount.base_info.title, '九折');
    return card.card_type;
  },
);
await ok(
  'getCards',
  '/card/batchget',
  () => cards.getCards(0, 10),
  ({ card_id_list: list }) => {
    assert.ok(list.includes(cardId));
    return `${list.length} cards`;
  },
);
await ok('updateCardStock', '/card/modifystock', () => cards.updateCardStock(cardId, 5));
// The SDK's own signature opens the card on the phone.
const taken = await ok(
  'getCardExt',
  '/cgi-bin/ticket/getticket',
  async () => {
    const ext = await cards.getCardExt({ card_id: cardId });
    const list = [{ cardId, cardExt: JSON.stringify(ext) }];
    const [result] = await phone([`gesture takeCards ${JSON.stringify({ list })}`], { card: 'ok' });
    assert.equal(result.errMsg, 'addCard:ok', JSON.stringify(result));
    return result.cardList[0];
  },
  () => 'wx.addCard takes its signature',
);
const got = await ok(
  'decryptCode',
  '/card/code/decrypt',
  () => cards.decryptCode(taken.code),
  ({ code: text }) => {
    assert.match(text, /^\d{12}$/);
    return text;
  },
);
await ok(
  'getCode',
  '/card/code/get',
  () => cards.getCode(got.code),
  (told) => {
    assert.equal(told.user_card_status, 'NORMAL');
    assert.equal(told.openid, openid('mei', account));
    return told.user_card_status;
  },
);
await ok(
  'getCardList',
  '/card/user/getcardlist',
  () => cards.getCardList(openid('mei', account)),
  ({ card_list: list }) => {
    assert.deepEqual(
      list.map((it) => it.code),
      [got.code],
    );
    return 'one card';
  },
);
await ok(
  'consumeCode',
  '/card/code/consume',
  () => cards.consumeCode(got.code),
  ({ card }) => {
    assert.equal(card.card_id, cardId);
    return 'consumed';
  },
);
await fails('consumeCode (twice)', '/card/code/consume', 40099, () => cards.consumeCode(got.code), number);
await fails(
  'decryptCode (not decoded)',
  '/card/code/decrypt',
  40056,
  () => cards.decryptCode(encodeURIComponent(`${taken.code}==`)),
  number,
);
await ok('activateUserForm', '/card/membercard/activateuserform/set', () =>
  cards.activateUserForm({
    card_id: 'pMember',
    required_form: { common_field_id_list: ['USER_FORM_INFO_FLAG_MOBILE'] },
  }),
);
await ok(
  'getActivateMembercardUrl',
  '/card/membercard/activate/geturl',
  () => cards.getActivateMembercardUrl({ card_id: 'pMember', outer_str: 'door' }),
  ({ url: told }) => {
    assert.equal(new URL(told).searchParams.get('outer_str'), 'door');
    return told;
  },
);
// The phone opens the membership card component with the parts of the address, and comes back with a ticket.
const member = await ok(
  'getActivateTempinfo',
  '/card/membercard/activatetempinfo/get',
  async () => {
    const { url: address } = await cards.getActivateMembercardUrl({ card_id: 'pMember', outer_str: 'door' });
    const extraData = Object.fromEntries(
      ['encrypt_card_id', 'outer_str', 'biz'].map((name) => [name, new URL(address).searchParams.get(name)]),
    );
    const printed = await phone([`gesture activate ${JSON.stringify({ extraData })}`], {
      memberCard: 'activate',
      openProgram: 'allow',
    });
    const back = printed.find((it) => it.activate_ticket);
    assert.ok(back, JSON.stringify(printed));
    return { ...back, ...(await cards.getActivateTempinfo(back.activate_ticket)) };
  },
  ({ info }) => info.common_field_list.map(({ name, value }) => `${name} ${value}`).join(' '),
);
await ok('activateMembercard', '/card/membercard/activate', () =>
  cards.activateMembercard({ membership_number: 'NO-7', code: member.code, card_id: 'pMember', init_bonus: 10 }),
);
await ok(
  'updateMembercard',
  '/card/membercard/updateuser',
  () => cards.updateMembercard({ code: member.code, card_id: 'pMember', add_bonus: 5 }),
  ({ result_bonus: bonus }) => `${bonus} points`,
);
await fails(
  'getActivateTempinfo (no such ticket)',
  '/card/membercard/activatetempinfo/get',
  40097,
  () => cards.getActivateTempinfo('none'),
  number,
);
await ok('deleteCard', '/card/delete', () => cards.deleteCard(cardId));
await fails('getCard (of the mini program)', '/card/get', 48001, () => api.getCard('pTeaCoupon'), number);
