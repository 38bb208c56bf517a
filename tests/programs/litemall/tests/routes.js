// A back end for litemall, with data of our own: one teapot for 88 yuan, and orders that are paid when WeChat Pay says so.
const ROOT = 'http://localhost:8080/wx/';
const ok = (data) => ({ json: { errno: 0, errmsg: '成功', data } });
const refuse = (errno, errmsg) => ({ json: { errno, errmsg } });

const TEAPOT = { id: 9, goodsName: '茶壶', number: 1, price: 88, picUrl: 'https://img.example/pot.png' };
const PRICES = { actualPrice: 88, couponPrice: 0, freightPrice: 0, goodsTotalPrice: 88, orderTotalPrice: 88, grouponPrice: 0 };
const IDS = { addressId: 3, couponId: 0, userCouponId: 0 };

const goods = (more = {}) => ({
  info: { id: 9, name: '茶壶', brief: '一人用', retailPrice: 88, counterPrice: 99, picUrl: TEAPOT.picUrl, gallery: [], detail: '<p>陶</p>' },
  attribute: [],
  issue: [],
  comment: { count: 0, data: [] },
  brand: {},
  specificationList: [{ name: '规格', valueList: [{ id: 1, specification: '规格', value: '标准' }] }],
  productList: [{ id: 1, price: 88, url: TEAPOT.picUrl, number: 5, specifications: ['标准'] }],
  userHasCollect: 0,
  shareImage: 'https://img.example/poster.png',
  groupon: [],
  share: true,
  ...more,
});

// Routes for all that these tests come by. Gives what the shop knows, and `route` to change an answer.
const shop = (server) => {
  const mall = { orders: [], phone: undefined };
  const route = (method, path, reply, options) => server.route(method, `${ROOT}${path}`, reply, options);
  const number = (id) => `mall-${id}`;
  const isPaid = (id) => (server.pay.order(number(id)) ?? {}).trade_state === 'SUCCESS';

  route('GET', 'home/index', ok({ newGoodsList: [], hotGoodsList: [], channel: [], banner: [] }));
  route('GET', 'goods/count', ok(1));
  route('GET', 'cart/goodscount', ok(1));
  route('GET', 'cart/index', ok({ cartList: [], cartTotal: {} }));
  route('GET', 'cart/checkout', ({ query }) => ok({
    checkedGoodsList: [TEAPOT],
    checkedAddress: { id: 3, name: '小梅', tel: '139', addressDetail: '三里亭' },
    availableCouponLength: 0,
    ...PRICES,
    ...IDS,
    grouponRulesId: Number(query.grouponRulesId),
  }));
  route('POST', 'cart/fastadd', ok(31));
  route('GET', 'user/index', ok({ order: { unpaid: 1, unship: 0, unrecv: 0, uncomment: 0 } }));
  route('GET', 'goods/detail', ok(goods()));
  route('GET', 'goods/related', ok({ list: [] }));

  route('POST', 'auth/login_by_weixin', ({ data }) => {
    const { openid } = server.code2session(data.code);
    return ok({ token: `token-${openid}`, userInfo: data.userInfo });
  });
  route('POST', 'auth/bindPhone', ({ data }) => {
    try {
      mall.phone = server.decrypt(data).purePhoneNumber;
      return ok();
    } catch {
      return refuse(402, '微信数据解不开');
    }
  });

  route('POST', 'order/submit', ({ data }) => {
    const id = 7 + mall.orders.length;
    mall.orders.push(id);
    return ok({ orderId: id, grouponLinkId: data.grouponRulesId > 0 ? 5 : 0 });
  });
  route('POST', 'order/prepay', ({ data }) => {
    if (isPaid(data.orderId)) return refuse(725, '订单不能支付');
    const signed = server.pay.prepay({ total: 8800, out_trade_no: number(data.orderId) });
    return ok({ ...signed, packageValue: signed.package });
  });
  const told = (id) => ({
    id,
    orderSn: number(id),
    orderStatusText: isPaid(id) ? '已付款' : '未付款',
    actualPrice: 88,
    handleOption: { pay: !isPaid(id) },
    goodsList: [TEAPOT],
  });
  route('GET', 'order/detail', ({ query }) => ok({ orderInfo: told(query.orderId), orderGoods: [TEAPOT] }));
  route('GET', 'order/list', () => ok({ list: [told('7')], pages: 1 }));

  const groupon = { id: 5, grouponId: 5, rulesId: 2, status: 1 };
  route('GET', 'groupon/detail', ok({
    groupon,
    joiners: [{ id: 1, nickname: '小梅' }],
    orderInfo: { id: 7 },
    orderGoods: [TEAPOT],
    rules: { id: 2, discount: 8, discountMember: 2 },
  }));
  route('GET', 'groupon/join', ok({ groupon, goods: { id: 9 } }));
  return Object.assign(mall, { route, number });
};

// The program as after a login by WeChat: it and its server know the user.
const login = async ({ app, user }) => {
  user.answers({ privacy: 'agree' });
  await app.launch('pages/ucenter/index/index');
  await user.tap('.profile-info');
  await user.tap('"微信直接登录"');
};

module.exports = { ROOT, ok, refuse, goods, shop, login };
