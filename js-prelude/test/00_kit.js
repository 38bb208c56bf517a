// The test context: what the scripts of `wxsim test` share. Tests and the mini program have no object in common;
// values cross as copies.
(function (host, kit) {
  'use strict';
  kit.ELEMENT = Symbol('element');
  kit.options = {};
  kit.softFailures = [];
  kit.host = host;

  // Actions: the simulator does one after the other, whenever no script of the test has anything to do.
  const waiting = new kit.Map();
  let last = 0;
  kit.act = (verb, ...args) => {
    last += 1;
    const number = last;
    const site = new kit.Error('called here');
    return new kit.Promise((resolve, reject) => {
      kit.set(waiting, number, { resolve, reject, site });
      host.act(number, verb, args, site);
    });
  };
  kit.bridge.acted = (number, ok, value) => {
    const { resolve, reject, site } = kit.get(waiting, number);
    kit.remove(waiting, number);
    if (ok) {
      resolve(value);
      return;
    }
    const error = new kit.ActionError(value);
    error.stack = site.stack;
    reject(error);
  };
  kit.ActionError = class ActionError extends Error {};
  kit.define(kit.ActionError.prototype, 'name', { value: 'ActionError' });

  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
  kit.step = (verb, ...parts) =>
    kit.act('step', [verb, ...parts.filter((part) => part !== undefined).map(text)].join(' '));
  kit.wait = (ms) => kit.act('step', `advance ${+ms}ms`);
  kit.read = (what, ...args) => host.read(what, args);
  kit.print = (...values) => host.console('log', ...values);
  kit.isElement = (value) => kit.isObject(value) && value[kit.ELEMENT] === true;

  // 3000, '3s' and '3d' are durations.
  kit.duration = (value) => {
    if (typeof value === 'number') return `${value}ms`;
    if (typeof value === 'string') return value;
    throw new TypeError('a duration is a number of milliseconds or a text such as "3s", "5m", "2h" or "1d"');
  };

  // Names that people write wrong are told, not undefined.
  kit.strict = (name, object, more = []) =>
    new Proxy(object, {
      get(target, key) {
        if (key in target || typeof key === 'symbol' || ['then', 'toJSON', '__esModule'].includes(key)) return target[key];
        const known = [...Object.keys(target), ...more];
        throw new TypeError(`${name} has no \`${key}\`; ${host.nearest(key, known)}`);
      },
    });
})
