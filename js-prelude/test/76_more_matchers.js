// The other matchers for plain values, and how the difference of two values is told.
(function (host, kit) {
  'use strict';
  const { matcher, short } = kit;
  const no = (self) => (self.isNot ? 'not ' : '');
  const isNone = (value) => value === null || value === undefined;

  // Rows or a diff of two values.
  const versus = (self, expected, received, mode = 'equal', before = []) => {
    const parts = { expected: kit.format(expected), actual: kit.format(received), before };
    const [wanted, got] = [short(expected), short(received)];
    if (self.isNot) {
      return { ...parts, rows: [['Expected', `not ${wanted}`], ...(wanted === got ? [] : [['Received', got]])] };
    }
    const isText = typeof expected === 'string' && typeof received === 'string';
    let diff = '';
    if (isText && /\n/.test(expected + received)) diff = kit.diff(expected, received);
    else if (kit.isObject(expected) && kit.isObject(received) && !kit.isPattern(expected)) {
      diff = kit.diff(parts.expected, kit.format(kit.alike(received, expected, mode)));
      if (!/\n/.test(parts.expected + parts.actual)) diff = '';
    }
    return { ...parts, diff, rows: [['Expected', wanted], ['Received', wanted === got ? 'serializes to the same string' : got]] };
  };
  kit.versus = versus;

  const isNumber = (value) => typeof value === 'number' || typeof value === 'bigint';
  const needNumbers = (self, holds, ...values) => {
    for (const [at, value] of values.entries()) {
      if (!holds(value)) throw self.usage(`the ${['received', 'expected'][at]} value must be a number, it is ${short(value)}`);
    }
  };
  const ORDERS = {
    toBeGreaterThan: ['>', (a, b) => a > b],
    toBeGreaterThanOrEqual: ['>=', (a, b) => a >= b],
    toBeLessThan: ['<', (a, b) => a < b],
    toBeLessThanOrEqual: ['<=', (a, b) => a <= b],
  };
  for (const [name, [sign, holds]] of Object.entries(ORDERS)) {
    matcher(name, 'expected', (received, [expected], self) => {
      needNumbers(self, isNumber, received, expected);
      const blank = ' '.repeat(sign.length);
      return [holds(received, expected), () => [['Expected', `${no(self)}${sign} ${short(expected)}`], ['Received', `${blank} ${short(received)}`]]];
    });
  }
  matcher('toBeCloseTo', (args) => (args.length > 1 ? 'expected, precision' : 'expected'), (received, [expected, digits = 2], self) => {
    needNumbers(self, (value) => typeof value === 'number', received, expected);
    return [kit.isClose(received, expected, digits), () => [
      ['Expected', `${no(self)}${short(expected)}`], ['Received', short(received)], '',
      ['Expected precision', digits], ['Expected difference', `${no(self)}< ${10 ** -digits / 2}`],
      ['Received difference', Math.abs(received - expected)],
    ]];
  });

  matcher('toMatch', 'expected', (received, [expected], self) => {
    const isForm = kit.tag(expected) === 'RegExp';
    if (typeof received !== 'string') throw self.usage(`the received value must be a string, it is ${short(received)}`);
    if (!isForm && typeof expected !== 'string') throw self.usage(`the expected value must be a string or a regular expression, it is ${short(expected)}`);
    const pass = isForm ? new RegExp(expected).test(received) : received.includes(expected);
    return [pass, () => [[`Expected ${isForm ? 'pattern' : 'substring'}`, no(self) + short(expected)], ['Received string', short(received)]]];
  });

  matcher('toHaveProperty', (args) => (args.length > 1 ? 'path, value' : 'path'), (received, args, self) => {
    const [path, expected] = args;
    if (isNone(received)) throw self.usage(`the received value must not be ${received}`);
    if (typeof path !== 'string' && !Array.isArray(path)) throw self.usage(`the path must be a text such as "list[0].name" or a list of keys, it is ${short(path)}`);
    const keys = Array.isArray(path) ? path : path.split(/\.|\[|\]\.?/).filter((key, at, all) => key !== '' || all.length === 1);
    let value = received;
    let reached = 0;
    while (reached < keys.length && !isNone(value) && keys[reached] in Object(value)) value = value[keys[reached++]];
    const isThere = reached === keys.length;
    return [isThere && (args.length < 2 || kit.equals(value, expected)), () => [
      ['Expected path', no(self) + short(path)],
      ...(isThere ? [''] : [['Received path', short(Array.isArray(path) ? keys.slice(0, reached) : keys.slice(0, reached).join('.'))], '']),
      ...(args.length > 1 ? [['Expected value', no(self) + short(expected)]] : []),
      ['Received value', short(value)],
    ]];
  });

  matcher('toBeInstanceOf', 'expected', (received, [expected], self) => {
    if (!kit.isFunction(expected)) throw self.usage(`the expected value must be a class, it is ${short(expected)}`);
    const own = isNone(received) ? undefined : received.constructor;
    return [received instanceof expected, () => [
      ['Expected constructor', no(self) + expected.name],
      kit.isObject(received) && kit.isFunction(own) ? ['Received constructor', own.name] : ['Received value', short(received)],
    ]];
  });
  matcher('toSatisfy', 'predicate', (received, [holds], self) => {
    if (!kit.isFunction(holds)) throw self.usage(`the predicate must be a function, it is ${short(holds)}`);
    return [Boolean(holds(received)), () => [['Expected', `${no(self)}to satisfy ${short(holds)}`], ['Received', short(received)]]];
  });

  // A failure of an API is no Error: its words are in errMsg.
  const wordsOf = (thrown) => {
    const words = kit.isObject(thrown) ? thrown.message ?? thrown.errMsg : thrown;
    return typeof words === 'string' ? words : undefined;
  };
  const thrownBy = (received, self) => {
    if (self.promise === 'rejects' || (self.promise === 'resolves' && received instanceof Error)) return [received];
    if (!kit.isFunction(received)) throw self.usage(`the received value must be a function, as in expect(() => call()), it is ${short(received)}`);
    try {
      received();
    } catch (thrown) {
      return [thrown];
    }
    return [];
  };
  for (const name of ['toThrow', 'toThrowError']) {
    matcher(name, (args) => (args.length > 0 ? 'expected' : ''), (received, args, self) => {
      const [expected] = args;
      const isClass = kit.isFunction(expected);
      const isForm = kit.tag(expected) === 'RegExp';
      const isObject = kit.isObject(expected) && !isForm;
      if (args.length > 0 && expected !== undefined && !isClass && !isForm && !isObject && typeof expected !== 'string') {
        throw self.usage(`the expected value must be a text, a regular expression, a class or an error, it is ${short(expected)}`);
      }
      const thrown = thrownBy(received, self);
      const words = wordsOf(thrown[0]);
      const holds = () => {
        if (expected === undefined) return true;
        if (isClass) return thrown[0] instanceof expected;
        if (kit.isPattern(expected)) return kit.equals(thrown[0], expected);
        if (isObject) return words !== undefined && words === wordsOf(expected);
        return words !== undefined && (isForm ? new RegExp(expected).test(words) : words.includes(expected));
      };
      const wanted = () => {
        if (expected === undefined) return [];
        if (isClass) return [['Expected constructor', no(self) + expected.name]];
        if (kit.isPattern(expected)) return [['Expected asymmetric matcher', no(self) + short(expected)]];
        if (isObject) return [['Expected message', no(self) + short(wordsOf(expected))]];
        return [[`Expected ${isForm ? 'pattern' : 'substring'}`, no(self) + short(expected)]];
      };
      const got = () => {
        if (thrown.length === 0) return [...(expected === undefined ? [] : ['']), 'Received function did not throw'];
        if (words === undefined) return [['Received value', short(thrown[0])]];
        if (expected === undefined) return [['Thrown', short(thrown[0])]];
        return [...(isClass ? [['Received constructor', thrown[0]?.constructor?.name]] : []), ['Received message', short(words)]];
      };
      return [thrown.length > 0 && holds(), () => [...wanted(), ...got()]];
    });
  }

  // Snapshots. An object of patterns before the hint is checked first, and written in place of what it matched.
  const hints = (args) => args.map((arg) => (kit.isObject(arg) ? 'properties' : 'hint')).join(', ');
  const snapshot = (name, kind) => matcher(name, kind === 'inline' ? 'snapshot' : hints, (received, given, self) => {
    const args = [...given];
    if (self.isNot) throw self.usage('a snapshot cannot be compared with `.not`');
    const shape = kit.isObject(args[0]) ? args.shift() : undefined;
    if (shape !== undefined && !kit.equals(received, shape, 'subset')) return [false, () => versus(self, shape, received, 'subset')];
    const [last] = args;
    if (last !== undefined && typeof last !== 'string') throw self.usage(`the ${kind === 'inline' ? 'snapshot' : 'hint'} must be a text, it is ${short(last)}`);
    const plain = kit.format(shape === undefined ? received : kit.alike(received, shape));
    const text = (kit.options.snapshot ?? {}).redact === false ? plain : kit.redact(plain);
    const inline = kind === 'inline' && last !== undefined ? dedented(last) : undefined;
    const kept = kit.snapshot(kind, kind === 'inline' ? undefined : last, text, inline);
    return [kept.pass, () => kit.unlike(kept, text)];
  });
  // How a snapshot that fails is told.
  kit.unlike = ({ expected, isNew, name }, text) => (isNew
    ? { rows: [`The snapshot \`${name}\` is new, and none is written here (--ci); the received value reads`, '', text], actual: text }
    : { before: [`Snapshot name: ${name}`, ''], diff: kit.diff(expected, text), expected, actual: text });
  // The text between the first and the last line break, without the blanks that all its lines begin with.
  const dedented = (text) => {
    const found = /^[ \t]*\n([^]*?)\n?[ \t]*$/.exec(text);
    if (found === null) return text;
    const lines = found[1].split('\n');
    const shifts = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)[0].length);
    return lines.map((line) => line.slice(Math.min(...shifts))).join('\n');
  };
  snapshot('toMatchSnapshot', 'file');
  snapshot('toMatchInlineSnapshot', 'inline');
})
