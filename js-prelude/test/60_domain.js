// Matchers that know mini programs. Each says in its message what there was instead.
(function (host, kit) {
  'use strict';
  const { read, format, equals, calls } = kit;
  const list = (items) => (items.length === 0 ? '  (none)' : items.map((item) => `  ${item}`).join('\n'));
  // Members that are given must be there; others may be.
  kit.subset = (wanted) => (kit.isObject(wanted) && !kit.isArray(wanted) ? kit.expect.objectContaining(wanted) : wanted);
  const within = (actual, wanted) => wanted === undefined || equals(actual, kit.subset(wanted));
  const told = (title, wanted, heading, items) => () =>
    `${title}\n\nExpected: ${wanted}\n${heading}:\n${list(items)}`;
  const one = (value) => (typeof value === 'string' ? value : format(value).replace(/\s*\n\s*/g, ' '));
  const resultOf = (value) => (kit.isObject(value) && kit.isObject(value.result) ? value.result : value);
  const isNot = (self) => (self.isNot ? 'not ' : '');

  kit.addMatchers({
    toBeOnPage(received, wanted, query) {
      const page = read('page');
      const route = kit.isObject(wanted) ? wanted.route ?? wanted.path : `${wanted}`.replace(/^\//, '').split('?')[0];
      const asked = kit.isObject(wanted) ? wanted.query : query ?? queryIn(wanted);
      const pass = page !== null && page.route === route && within(page.query, asked);
      const shown = (own) => (own === null ? '(no page)' : `${own.route} ${one(own.query)}`);
      return {
        pass,
        expected: route,
        actual: page === null ? '' : page.route,
        message: told('expect(app).toBeOnPage(page)', `${isNot(this)}${route}${asked ? ` ${one(asked)}` : ''}`, 'Pages, the one on top last', read('pages').map(shown)),
      };
    },
    toHaveData(received, wanted, value) {
      const data = read('data');
      if (typeof wanted === 'string') {
        const keys = wanted.match(/[^.[\]]+/g) ?? [];
        const actual = keys.reduce((inner, key) => (kit.isObject(inner) ? inner[key] : undefined), data);
        const pass = arguments.length < 3 ? actual !== undefined : equals(actual, value);
        return { pass, expected: format(value), actual: format(actual), message: () => `expect(app).toHaveData('${wanted}', value)` };
      }
      return {
        pass: equals(data, kit.expect.objectContaining(wanted)),
        expected: format(wanted),
        actual: format(Object.fromEntries(Object.keys(wanted).map((key) => [key, (data ?? {})[key]]))),
        message: () => 'expect(app).toHaveData(data)',
      };
    },
    toHaveStored(received, key, value) {
      const actual = read('storage', key);
      const pass = value === undefined ? actual !== null : equals(actual, value);
      return { pass, expected: format(value), actual: format(actual), message: () => `expect(app).toHaveStored('${key}', value)` };
    },
    toShow(received, text) {
      const found = kit.isElement(received)
        ? text instanceof RegExp ? text.test(received.text) : received.text.includes(text)
        : (received !== null && kit.isFunction(received?.queryAllByText) ? received : kit.screen).queryAllByText(text, { exact: false }).length > 0;
      return { pass: found, message: () => `expect(screen).toShow(text)\n\nExpected: ${isNot(this)}${text}\nThe page shows:\n${host.tree(undefined)}` };
    },
    toHaveCalled(received, api, options) {
      read('callable', api);
      const made = calls(api);
      return {
        pass: made.some((call) => within(call.options, options)),
        message: made.length > 0
          ? told(`expect(wx).toHaveCalled('${api}', options)`, `${isNot(this)}${one(options)}`, `Calls of wx.${api}`, made.map((call) => one(call.options)))
          : told(`expect(wx).toHaveCalled('${api}')`, `${isNot(this)}wx.${api}`, 'Calls', [...new Set(calls().map((call) => `wx.${call.api}`))]),
      };
    },
    toHaveCalledTimes(received, api, times) {
      read('callable', api);
      const made = calls(api);
      return {
        pass: made.length === times,
        expected: `${times}`,
        actual: `${made.length}`,
        message: told(`expect(wx).toHaveCalledTimes('${api}', times)`, `${isNot(this)}${times}`, `${made.length} calls of wx.${api}`, made.map((call) => one(call.options))),
      };
    },
    toFailWith(received, wanted) {
      const result = resultOf(received);
      const text = kit.isObject(result) ? result.errMsg ?? result.message : undefined;
      const failed = typeof text === 'string' && /:?\s*fail/.test(text);
      const api = failed ? text.split(':')[0] : '';
      const pass = failed && (wanted instanceof RegExp ? wanted.test(text) : text === wanted || read('isFailure', api, wanted, text));
      return {
        pass,
        expected: `${wanted}`,
        actual: text === undefined ? format(received) : text,
        message: () => 'expect(call).toFailWith(errMsg)',
      };
    },
    toSucceed(received) {
      const result = resultOf(received);
      const text = kit.isObject(result) ? result.errMsg : undefined;
      return { pass: typeof text === 'string' && text.endsWith(':ok'), expected: '…:ok', actual: text ?? format(received), message: () => 'expect(call).toSucceed()' };
    },
    toHavePrompted(received, key, options = {}) {
      const prompts = read('trace', ['question']);
      const fitting = prompts.filter((prompt) => prompt.key === key && (options.text === undefined || (options.text instanceof RegExp ? options.text.test(prompt.text) : `${prompt.text}`.includes(options.text))));
      return {
        pass: options.times === undefined ? fitting.length > 0 : fitting.length === options.times,
        message: told(`expect(user).toHavePrompted('${key}')`, `${isNot(this)}${key}${options.times === undefined ? '' : ` ${options.times} times`}`, 'Questions', prompts.map((prompt) => `${prompt.key}: ${prompt.text ?? ''}`)),
      };
    },
    toHaveNoPrompts() {
      const prompts = read('trace', ['question']);
      return { pass: prompts.length === 0, message: told('expect(user).toHaveNoPrompts()', `${this.isNot ? 'some' : 'no'} questions`, 'Questions', prompts.map((prompt) => `${prompt.key}: ${prompt.text ?? ''}`)) };
    },
    toHaveNoErrors() {
      const errors = read('trace', ['error']).map((entry) => `${entry.message} (${entry.place})`);
      return { pass: errors.length === 0, message: told('expect(app).toHaveNoErrors()', `${this.isNot ? 'some' : 'no'} errors`, 'Errors', errors) };
    },
    toHaveRequested(received, method, url, body) {
      const made = read('trace', ['request']);
      const fits = (own) => own.method === `${method}`.toUpperCase() && (url instanceof RegExp ? url.test(own.url) : host.matchesUrl(url, own.url));
      const data = (own) => {
        try {
          return JSON.parse(own.body);
        } catch {
          return own.body;
        }
      };
      return {
        pass: made.some((own) => fits(own) && within(data(own), body)),
        message: told('expect(server).toHaveRequested(method, url)', `${isNot(this)}${method} ${url}${body === undefined ? '' : ` ${one(body)}`}`, 'Requests', made.map((own) => `${own.method} ${own.url} ${own.body ?? ''}`)),
      };
    },
    toHavePermission(received, scope, on = true) {
      const permissions = read('permissions');
      return { pass: permissions[scope] === on, expected: `${on}`, actual: `${permissions[scope]}`, message: () => `expect(world).toHavePermission('${scope}', ${on})` };
    },
    toDecryptTo(received, wanted) {
      const data = resultOf(received);
      if (!kit.isObject(data) || typeof data.encryptedData !== 'string') {
        return { pass: false, expected: format(wanted), actual: format(received), message: () => 'expect({ encryptedData, iv }).toDecryptTo(value)\n\nthere are no encryptedData and iv' };
      }
      try {
        const actual = host.backend('decrypt', [data.encryptedData, data.iv]);
        return { pass: within(actual, wanted), expected: format(wanted), actual: format(actual), message: () => 'expect({ encryptedData, iv }).toDecryptTo(value)' };
      } catch (error) {
        return { pass: false, expected: format(wanted), actual: error.message, message: () => `expect({ encryptedData, iv }).toDecryptTo(value)\n\nthe server cannot open it: ${error.message}` };
      }
    },
    toBePaid(received) {
      const number = kit.isObject(received) ? received.out_trade_no : received;
      const order = typeof number === 'string' ? host.backend('order', [number]) : null;
      const orders = host.backend('orders', []);
      return {
        pass: order !== null && order.trade_state === 'SUCCESS',
        message: told('expect(order).toBePaid()', `${isNot(this)}paid`, 'Orders', orders.map((own) => `${own.out_trade_no} ${own.trade_state}`)),
      };
    },
    toMatchTrace(received, hint) {
      return kit.compare(this, 'toMatchTrace', 'trace', hint, read('traceText'));
    },
    toMatchTree(received, hint) {
      const element = kit.isElement(received) ? received : undefined;
      return kit.compare(this, 'toMatchTree', 'tree', hint, element === undefined ? host.tree(undefined) : element.markup);
    },
  });
  const queryIn = (path) => {
    const text = `${path}`.split('?')[1];
    return text === undefined ? undefined : Object.fromEntries(text.split('&').map((part) => part.split('=').map(decodeURIComponent)));
  };

  // A text beside the one that is kept for this test.
  kit.compare = (self, name, kind, hint, plain) => {
    if (self.isNot) throw new TypeError(`${name}() cannot be turned round with .not`);
    if (hint !== undefined && typeof hint !== 'string') throw new TypeError(`${name}(hint) takes a text`);
    const text = (kit.options.snapshot ?? {}).redact === false ? plain : kit.redact(plain);
    const kept = kit.snapshot(kind, hint, text);
    const title = `expect(${kind === 'trace' ? 'sim' : 'screen'}).${name}()`;
    const diff = kept.pass || kept.isNew ? '' : kit.diff(kept.expected, text);
    return {
      pass: kept.pass,
      expected: kept.expected,
      actual: text,
      diff,
      message: () =>
        kept.isNew
          ? `${title}\n\nNo snapshot \`${kept.name}\` is stored, and none may be written here (--ci); the received text reads\n\n${text}`
          : `${title}\n\nThe snapshot \`${kept.name}\` is another text:\n\n${diff}`,
    };
  };
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
