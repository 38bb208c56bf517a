// The matchers that most tests use; names and meanings are jest's.
(function (host, kit) {
  'use strict';
  const { matcher, short } = kit;
  const no = (self) => (self.isNot ? 'not ' : '');
  const isNone = (value) => value === null || value === undefined;

  matcher('toBe', 'expected', (received, [expected], self) => [Object.is(received, expected), () => {
    const isAlike = !self.isNot && kit.equals(received, expected);
    const before = isAlike ? ['If it should pass with deep equality, replace "toBe" with "toEqual"', ''] : [];
    return kit.versus(self, expected, received, 'equal', before);
  }], 'Object.is equality');
  const equality = (mode) => (received, [expected], self) => [kit.equals(received, expected, mode), () => kit.versus(self, expected, received, mode)];
  matcher('toEqual', 'expected', equality('equal'), 'deep equality');
  matcher('toStrictEqual', 'expected', equality('strict'), 'deep equality');
  matcher('toMatchObject', 'expected', (received, args, self) => {
    for (const [what, value] of [['received', received], ['expected', args[0]]]) {
      if (!kit.isObject(value)) throw self.usage(`the ${what} value must be an object, it is ${short(value)}`);
    }
    return equality('subset')(received, args, self);
  });

  const CHECKS = {
    toBeTruthy: (value) => Boolean(value),
    toBeFalsy: (value) => !value,
    toBeNull: (value) => value === null,
    toBeUndefined: (value) => value === undefined,
    toBeDefined: (value) => value !== undefined,
    toBeNaN: (value) => Number.isNaN(value),
  };
  for (const [name, check] of Object.entries(CHECKS)) {
    matcher(name, '', (received) => [check(received), () => ({ rows: [['Received', short(received)]], actual: kit.format(received) })]);
  }

  const contains = (name, holds, comment) => matcher(name, 'expected', (received, [expected], self) => {
    if (isNone(received)) throw self.usage(`the received value must not be ${received}`);
    if (typeof received === 'string') {
      if (typeof expected !== 'string') throw self.usage(`in a string there can be only a string, not ${short(expected)}`);
      return [received.includes(expected), () => [['Expected substring', no(self) + short(expected)], ['Received string', short(received)]]];
    }
    if (!kit.isFunction(received[Symbol.iterator])) throw self.usage(`the received value must be a list or a string, it is ${short(received)}`);
    const items = [...received];
    return [holds(items, expected), () => [
      ['Expected value', no(self) + short(expected)],
      [`Received ${kit.tag(received).toLowerCase()}`, short(received)],
      ...(!self.isNot && items.some((item) => kit.equals(item, expected)) ? ['', 'The list has an equal value: toContainEqual finds it, toContain asks for the same object.'] : []),
    ]];
  }, comment);
  contains('toContain', (items, expected) => items.indexOf(expected) >= 0, 'indexOf');
  contains('toContainEqual', (items, expected) => items.some((item) => kit.equals(item, expected)), 'deep equality');

  matcher('toHaveLength', 'expected', (received, [expected], self) => {
    if (isNone(received) || typeof received.length !== 'number') throw self.usage(`the received value must have a length, it is ${short(received)}`);
    if (typeof expected !== 'number') throw self.usage(`the expected length must be a number, it is ${short(expected)}`);
    return [received.length === expected, () => [
      ['Expected length', `${no(self)}${expected}`], ['Received length', received.length],
      [`Received ${kit.tag(received).toLowerCase()}`, short(received)],
    ]];
  });
})
