// When two values are equal. The scripts of `expect` that a test may not need are read late.
(function (host, kit) {
  'use strict';
  // Scripts that are read late, each once; `kit.late` makes functions that read theirs when they are called.
  const loaded = new Set();
  kit.load = (...scripts) => {
    for (const script of scripts) {
      if (loaded.has(script)) continue;
      loaded.add(script);
      host.later(script, host, kit);
    }
  };
  const late = (script, names) => {
    for (const name of names) {
      kit[name] = (...args) => {
        kit.load(script);
        return kit[name](...args);
      };
    }
  };
  late('wxsim:t74', ['format', 'diff', 'redact', 'nameOf', 'alike']);
  late('wxsim:t75', ['pattern', 'subset', 'isClose']);
  late('wxsim:t76', ['versus']);
  late('wxsim:t77', ['makeMock', 'spyOn']);
  kit.isMock = () => false;
  kit.mocks = { clearAll() {}, resetAll() {}, restoreAll() {} };
  kit.fn = (implementation) => kit.makeMock(implementation);
  for (const name of Object.keys(kit.mocks)) kit.fn[name] = () => kit.mocks[name]();

  // The key of a pattern's test: expect.any(Number) and its like.
  const MATCHES = Symbol('matches');
  kit.MATCHES = MATCHES;
  const isObject = (value) => typeof value === 'object' && value !== null;
  const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);
  const enumerable = (object, key) => Object.prototype.propertyIsEnumerable.call(object, key);
  const keysOf = (object) => [
    ...Object.keys(object),
    ...Object.getOwnPropertySymbols(object).filter((key) => enumerable(object, key)),
  ];
  const bytesOf = (value) =>
    ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value);
  const isElement = (value) => isObject(value) && kit.ELEMENT !== undefined && value[kit.ELEMENT] === true;
  kit.isPattern = (value) => isObject(value) && value[MATCHES] !== undefined;
  kit.keysOf = keysOf;
  kit.tag = tag;

  // Modes: 'equal' passes over undefined members and classes, 'strict' does not, 'subset' asks only for
  // the members that the second object has.
  function same(a, b, mode, above) {
    if (kit.isPattern(b)) return a === b || b[MATCHES](a);
    if (kit.isPattern(a)) return a[MATCHES](b);
    if (Object.is(a, b)) return true;
    if (!isObject(a) || !isObject(b)) return false;
    if (isElement(a) && isElement(b)) return a.page === b.page && a.node === b.node;
    const kind = tag(a);
    if (kind !== tag(b)) return false;
    if (mode === 'strict' && a.constructor !== b.constructor) return false;
    if (kind === 'Date' || kind === 'Number' || kind === 'String' || kind === 'Boolean') return Object.is(a.valueOf(), b.valueOf());
    if (kind === 'RegExp') return String(a) === String(b);
    if (kind === 'ArrayBuffer' || kind === 'DataView') return `${bytesOf(a)}` === `${bytesOf(b)}`;
    // Objects that contain themselves: what is already being compared is taken for equal, if it is in both.
    for (const [one, other] of above) {
      if (one === a || other === b) return one === a && other === b;
    }
    above.push([a, b]);
    const result = sameInside(a, b, kind, mode, above);
    above.pop();
    return result;
  }

  function sameInside(a, b, kind, mode, above) {
    if (a instanceof Error && b instanceof Error) {
      return a.name === b.name && a.message === b.message && (mode !== 'strict' || sameMembers(a, b, mode, above));
    }
    // A member of one list has one partner in the other.
    const matched = (one, other, equal) => {
      const rest = [...other];
      return one.size === other.size && [...one].every((item) => {
        const at = rest.findIndex((candidate) => equal(item, candidate));
        if (at >= 0) rest.splice(at, 1);
        return at >= 0;
      });
    };
    const inner = mode === 'subset' ? 'equal' : mode;
    if (kind === 'Set') return matched(a, b, (x, y) => same(x, y, inner, above));
    if (kind === 'Map') return matched(a, b, ([k, x], [l, y]) => same(k, l, inner, above) && same(x, y, inner, above));
    if (Array.isArray(a) || ArrayBuffer.isView(a)) {
      if (a.length !== b.length) return false;
      for (let at = 0; at < a.length; at += 1) {
        if (mode === 'strict' && at in a !== at in b) return false;
        if (!same(a[at], b[at], mode, above)) return false;
      }
    }
    return sameMembers(a, b, mode, above);
  }

  const isIndex = (key) => typeof key === 'string' && /^\d+$/.test(key);
  function sameMembers(a, b, mode, above) {
    const isList = Array.isArray(b) || ArrayBuffer.isView(b);
    const keys = (object) => keysOf(object).filter((key) => !(isList && isIndex(key)));
    const wanted = keys(b);
    if (mode === 'subset' && !isList) return wanted.every((key) => key in a && same(a[key], b[key], mode, above));
    const known = (object, other) => (key) => Object.hasOwn(other, key) || (mode !== 'strict' && object[key] === undefined);
    return (
      wanted.every(known(b, a)) &&
      keys(a).every(known(a, b)) &&
      wanted.every((key) => same(a[key], b[key], mode, above))
    );
  }
  kit.equals = (a, b, mode = 'equal') => same(a, b, mode, []);

})
