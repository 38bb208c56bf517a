// test, describe, hooks: a tree of groups and tests, run by the simulator one by one.
(function (host, kit) {
  'use strict';
  const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'];
  const nodes = [];
  const make = (kind, title, mode, options, fn, site, parent) => {
    const node = { number: nodes.length, kind, title: `${title}`, mode, options, fn, site, parent, hooks: {} };
    for (const hook of HOOKS) node.hooks[hook] = [];
    nodes.push(node);
    return node;
  };
  const root = make('group', '', undefined, {}, undefined, undefined, undefined);
  let group = root;
  let running;

  // (title, fn), (title, options, fn) and (title, fn, timeout).
  const read = (name, title, second, third) => {
    if (running !== undefined) throw new Error(`${name}() inside a test: declare tests and groups at the top of the file or in describe()`);
    if (kit.isFunction(title)) throw new TypeError(`${name}(title, fn) needs a title`);
    const options = kit.isObject(second) && !kit.isFunction(second) ? second : {};
    const fn = kit.isFunction(second) ? second : kit.isFunction(third) ? third : undefined;
    return { options, fn };
  };
  const addTest = (mode) => (title, second, third) => {
    const { options, fn } = read('test', title, second, third);
    const node = make('test', title, fn === undefined ? 'todo' : mode, options, fn, new Error('here'), group);
    if (fn === undefined && mode !== 'todo' && mode !== 'skip') {
      throw new TypeError(`test('${title}') has no function; test.todo('${title}') is a test to be written`);
    }
    return node;
  };
  const addGroup = (mode) => (title, second, third) => {
    const { options, fn } = read('describe', title, second, third);
    if (fn === undefined) throw new TypeError(`describe('${title}') has no function`);
    const outer = group;
    group = make('group', title, mode, options, undefined, new Error('here'), outer);
    try {
      const given = fn();
      if (kit.isObject(given) && kit.isFunction(given.then)) {
        throw new TypeError(`describe('${title}') must not be async: tests are collected at once`);
      }
    } finally {
      group = outer;
    }
  };

  // Rows of each: lists, objects or values; `%s %i %d %j %o %#` and `$name` in the title.
  const rowsOf = (table, cells) => {
    if (!kit.isArray(table) || table.raw === undefined) return table;
    const names = table[0].split('|').map((name) => name.trim());
    const rows = [];
    for (let at = 0; at < cells.length; at += names.length) {
      rows.push(Object.fromEntries(names.map((name, index) => [name, cells[at + index]])));
    }
    return rows;
  };
  const short = (value) => (typeof value === 'string' ? value : kit.format(value));
  const titled = (title, args, index) => {
    let at = 0;
    const first = args[0];
    const named = `${title}`.replace(/\$([A-Za-z_][\w.]*)/g, (whole, path) => {
      const found = path.split('.').reduce((value, key) => (kit.isObject(value) ? value[key] : undefined), first);
      return found === undefined ? whole : short(found);
    });
    return named.replace(/%([sdifjo#%])/g, (whole, kind) => {
      if (kind === '%') return '%';
      if (kind === '#') return `${index}`;
      if (at >= args.length) return whole;
      const value = args[at++];
      return kind === 'j' || kind === 'o' ? JSON.stringify(value) : kind === 'i' ? `${Math.trunc(value)}` : short(value);
    });
  };
  const each = (add) => (table, ...cells) => (title, second, third) => {
    const rows = rowsOf(table, cells);
    if (!kit.isArray(rows) || rows.length === 0) throw new TypeError('each() needs a list of rows');
    const bind = (fn, args) => (kit.isFunction(fn) ? (...more) => fn(...args, ...more) : fn);
    rows.forEach((row, index) => {
      const args = kit.isArray(row) ? row : [row];
      add(titled(title, args, index), bind(second, args), bind(third, args));
    });
  };
  const withEach = (add) => Object.assign(add, { each: each(add) });

  const test = withEach(addTest(undefined));
  for (const mode of ['only', 'skip', 'todo', 'fails']) test[mode] = withEach(addTest(mode));
  // A test that goes on, from its end, in every way that a user and the world can take.
  const addExploration = (mode) => (title, second, third) => {
    const { options, fn } = read('test.explore', title, second, third);
    if (kit.exploration === undefined) host.later('wxsim:t78', host, kit);
    const [explores, others] = kit.exploration(options);
    const node = addTest(mode)(title, others, fn === undefined && explores.given.start ? () => {} : fn);
    node.explores = explores;
  };
  test.explore = withEach(addExploration(undefined));
  for (const mode of ['only', 'skip', 'fails']) test.explore[mode] = withEach(addExploration(mode));
  test.skipIf = (condition) => (condition ? test.skip : test);
  test.runIf = (condition) => (condition ? test : test.skip);
  test.use = (options) => {
    if (!kit.isObject(options)) throw new TypeError('test.use({ … }) needs options');
    if (running !== undefined) throw new Error('test.use() inside a test: write it at the top of the file or in describe()');
    group.options = { ...group.options, ...options };
  };
  const describe = withEach(addGroup(undefined));
  for (const mode of ['only', 'skip']) describe[mode] = withEach(addGroup(mode));
  test.describe = describe;
  const hooks = {};
  for (const name of HOOKS) {
    hooks[name] = (first, second) => {
      const fn = kit.isFunction(first) ? first : second;
      if (!kit.isFunction(fn)) throw new TypeError(`${name}(fn) needs a function`);
      if (running !== undefined) throw new Error(`${name}() inside a test: write it at the top of the file or in describe()`);
      group.hooks[name].push(fn);
    };
    test[name] = hooks[name];
  }
  kit.api = { test, it: test, describe, ...hooks };

  const chain = (node) => {
    const above = [];
    for (let at = node; at !== undefined; at = at.parent) above.unshift(at);
    return above;
  };
  const optionsOf = (node) => {
    const merged = {};
    for (const own of chain(node)) Object.assign(merged, own.options);
    const tags = chain(node).flatMap((own) => own.options.tag ?? []);
    return { ...merged, tag: tags };
  };
  kit.bridge.plan = () =>
    nodes.map((node) => ({
      number: node.number,
      kind: node.kind,
      title: node.title,
      mode: node.mode,
      options: optionsOf(node),
      site: node.site,
      parent: node.parent === undefined ? undefined : node.parent.number,
      rules: node.explores?.given.rules ?? (node.explores && 'error'),
      hooks: HOOKS.filter((name) => node.hooks[name].length > 0),
    }));

  // What one test (or hook of a group) does; the simulator lets it run until `host.finished` is called.
  let assertions;
  kit.counted = () => {
    if (assertions !== undefined) assertions.count += 1;
  };
  kit.expectCount = (count) => {
    assertions.wanted = count;
  };
  const fail = (error, where) => {
    const own = kit.isObject(error) ? error : {};
    host.failed(error, {
      where,
      kind: error instanceof kit.AssertionError ? 'assertion' : error instanceof kit.ActionError ? 'action' : 'exception',
      matcher: own.matcher,
      diff: own.diff,
      help: own.help,
    });
  };
  const flushSoft = () => {
    for (const error of kit.softFailures.splice(0)) fail(error, '');
  };
  const attempt = async (fn, args, where) => {
    try {
      await fn(...args);
      return true;
    } catch (error) {
      flushSoft();
      fail(error, where);
      return false;
    }
  };
  const counts = () => {
    const { count, wanted } = assertions;
    if (wanted === true && count === 0) return 'expect.hasAssertions(): the test asserted nothing';
    if (typeof wanted === 'number' && wanted !== count) return `expect.assertions(${wanted}): the test made ${count}`;
    return undefined;
  };
  const runTest = async (node) => {
    const fixtures = kit.fixtures();
    const above = chain(node);
    let ok = true;
    for (const own of above) {
      for (const hook of own.hooks.beforeEach) ok = ok && (await attempt(hook, [fixtures], 'beforeEach'));
    }
    if (ok) ok = await attempt(node.fn, [fixtures], '');
    if (ok && node.explores !== undefined) ok = await attempt(kit.explore, [node.explores], '');
    flushSoft();
    const miscounted = ok ? counts() : undefined;
    if (miscounted !== undefined) fail(new kit.AssertionError(miscounted), '');
    for (const own of above.reverse()) {
      for (const hook of [...own.hooks.afterEach].reverse()) await attempt(hook, [fixtures], 'afterEach');
    }
    flushSoft();
  };
  const start = (node, run) => {
    running = node;
    assertions = { count: 0, wanted: undefined };
    kit.softFailures.length = 0;
    kit.options = optionsOf(node);
    kit.then(run(node), () => host.finished(), (error) => {
      fail(error, '');
      host.finished();
    });
  };
  kit.bridge.runTest = (number) => start(nodes[number], runTest);
  kit.bridge.runHooks = (number, name) =>
    start(nodes[number], async (node) => {
      const fixtures = kit.fixtures();
      for (const hook of node.hooks[name]) {
        if (!(await attempt(hook, [fixtures], name))) break;
      }
      flushSoft();
    });
  const titlesOf = (node) => chain(node).slice(1).map((own) => own.title);
  kit.titles = () => titlesOf(running);
  // How many tests before the one that runs have the same titles.
  kit.twin = () => {
    const own = titlesOf(running).join('\n');
    return nodes.filter((node) => node.number < running.number && node.kind === running.kind && titlesOf(node).join('\n') === own).length;
  };

  kit.bridge.judge = (state) => kit.judge(state);

  // Errors that nobody caught fail the test that runs.
  kit.bridge.rejected = (reason) => fail(reason, 'rejection');
})
