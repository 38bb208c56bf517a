// Matchers that know mini programs. Each says what there was instead.
(function (host, kit) {
  'use strict';
  const { read, calls } = kit;
  const within = (actual, wanted) => wanted === undefined || kit.equals(actual, wanted, 'subset');
  const isText = (text, wanted) => (wanted instanceof RegExp ? wanted.test(text) : `${text}`.includes(`${wanted}`));
  const no = (self) => (self.isNot ? 'not ' : '');
  const list = (heading, items) => [`${heading}:`, ...(items.length === 0 ? ['  (none)'] : items.map((item) => `  ${item}`))];
  // `judge` gives [pass, tell], as those of expect; `what` stands for the received value.
  const define = (name, what, hint, judge) =>
    kit.matcher(name, hint, (received, args, self) => {
      self.what = what;
      return judge(args, self, received);
    });
  const resultOf = (value) => (kit.isObject(value) && kit.isObject(value.result) ? value.result : value);
  const line = (value) => (typeof value === 'string' ? value : kit.short(value));

  const pageOf = (wanted, query) => {
    if (kit.isObject(wanted)) return { route: wanted.route ?? wanted.path, query: wanted.query };
    const [route, text] = `${wanted}`.replace(/^\//, '').split('?');
    const pairs = text === undefined ? undefined : Object.fromEntries(text.split('&').map((part) => part.split('=').map(decodeURIComponent)));
    return { route, query: query ?? pairs };
  };
  const shown = ({ route, query = {} }) => `${route}${Object.keys(query).length === 0 ? '' : ` ${kit.short(query)}`}`;
  define('toBeOnPage', 'app', 'page', ([wanted, query], self) => {
    const page = read('page');
    const asked = pageOf(wanted, query);
    return [page !== null && page.route === asked.route && within(page.query, asked.query), () => ({
      rows: [['Expected', no(self) + shown(asked)], ['Received', page === null ? '(no page)' : shown(page)]],
      after: list('Page stack, the bottom first', read('pages').map(shown)),
      expected: asked.route,
      actual: page === null ? '' : page.route,
    })];
  });
  define('toHaveData', 'app', (args) => (typeof args[0] === 'string' ? 'path, value' : 'data'), (args, self) => {
    const data = read('data') ?? {};
    const [wanted, value] = args;
    if (typeof wanted !== 'string') {
      const own = Object.fromEntries(Object.keys(wanted).map((key) => [key, data[key]]));
      return [within(data, wanted), () => kit.versus(self, wanted, own, 'subset')];
    }
    const keys = wanted.match(/[^.[\]]+/g) ?? [];
    const actual = keys.reduce((inner, key) => (kit.isObject(inner) ? inner[key] : undefined), data);
    return [args.length < 2 ? actual !== undefined : kit.equals(actual, value), () => kit.versus(self, args.length < 2 ? kit.expect.anything() : value, actual)];
  });
  define('toHaveStored', 'app', 'key, value', (args, self) => {
    const [key, value] = args;
    const actual = read('storage', key);
    return [args.length < 2 ? actual !== null : kit.equals(actual, value), () => ({
      ...kit.versus(self, args.length < 2 ? kit.expect.anything() : value, actual),
      after: list('Keys of the storage', Object.keys(read('storage'))),
    })];
  });
  define('toShow', 'screen', 'text', ([text], self, received) => {
    const isElement = kit.isElement(received);
    const queries = kit.isObject(received) && !isElement && kit.isFunction(received.queryAllByText) ? received : kit.screen;
    const pass = isElement ? isText(received.text, text) : queries.queryAllByText(text, { exact: false }).length > 0;
    return [pass, () => ({
      rows: [['Expected', no(self) + kit.short(text)]],
      after: list(isElement ? 'The element shows' : 'The page shows', `${isElement ? received.text : host.tree(undefined)}`.split('\n')),
    })];
  });

  const named = (api) => {
    if (typeof api !== 'string') throw new TypeError(`the name of an API is a text such as 'login', not ${kit.short(api)}`);
  };
  define('toHaveCalled', 'wx', (args) => (args.length > 1 ? 'api, options' : 'api'), ([api, options], self) => {
    named(api);
    read('callable', api);
    const made = calls(api);
    return [made.some((call) => within(call.options, options)), () => ({
      rows: [['Expected', `${no(self)}wx.${api}${options === undefined ? '' : ` with ${kit.short(options)}`}`]],
      after: made.length > 0
        ? list(`Calls of wx.${api}`, made.map((call) => kit.short(call.options)))
        : list('Calls', [...new Set(calls().map((call) => `wx.${call.api}`))]),
    })];
  });
  define('toHaveCalledTimes', 'wx', 'api, count', ([api, count], self) => {
    named(api);
    read('callable', api);
    const made = calls(api);
    return [made.length === count, () => ({
      rows: [['Expected', `${no(self)}${count}`], ['Received', made.length]],
      after: list(`Calls of wx.${api}`, made.map((call) => kit.short(call.options))),
    })];
  });
  define('toFailWith', 'call', 'errMsg', ([wanted], self, received) => {
    const result = resultOf(received);
    const text = kit.isObject(result) ? result.errMsg ?? result.message : undefined;
    const failed = typeof text === 'string' && /:\s*fail|fail:/.test(text);
    const pass = failed && (wanted instanceof RegExp ? wanted.test(text) : text === wanted || read('isFailure', text.split(':')[0], wanted, text));
    return [pass, () => [['Expected', no(self) + kit.short(wanted)], ['Received', kit.short(text === undefined ? received : text)]]];
  });
  define('toSucceed', 'call', '', ([], self, received) => {
    const result = resultOf(received);
    const text = kit.isObject(result) ? result.errMsg : undefined;
    return [typeof text === 'string' && text.endsWith(':ok'), () => [['Received', kit.short(text === undefined ? received : text)]]];
  });

  const prompts = () => read('trace', ['question']);
  const prompt = ({ key, text }) => (text ? `${key}: ${text}` : key);
  define('toHavePrompted', 'user', 'question', ([key, options = {}], self) => {
    const asked = prompts();
    const count = asked.filter((own) => own.key === key && (options.text === undefined || isText(own.text, options.text))).length;
    return [options.times === undefined ? count > 0 : count === options.times, () => ({
      rows: [['Expected', `${no(self)}${key}${options.text === undefined ? '' : ` with ${kit.short(options.text)}`}${options.times === undefined ? '' : `, ${options.times} times`}`]],
      after: list('Questions', asked.map(prompt)),
    })];
  });
  define('toHaveNoPrompts', 'user', '', () => {
    const asked = prompts();
    return [asked.length === 0, () => ({ rows: [['Received', asked.length]], after: list('Questions', asked.map(prompt)) })];
  });
  define('toHaveNoErrors', 'app', '', () => {
    const errors = read('trace', ['error']).map((own) => `${own.message} (${own.place})`);
    return [errors.length === 0, () => ({ rows: [['Received', errors.length]], after: list('Errors', errors) })];
  });
  define('toHaveRequested', 'server', (args) => (args.length > 2 ? 'method, url, body' : 'method, url'), ([method, url, body], self) => {
    const made = read('trace', ['request']);
    const fits = (own) =>
      own.method === `${method}`.toUpperCase() &&
      (url instanceof RegExp ? url.test(own.url) : host.matchesUrl(`${url}`, own.url)) &&
      within(kit.parsed(own.body), body);
    return [made.some(fits), () => ({
      rows: [['Expected', `${no(self)}${method} ${url}${body === undefined ? '' : ` ${kit.short(body)}`}`]],
      after: list('Requests', made.map((own) => `${own.method} ${own.url} ${own.body ?? ''}`.trimEnd())),
    })];
  });
  define('toHavePermission', 'world', 'scope, granted', ([scope, granted = true], self) => {
    const permissions = read('permissions');
    return [permissions[scope] === granted, () => kit.versus(self, granted, permissions[scope])];
  });
  define('toDecryptTo', '{ encryptedData, iv }', 'value', ([wanted], self, received) => {
    const data = resultOf(received);
    if (!kit.isObject(data) || typeof data.encryptedData !== 'string') throw self.usage(`the received value must have encryptedData and iv, it is ${kit.short(received)}`);
    try {
      const actual = host.backend('decrypt', [data.encryptedData, data.iv]);
      return [within(actual, wanted), () => kit.versus(self, wanted, actual, 'subset')];
    } catch (error) {
      return [false, () => [['Expected', kit.short(wanted)], ['The server cannot open it', error.message]]];
    }
  });
  define('toBePaid', 'order', '', ([], self, received) => {
    const number = kit.isObject(received) ? received.out_trade_no : received;
    const order = typeof number === 'string' ? host.backend('order', [number]) : null;
    return [order !== null && order.trade_state === 'SUCCESS', () => ({
      rows: [['Received', order === null ? `no order ${line(number)}` : `${number} ${order.trade_state}`]],
      after: list('Orders', host.backend('orders', []).map((own) => `${own.out_trade_no} ${own.trade_state}`)),
    })];
  });

  // A text beside the one that is kept for this test.
  const compare = (kind, self, hint, plain) => {
    if (self.isNot) throw self.usage('a snapshot cannot be compared with `.not`');
    if (hint !== undefined && typeof hint !== 'string') throw self.usage(`the hint must be a text, it is ${kit.short(hint)}`);
    const text = (kit.options.snapshot ?? {}).redact === false ? plain : kit.redact(plain);
    const kept = kit.snapshot(kind, hint, text);
    return [kept.pass, () => kit.unlike(kept, text)];
  };
  define('toMatchTrace', 'sim', '', ([hint], self) => compare('trace', self, hint, read('traceText')));
  define('toMatchTree', 'screen', '', ([hint], self, received) =>
    compare('tree', self, hint, kit.isElement(received) ? received.markup : host.tree(undefined)));
  const numbers = new kit.Map();
  kit.snapshot = (kind, hint, text, inline) => {
    const titles = kit.titles().join(' › ');
    const twin = kit.twin();
    const key = `${titles}${twin === 0 ? '' : ` (${twin + 1})`}${hint === undefined ? '' : `: ${hint}`} ${kind === 'file' ? 'snapshot' : kind}`;
    const number = (kit.get(numbers, key) ?? 0) + 1;
    kit.set(numbers, key, number);
    return host.snapshot(`${key} ${number}`, text, kind === 'inline', inline, new Error('here'));
  };
})
