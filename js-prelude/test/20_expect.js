// expect(value): finds the matcher, runs it now, later or again and again, and says what is wrong.
(function (host, kit) {
  'use strict';
  const STATE = Symbol('state');
  const SHORT_CHARS_MAX = 2000;
  const isThenable = (value) => (typeof value === 'object' || typeof value === 'function') && value !== null && typeof value.then === 'function';

  kit.AssertionError = class AssertionError extends Error {
    constructor(message, { matcher, expected, actual, diff = '' } = {}) {
      super(message);
      Object.assign(this, { matcher, expected, actual, diff });
    }
  };
  Object.defineProperty(kit.AssertionError.prototype, 'name', { value: 'AssertionError', writable: true, configurable: true });

  kit.short = (value) => {
    const text = kit.format(value, true);
    return text.length > SHORT_CHARS_MAX ? `${text.slice(0, SHORT_CHARS_MAX)}…` : text;
  };
  const header = (self, name, what, hint, comment) => {
    const way = `${self.promise === '' ? '' : `.${self.promise}`}${self.isNot ? '.not' : ''}`;
    return `expect(${what})${way}.${name}(${hint})${comment === '' ? '' : ` // ${comment}`}`;
  };
  // Rows are [label, text] or a whole line; the texts of a block stand below each other.
  const block = (rows) => {
    const lines = [];
    for (let at = 0; at < rows.length; at += 1) {
      let end = at;
      while (Array.isArray(rows[end])) end += 1;
      const part = rows.slice(at, end);
      const width = Math.max(...part.map(([label]) => label.length));
      const isNot = (text) => `${text}`.startsWith('not ');
      const shift = part.some(([, text]) => isNot(text)) ? '    ' : '';
      lines.push(...part.map(([label, text]) => `${`${label}:`.padEnd(width + 1)} ${isNot(text) ? '' : shift}${text}`));
      if (end < rows.length) lines.push(rows[end]);
      at = end;
    }
    return lines.join('\n');
  };
  const marked = (diff) => {
    const count = (mark) => diff.split('\n').filter((line) => line.startsWith(`${mark} `)).length;
    return `- Expected  - ${count('-')}\n+ Received  + ${count('+')}\n\n${diff}`;
  };

  // A matcher of this file's kind: `judge(received, args, self)` gives [pass, tell]; `tell()` gives rows or
  // { rows, before, diff, after, expected, actual } and is asked only if the assertion fails.
  const matchers = Object.create(null);
  kit.matcher = (name, hint, judge, comment = '') => {
    if (matchers[name] !== undefined) return;
    add(name, function (received, ...args) {
      const self = this;
      self.what = 'received';
      const title = () => `${header(self, name, self.what, kit.isFunction(hint) ? hint(args) : hint, comment)}\n\n`;
      self.usage = (text) => new TypeError(title() + text);
      const [pass, tell] = judge(received, args, self);
      const message = () => {
        const told = tell();
        const { rows = [], before = [], diff = '', after = [], expected, actual } = Array.isArray(told) ? { rows: told } : told;
        const body = [...before, diff === '' ? block(rows) : marked(diff), ...(after.length > 0 ? ['', ...after] : [])].join('\n');
        return { text: title() + body, expected, actual, diff };
      };
      return { pass, message };
    });
  };

  const utils = {
    stringify: (value) => kit.short(value),
    printExpected: (value) => kit.short(value),
    printReceived: (value) => kit.short(value),
    diff: (expected, received) => kit.diff(kit.format(expected), kit.format(received)),
    matcherHint: (name, received = 'received', expected = 'expected', { isNot = false, promise = '', comment = '' } = {}) =>
      header({ isNot, promise }, name, received, expected, comment),
  };
  const contextOf = ({ isNot, promise }) => ({ isNot, promise, utils, equals: kit.equals, format: kit.format });

  const noted = ({ note }, text) => (note === undefined ? text : `${note}\n\n${text}`);
  const settle = (state, name, result) => {
    if (!kit.isObject(result) || typeof result.pass !== 'boolean' || (!kit.isFunction(result.message) && result.message !== undefined)) {
      throw new TypeError(`the matcher ${name} has to give { pass, message: () => text }, it gave ${kit.short(result)}`);
    }
    if (result.pass !== state.isNot) return;
    const told = result.message === undefined ? header(state, name, 'received', '', '') : result.message();
    const { text, ...parts } = kit.isObject(told) ? told : { text: `${told}` };
    const shown = (value) => (value === undefined || typeof value === 'string' ? value : kit.format(value));
    const { expected = parts.expected, actual = parts.actual, diff = parts.diff } = result;
    throw new kit.AssertionError(noted(state, text), { matcher: name, expected: shown(expected), actual: shown(actual), diff });
  };
  const judge = (state, name, args, value) => {
    const result = matchers[name].call(contextOf(state), value, ...args);
    return isThenable(result) ? result.then((given) => settle(state, name, given)) : settle(state, name, result);
  };

  const settled = async (state, name, args) => {
    const given = kit.isFunction(state.value) ? state.value() : state.value;
    const title = header(state, name, 'received', '', '');
    if (!isThenable(given)) {
      throw new TypeError(`${title}\n\nthe received value must be a promise or a function that gives one, it is ${kit.short(given)}`);
    }
    const [way, value] = await given.then((result) => ['resolves', result], (reason) => ['rejects', reason]);
    if (way !== state.promise) {
      const words = way === 'resolves' ? ['resolved instead of rejected', 'Resolved'] : ['rejected instead of resolved', 'Rejected'];
      const text = `${title}\n\nReceived promise ${words[0]}\n${words[1]} to value: ${kit.short(value)}`;
      throw new kit.AssertionError(noted(state, text), { matcher: name, actual: kit.format(value) });
    }
    await judge(state, name, args, value);
  };
  const polled = async (state, name, args) => {
    const { timeout = 5000, interval = 100 } = state.poll;
    if (!(interval > 0)) throw new TypeError('expect.poll(): interval is a number of milliseconds above 0');
    for (let waited = 0; ; waited += interval) {
      try {
        await judge(state, name, args, await state.value());
        return;
      } catch (error) {
        if (waited + interval > timeout) {
          if (error instanceof kit.AssertionError) error.message += `\n\nasked again for ${timeout} ms`;
          throw error;
        }
      }
      await kit.wait(interval);
    }
  };
  const run = (state, name, args) => {
    kit.counted();
    const fail = (error) => {
      if (!state.isSoft || !(error instanceof kit.AssertionError)) throw error;
      kit.softFailures.push(error);
    };
    // What fails later has the place of the call.
    const later = (promise) => {
      const { stack } = new Error('called here');
      return promise.then(() => undefined, (error) => {
        if (error instanceof Error) error.stack = stack;
        fail(error);
      });
    };
    if (state.poll !== undefined) return later(polled(state, name, args));
    if (state.promise !== '') return later(settled(state, name, args));
    try {
      const result = judge(state, name, args, state.value);
      return isThenable(result) ? later(result) : undefined;
    } catch (error) {
      return fail(error);
    }
  };

  // Names that are not there end up at the end of the prototypes: scripts that may have them are read, and a
  // name that does not exist is told with the nearest that does.
  const guide = (what, object, scripts, names) => {
    const end = new Proxy(Object.getPrototypeOf(object), {
      get(target, key, self) {
        if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') return Reflect.get(target, key, self);
        kit.load(...scripts);
        if (Object.hasOwn(object, key)) return Reflect.get(object, key, self);
        throw new TypeError(`${what} has no \`${key}\`; ${host.nearest(key, names())}`);
      },
    });
    return Object.setPrototypeOf(object, end);
  };
  const methods = guide('expect(value)', {}, ['wxsim:t76', 'wxsim:t77'], () => [...Object.keys(matchers), 'not', 'resolves', 'rejects']);
  const make = (state) => Object.create(methods, { [STATE]: { value: state } });
  const expectation = (value, note, more) => make({ value, note, isNot: false, promise: '', ...more });
  const way = (name, change) => Object.defineProperty(methods, name, { get() { return make({ ...this[STATE], ...change }); } });
  way('not', { isNot: true });
  way('resolves', { promise: 'resolves' });
  way('rejects', { promise: 'rejects' });
  function add(name, matcher) {
    matchers[name] = matcher;
    Object.defineProperty(methods, name, {
      value(...args) { return run(this[STATE], name, args); },
      configurable: true,
    });
  }

  const expect = (value, note) => expectation(value, note);
  const PATTERNS = ['wxsim:t75'];
  Object.assign(expect, {
    not: guide('expect.not', {}, PATTERNS, () => Object.keys(expect.not)),
    soft: (value, note) => expectation(value, note, { isSoft: true }),
    poll(read, options = {}) {
      if (!kit.isFunction(read)) throw new TypeError('expect.poll(fn) needs a function that gives the value');
      return expectation(read, options.message, { poll: options });
    },
    extend(more) {
      for (const [name, matcher] of Object.entries(more)) {
        if (!kit.isFunction(matcher)) throw new TypeError(`expect.extend(): ${name} is no function`);
        add(name, matcher);
        const stands = (isNot) => (...args) =>
          kit.pattern(name, (value) => matcher.call(contextOf({ isNot, promise: '' }), value, ...args).pass,
            (shown, format) => `${isNot ? 'not.' : ''}${name}<${args.map(format).join(', ')}>`, isNot);
        expect[name] = stands(false);
        expect.not[name] = stands(true);
      }
    },
    assertions: (count) => kit.expectCount(count),
    hasAssertions: () => kit.expectCount(true),
    fail(message = 'expect.fail() was called') {
      throw new kit.AssertionError(`${message}`, { matcher: 'fail' });
    },
    unreachable(message = 'this line must not be reached') {
      throw new kit.AssertionError(`${message}`, { matcher: 'unreachable' });
    },
  });
  kit.expect = guide('expect', expect, PATTERNS, () => Object.keys(expect));
  kit.addMatchers = expect.extend;
})
