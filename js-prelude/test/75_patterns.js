// Values that stand for many: expect.any, objectContaining, …
(function (host, kit) {
  'use strict';
  const { keysOf, tag } = kit;
  const isObject = (value) => typeof value === 'object' && value !== null;

  // `show` is how a message writes them, from a function that formats a part.
  const pattern = (name, matches, show, isNot = false) => ({
    [kit.MATCHES]: (value) => matches(value) !== isNot,
    asymmetricMatch: (value) => matches(value) !== isNot,
    show: (format) => show(isNot ? name.replace(/(?=Containing|Matching|CloseTo)/, 'Not') : name, format),
    toString: () => name,
  });
  kit.pattern = pattern;

  const BOXES = { String: 'string', Number: 'number', Boolean: 'boolean', BigInt: 'bigint', Symbol: 'symbol', Function: 'function' };
  const part = (name, matches) => (check, isNot) => {
    return (sample) => {
      check(name, sample);
      return pattern(name, (value) => matches(value, sample), (shown, format) => `${shown} ${format(sample)}`, isNot);
    };
  };
  const need = (what, holds) => (name, sample) => {
    if (!holds(sample)) throw new TypeError(`expect.${name[0].toLowerCase()}${name.slice(1)}() needs ${what}, not ${kit.format(sample, true)}`);
  };
  const isText = (value) => typeof value === 'string';
  const PARTS = {
    objectContaining: [
      part('ObjectContaining', (value, sample) =>
        (isObject(value) || typeof value === 'function') && keysOf(sample).every((key) => key in value && kit.equals(value[key], sample[key]))),
      need('an object', isObject),
    ],
    arrayContaining: [
      part('ArrayContaining', (value, sample) =>
        Array.isArray(value) && sample.every((item) => value.some((other) => kit.equals(other, item)))),
      need('an array', Array.isArray),
    ],
    stringContaining: [part('StringContaining', (value, sample) => isText(value) && value.includes(sample)), need('a string', isText)],
    stringMatching: [
      part('StringMatching', (value, sample) => isText(value) && new RegExp(sample).test(value)),
      need('a string or a regular expression', (value) => isText(value) || tag(value) === 'RegExp'),
    ],
  };
  const closeTo = (isNot) => (number, digits = 2) =>
    pattern('NumberCloseTo', (value) => typeof value === 'number' && kit.isClose(value, number, digits),
      (shown) => `${shown} ${number} (${digits} digits)`, isNot);
  kit.isClose = (value, number, digits) => value === number || Math.abs(value - number) < 10 ** -digits / 2;

  const patterns = {
    any(type) {
      if (typeof type !== 'function') throw new TypeError('expect.any() needs a type: expect.any(String); expect.anything() takes any value');
      const matches = (value) => {
        if (value === null || value === undefined) return false;
        if (type === Object) return typeof value === 'object';
        if (type === Array) return Array.isArray(value);
        return typeof value === BOXES[type.name] || value instanceof type;
      };
      return pattern('Any', matches, () => `Any<${type.name}>`);
    },
    anything: () => pattern('Anything', (value) => value !== null && value !== undefined, () => 'Anything'),
    closeTo: closeTo(false),
    not: { closeTo: closeTo(true) },
  };
  for (const [name, [make, check]] of Object.entries(PARTS)) {
    patterns[name] = make(check, false);
    patterns.not[name] = make(check, true);
  }
  // As toMatchObject: at each level, the members that are named.
  kit.subset = (sample) => pattern('Subset', (value) => kit.equals(value, sample, 'subset'), (shown, format) => `${shown} ${format(sample)}`);

  Object.assign(kit.expect.not, patterns.not);
  Object.assign(kit.expect, { ...patterns, not: kit.expect.not });
})
