// What a test holds in its hands: app, user, server, clock, wx, world, sim.
(function (host, kit) {
  'use strict';
  const { read, act, step } = kit;
  const json = (value) => JSON.stringify(value);

  // A page with its query, as `launch` and `resume` take it.
  const opening = (path, options = {}) => {
    const given = kit.isObject(path) ? path : { path, ...options };
    const { query, scene, referrerInfo } = given;
    let url = given.path === undefined ? '' : `${given.path}`.replace(/^\//, '');
    if (kit.isObject(query)) {
      const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
      if (pairs.length > 0) url += `${url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
    }
    const words = [];
    if (url !== '') words.push(url);
    if (scene !== undefined) words.push(`scene=${scene}`);
    if (referrerInfo !== undefined) {
      words.push(`referrer=${referrerInfo.appId}`);
      if (referrerInfo.extraData !== undefined) words.push(`extra=${json(referrerInfo.extraData)}`);
    }
    return words;
  };
  const reach = (value, path) => {
    if (path === undefined) return value;
    const keys = `${path}`.match(/[^.[\]]+/g) ?? [];
    return keys.reduce((inner, key) => (kit.isObject(inner) ? inner[key] : undefined), value);
  };

  const appOf = () => {
    const app = {
      launch: (path, options) => step('launch', ...opening(path, options)),
      resume: (path, options) => step('resume', ...opening(path, options)),
      background: () => step('background'),
      kill: () => step('kill'),
      delete: () => step('deleteApp'),
      // Runs a function (its text, without what it closes over) or an expression in the program.
      evaluate: (code, ...args) =>
        act('evaluate', kit.isFunction(code) ? `(${code})(...${json(args)})` : `(${code})`),
      data: (path) => reach(read('data'), path),
      get page() {
        return read('page');
      },
      get pages() {
        return read('pages');
      },
      storage: (key) => read('storage', key),
      get console() {
        return read('trace', ['console']).map(({ level, text }) => ({ level, text }));
      },
      get errors() {
        return read('trace', ['error']).map((entry) => ({ kind: entry.kind, message: entry.message, place: entry.place }));
      },
      // Errors and console lines that the test means to happen.
      allow: (...patterns) => {
        for (const pattern of patterns) kit.allowed.push(pattern);
      },
    };
    return kit.strict('app', app);
  };
  kit.allowed = [];
  kit.bridge.allowed = (texts) =>
    texts.map((text) =>
      kit.allowed.some((own) => (own instanceof RegExp ? text.search(own) >= 0 : text.includes(`${own}`))),
    );

  // An element goes by its own handle, everything else is a TARGET.
  const on = (verb, detail) => (target, ...rest) => {
    if (kit.isElement(target)) return act('element', verb, target.page, target.node, detail(...rest), target.label);
    if (typeof target !== 'string') throw new TypeError(`user.${verb}() needs a target: a selector, a text in quotes, or an element`);
    return step(verb, detail.text === undefined ? target : detail.text(target, ...rest));
  };
  const none = () => null;
  const pair = Object.assign((value) => value, {
    text: (target, value) => `${target} = ${typeof value === 'string' ? value : json(value)}`,
  });
  const userOf = () => {
    const user = {
      tap: on('tap', none),
      longpress: on('longpress', none),
      input: on('input', pair),
      focus: on('focus', none),
      blur: on('blur', none),
      confirm: on('confirm', none),
      choose: on('choose', pair),
      drag: on(
        'drag',
        Object.assign((x, y = 0) => [x, y], { text: (target, x, y = 0) => `${target} = ${x},${y}` }),
      ),
      trigger: on(
        'trigger',
        Object.assign((event, detail = {}) => [event, detail], {
          text: (target, event, detail) => `${target} ${event}${detail === undefined ? '' : ` ${json(detail)}`}`,
        }),
      ),
      scroll: (target, to) => (to === undefined ? step('scroll', target) : step('scroll', target, 'to', to)),
      back: () => step('back'),
      tabItem: (index) => step('tabItem', index),
      share: (...names) => step('share', ...names),
      shareTimeline: () => step('share', 'timeline'),
      favorite: () => step('favorite'),
      openCard: (number) => step('open', 'card', number),
      openMessage: (number) => step('open', 'message', number),
      scan: (code, how) => step('scan', code, how),
      settings: (switches) => step('settings', switches),
      pullDown: () => step('pullDown'),
      reachBottom: () => step('reachBottom'),
      answer: (key, answer) => step('answer', `${key}=${typeof answer === 'string' ? answer : json(answer)}`),
      // Answers to the questions to come; a list answers one after the other.
      answers: (given) => host.set('answers', [given]),
      is: (persona) => host.set('persona', [persona]),
      get questions() {
        return read('questions');
      },
      get prompts() {
        return read('trace', ['question']);
      },
    };
    return kit.strict('user', user);
  };

  const routes = [];
  const requests = [];
  const matchesUrl = (wanted, url) => {
    // Unlike test(), search() does not go on from where a /g expression stopped.
    if (wanted instanceof RegExp) return url.search(wanted) >= 0;
    if (kit.isFunction(wanted)) return wanted(url);
    return host.matchesUrl(wanted, url);
  };
  kit.parsed = (body) => {
    try {
      return JSON.parse(body);
    } catch {
      return body;
    }
  };
  const queryOf = (url) => {
    const text = url.split('?')[1]?.split('#')[0] ?? '';
    const pairs = text.split('&').filter((part) => part !== '');
    const plain = (own) => {
      try {
        return decodeURIComponent(own);
      } catch {
        return own;
      }
    };
    const pair = (part) => {
      const end = part.indexOf('=');
      return end < 0 ? [plain(part), ''] : [plain(part.slice(0, end)), plain(part.slice(end + 1))];
    };
    return Object.fromEntries(pairs.map(pair));
  };
  const route = (method, url, reply, options = {}) => {
    if (typeof method !== 'string' || url === undefined || reply === undefined) {
      throw new TypeError("server.route(method, url, reply): for example server.route('GET', 'https://a.example/goods', { json: [] })");
    }
    if (kit.isArray(reply) && reply.length === 0) throw new TypeError('server.route(): the list of replies is empty');
    const own = { method: method.toUpperCase(), url, reply, times: options.times, body: options.body, calls: [] };
    routes.unshift(own);
    return own;
  };
  const fits = (own, request) =>
    own.times !== 0 &&
    (own.method === '*' || own.method === request.method) &&
    matchesUrl(own.url, request.url) &&
    (own.body === undefined ||
      (kit.isFunction(own.body) ? own.body(request.data) : kit.equals(request.data, own.body, 'subset')));
  // `{ json, text, base64, status, header, delay, fail }`; a list answers one request after the other, the last one all others.
  const replyOf = (own) => {
    if (!kit.isArray(own.reply)) return own.reply;
    return own.reply[Math.min(own.calls.length - 1, own.reply.length - 1)];
  };
  const KEYS = ['json', 'text', 'base64', 'status', 'header', 'delay', 'fail', 'forward'];
  const outcome = (given) => {
    if (given === undefined) throw new TypeError('it gave nothing: return { json: … }, or {} for an empty reply');
    if (typeof given === 'string') return { text: given };
    if (typeof given === 'number') return { status: given };
    if (!kit.isObject(given) || kit.isArray(given)) return { json: given };
    const keys = Object.keys(given);
    const wrong = keys.find((key) => !KEYS.includes(key));
    if (given.status !== undefined && !Number.isInteger(given.status)) {
      throw new TypeError(`\`status\` is a number, 100 to 599, not ${json(given.status)}`);
    }
    if (wrong === undefined) return { ...given, delay: given.delay === undefined ? undefined : kit.duration(given.delay) };
    if (keys.some((key) => KEYS.includes(key))) {
      throw new TypeError(`a reply has no \`${wrong}\`; ${host.nearest(wrong, KEYS)}`);
    }
    throw new TypeError(`a reply is { json: ${json(given)} }, or { status, header, text, base64, delay, fail }`);
  };
  kit.bridge.serve = (token, request) => {
    const asked = { ...request, data: kit.parsed(request.body), query: queryOf(request.url) };
    requests.push(asked);
    const own = routes.find((one) => fits(one, asked));
    if (own === undefined) return false;
    if (own.times !== undefined) own.times -= 1;
    own.calls.push(asked);
    const give = async () => {
      const reply = replyOf(own);
      return outcome(kit.isFunction(reply) ? await reply(asked) : reply);
    };
    kit.then(give(), (value) => host.served(token, value), (error) => host.served(token, undefined, error));
    return true;
  };
  // A refusal has the endpoint's `errcode`.
  const asWeChat = (deed, given) => {
    try {
      return host.backend(deed, given);
    } catch (error) {
      const code = /^\d{5}/.exec(error.message);
      if (code !== null) error.errcode = +code[0];
      throw error;
    }
  };
  const serverOf = () => {
    const methods = {};
    for (const method of ['get', 'post', 'put', 'delete']) methods[method] = (url, reply, options) => route(method, url, reply, options);
    const server = {
      route,
      ...methods,
      get requests() {
        return [...requests];
      },
      // What the program's server does at WeChat.
      code2session: (code) => asWeChat('code2session', [code]),
      decrypt: (data, iv, key) =>
        kit.isObject(data)
          ? host.backend('decrypt', [data.encryptedData, data.iv, iv])
          : host.backend('decrypt', [data, iv, key]),
      pay: kit.strict('server.pay', {
        prepay: (order) => host.backend('prepay', [order]),
        order: (number) => host.backend('order', [number]),
        get orders() {
          return host.backend('orders', []);
        },
      }),
      // What WeChat answers: `{ errcode, errmsg, … }`.
      send: async (kind, message) => {
        await step('server', `${kind}-send`, message);
        const { result, problem } = read('trace', ['server']).pop();
        if (problem) throw new TypeError(`server.send('${kind}', …): ${problem}`);
        return result;
      },
      // WeChat's interfaces over the same world, for a real server; what it needs to know.
      get url() {
        return host.backend('url', []);
      },
      get credentials() {
        return host.backend('credentials', []);
      },
      push: (settings) => host.backend('push', [settings]),
      cloud: (name, reply) => {
        if (kit.isFunction(reply)) throw new TypeError(`server.cloud('${name}', reply) takes what it gives, not a function`);
        host.set('cloud', [name, reply]);
      },
    };
    return kit.strict('server', server);
  };

  const clockOf = () =>
    kit.strict('clock', {
      get now() {
        return read('now');
      },
      advance: (duration) => step('advance', kit.duration(duration)),
      // Until no timer of the program is left, a day at most.
      runAll: () => act('runAll'),
    });

  // Calls of `wx` with what came of them.
  // Each start and each program counts them anew, so a reply belongs to the latest call of its number.
  const calls = (api) => {
    const all = [];
    for (const { type, api: name, call, options, arguments: given, result } of read('trace', ['call', 'sync', 'reply'])) {
      if (type === 'reply') {
        const asked = all.findLast((one) => one.number === call && one.made.api === name);
        if (asked !== undefined) asked.made.result = result;
      } else {
        all.push({ number: call, made: { api: name, options: options ?? given, result } });
      }
    }
    const made = all.map((one) => one.made);
    return api === undefined ? made : made.filter((one) => one.api === api);
  };
  kit.calls = calls;
  const replaced = new kit.Map();
  const replace = (api, behaviour) => {
    host.set('replace', [api, behaviour !== undefined]);
    kit.set(replaced, api, behaviour);
  };
  const words = (api, text) => `${text}`.replace(new RegExp(`^${api}:\\s*fail[:\\s]*`), '');
  kit.bridge.replace = (api, options) => {
    const behaviour = kit.get(replaced, api);
    return behaviour === undefined ? undefined : behaviour(options);
  };
  const times = (api, count, behave) => {
    let left = count;
    replace(api, (options) => {
      if (left === 0) return undefined;
      if (left !== undefined) left -= 1;
      return behave(options);
    });
  };
  const wxOf = () =>
    kit.strict('wx', {
      calls,
      last: (api) => calls(api).pop(),
      // The call succeeds with these members, or with what a function gives for the options.
      stub: (api, result = {}, options = {}) =>
        times(api, options.times, (given) => {
          const made = kit.isFunction(result) ? result(given) : result;
          if (kit.isObject(made) && kit.isFunction(made.then)) {
            throw new TypeError('it must give the result at once, without async');
          }
          return made === undefined ? undefined : { ok: made };
        }),
      // It fails: by the name of a failure (`authDeny`), its words or all of `errMsg`.
      fail: (api, failure, options = {}) => {
        if (typeof failure !== 'string') throw new TypeError(`wx.fail('${api}', failure): ${read('failures', api)}`);
        times(api, options.times, () => ({ fail: words(api, failure) }));
      },
      ignore: (api, options = {}) => times(api, options.times, () => ({ silence: true })),
      restore: (api) => replace(api, undefined),
      // Names and words of the failures of an API.
      failures: (api) => read('failureList', api),
    });

  const worldOf = () =>
    kit.strict('world', {
      get permissions() {
        return read('permissions');
      },
      permission: (scope) => read('permissions')[scope],
      session: kit.strict('world.session', { expire: () => step('expire') }),
      network: (type) => step('network', type),
      system: (name, state) => step('system', `${name}=${state}`),
      locate: (latitude, longitude) => step('locate', `${latitude},${longitude}`),
      theme: (name) => step('theme', name),
      event: (name, detail) => step('event', name, detail),
      // The simulated facts as text, as `wxsim run --save-world` writes them.
      save: () => read('world'),
      get users() {
        return read('users');
      },
    });

  const simOf = () =>
    kit.strict('sim', {
      step: (text) => act('step', `${text}`),
      user: (id) => step('user', id),
      program: (appId, path, options) => step('program', appId, ...opening(path, options)),
      get trace() {
        return read('trace');
      },
      get seed() {
        return read('seed');
      },
      // What a user could do on the page on top, and doing one of it.
      get acts() {
        return read('acts');
      },
      act: (key) => act('act', key),
      get tabs() {
        return read('tabs');
      },
    });

  // The program's own server as a process; it ends with the test.
  kit.api.test.process = async (command, args = [], options = {}) => {
    if (typeof command !== 'string' || !kit.isArray(args)) {
      throw new TypeError("test.process(command, args, { env, cwd, ready, timeout }): for example test.process('node', ['server.js'], { ready: 'listening' })");
    }
    const { env = {}, cwd = '', ready = '', timeout = '30s', ...unknown } = options;
    const [wrong] = Object.keys(unknown);
    if (wrong !== undefined) throw new TypeError(`test.process() has no option \`${wrong}\`; ${host.nearest(wrong, ['env', 'cwd', 'ready', 'timeout'])}`);
    const started = { command, args: args.map(String), env, cwd, ready, timeout: kit.duration(timeout) };
    const number = await act('process', started);
    return kit.strict('a process', {
      get output() {
        return host.backend('output', [number]);
      },
      stop: () => host.backend('stop', [number]),
    });
  };

  kit.fixtures = () => {
    kit.allowed.length = 0;
    return kit.strict('the fixtures of a test', {
      app: appOf(),
      user: userOf(),
      server: serverOf(),
      clock: clockOf(),
      wx: wxOf(),
      world: worldOf(),
      sim: simOf(),
      screen: kit.screen,
      within: kit.within,
      renderComponent: kit.renderComponent,
    });
  };
})
