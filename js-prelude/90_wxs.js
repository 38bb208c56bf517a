// The globals of WXS modules, `require`, and the descriptors that event handlers get. It runs in an
// engine of its own, which has no other prelude script.
(function (host, kit) {
  'use strict';
  const { defineProperty: define, create } = Object;
  const { apply, construct, ownKeys, deleteProperty } = Reflect;
  const globals = globalThis;
  const NativeDate = Date;
  const NativeRegExp = RegExp;
  const NativeMap = Map;
  const { parse, UTC, now } = NativeDate;
  const { parse: parseJson, stringify } = JSON;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);
  const mapGet = uncurry(Map.prototype.get);
  const mapSet = uncurry(Map.prototype.set);
  const mapDelete = uncurry(Map.prototype.delete);
  const mapKeys = uncurry(Map.prototype.keys);
  const split = uncurry(String.prototype.split);
  const isArray = Array.isArray;
  const show = (value) => `${value}`;

  const hide = (object, name, value) =>
    define(object, name, { value, writable: true, configurable: true, enumerable: false });

  // Leaves an object only the members that the manual lists; those under symbols work inside the
  // engine.
  const keep = (object, names) => {
    const kept = create(null);
    for (const name of split(names, ' ')) kept[name] = true;
    for (const key of ownKeys(object)) {
      if (typeof key === 'string' && !kept[key]) deleteProperty(object, key);
    }
  };

  // `value.constructor` is a name. Builtins that make an array or a regular expression like another
  // one look at it, too, and must find nothing there.
  let isBuiltin = false;
  const named = (prototype, name) => {
    define(prototype, 'constructor', {
      configurable: true,
      get() {
        if (!isBuiltin) return name;
        isBuiltin = false;
        return undefined;
      },
      set(value) {
        define(this, 'constructor', {
          value, writable: true, configurable: true, enumerable: true,
        });
      },
    });
  };
  const unasked = (prototype, name) => {
    const native = prototype[name];
    hide(prototype, name, {
      [name](...args) {
        isBuiltin = true;
        try {
          return apply(native, this, args);
        } finally {
          isBuiltin = false;
        }
      },
    }[name]);
  };

  const dateMethods = () => {
    const parts = 'FullYear Month Date Day Hours Minutes Seconds Milliseconds';
    let names = 'constructor toString toDateString toTimeString toLocaleString ' +
      'toLocaleDateString toLocaleTimeString valueOf getTime setTime getTimezoneOffset ' +
      'toUTCString toISOString toJSON';
    for (const part of split(parts, ' ')) {
      names += ` get${part} getUTC${part} set${part} setUTC${part}`;
    }
    return names;
  };

  // Dates: texts as phones read them.
  const time = (text) => {
    const ms = parse(text);
    return ms === ms ? ms : host.parseDate(show(text));
  };
  const getDate = (...args) => {
    const is = args.length === 1 && typeof args[0] === 'string';
    return construct(NativeDate, is ? [time(args[0])] : args);
  };
  const WxsDate = {
    Date() {
      return show(construct(NativeDate, []));
    },
  }.Date;
  hide(WxsDate, 'parse', time);
  hide(WxsDate, 'UTC', UTC);
  hide(WxsDate, 'now', now);

  named(Array.prototype, 'Array');
  for (const name of ['concat', 'slice', 'splice', 'map', 'filter']) unasked(Array.prototype, name);
  named(NativeRegExp.prototype, 'RegExp');
  unasked(NativeRegExp.prototype, Symbol.split);
  hide(Object.prototype, 'constructor', 'Object');
  hide(Function.prototype, 'constructor', 'Function');
  hide(String.prototype, 'constructor', 'String');
  hide(Number.prototype, 'constructor', 'Number');
  hide(Boolean.prototype, 'constructor', 'Boolean');
  hide(NativeDate.prototype, 'constructor', 'Date');

  keep(Array.prototype, 'constructor length toString concat join pop push reverse shift slice ' +
    'sort splice unshift indexOf lastIndexOf every some forEach map filter reduce reduceRight');
  keep(String.prototype, 'constructor length toString valueOf charAt charCodeAt concat indexOf ' +
    'lastIndexOf localeCompare match replace search slice split substring toLowerCase ' +
    'toLocaleLowerCase toUpperCase toLocaleUpperCase trim');
  keep(Number.prototype, 'constructor toString toLocaleString valueOf toFixed toExponential ' +
    'toPrecision');
  keep(Boolean.prototype, 'constructor toString valueOf');
  keep(NativeDate.prototype, dateMethods());
  keep(Number, 'MAX_VALUE MIN_VALUE NEGATIVE_INFINITY POSITIVE_INFINITY length name prototype');
  keep(Math, 'E LN10 LN2 LOG2E LOG10E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil cos exp ' +
    'floor log max min pow random round sin sqrt tan');
  deleteProperty(NativeRegExp.prototype, 'compile');
  Math.random = () => host.random();

  hide(JSON, 'parse', (text) => (text === undefined ? undefined : parseJson(text)));
  hide(JSON, 'stringify', (value) => stringify(value));

  const console = {
    log: (...values) => {
      let text = '';
      for (let i = 0; i < values.length; i += 1) text += (i > 0 ? ' ' : '') + show(values[i]);
      host.console(text);
    },
  };
  const getRegExp = (...args) => construct(NativeRegExp, args);

  // Modules: each runs once. One that fails is reported and exports nothing, and the module that
  // requires it goes on.
  const modules = new NativeMap();
  const run = (key) => {
    const known = mapGet(modules, key);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    mapSet(modules, key, module);
    try {
      apply(host.compile(key), undefined, [requireFrom(key), module]);
    } catch (error) {
      module.exports = undefined;
      throw error;
    }
    return module.exports;
  };
  const requireFrom = (key) => (path) => {
    try {
      return run(host.resolve(key, show(path)));
    } catch (error) {
      host.failed(error);
      return undefined;
    }
  };

  // Descriptors: one object for each node, so that it keeps its state.
  const descriptors = new NativeMap();
  const timers = new NativeMap();
  let lastTimer = 0;
  const Descriptor = {};
  const descriptor = (node) => {
    if (typeof node !== 'number') return undefined;
    let known = mapGet(descriptors, node);
    if (known === undefined) {
      const object = create(Descriptor);
      hide(object, 'node', node);
      known = { object, state: {} };
      mapSet(descriptors, node, known);
    }
    return known.object;
  };
  const method = (name, run) => hide(Descriptor, name, { [name]: run }[name]);
  // Those that change the look give the descriptor, so that calls can be chained.
  for (const name of split('setStyle addClass removeClass', ' ')) {
    method(name, function (...args) {
      host.descriptor(this.node, name, args);
      return this;
    });
  }
  const ASKED = 'hasClass getDataset callMethod triggerEvent getComputedStyle getBoundingClientRect';
  for (const name of split(ASKED, ' ')) {
    method(name, function (...args) {
      return host.descriptor(this.node, name, args);
    });
  }
  method('selectComponent', function (selector) {
    return descriptor(host.descriptor(this.node, 'selectComponent', [selector]));
  });
  method('selectAllComponents', function (selector) {
    const nodes = host.descriptor(this.node, 'selectAllComponents', [selector]);
    const found = [];
    for (let i = 0; isArray(nodes) && i < nodes.length; i += 1) found[i] = descriptor(nodes[i]);
    return found;
  });
  method('getState', function () {
    return descriptor(this.node) && mapGet(descriptors, this.node).state;
  });
  const start = (node, kind, callback, args) => {
    if (typeof callback !== 'function') return undefined;
    lastTimer += 1;
    mapSet(timers, lastTimer, callback);
    host.descriptor(node, kind, [lastTimer, ...args]);
    return lastTimer;
  };
  method('requestAnimationFrame', function (callback) {
    return start(this.node, 'requestAnimationFrame', callback, []);
  });
  method('setTimeout', function (callback, ms) {
    return start(this.node, 'setTimeout', callback, [+ms || 0]);
  });
  method('clearTimeout', function (id) {
    if (mapDelete(timers, id)) host.descriptor(this.node, 'clearTimeout', [id]);
  });

  kit.bridge = {
    load: run,
    handle: (handler, event, node, owner) => {
      if (typeof event === 'object' && event !== null) hide(event, 'instance', descriptor(node));
      return handler(event, descriptor(owner));
    },
    changed: (handler, value, old, owner, node) =>
      handler(value, old, descriptor(owner), descriptor(node)),
    timer: (id) => {
      const callback = mapGet(timers, id);
      mapDelete(timers, id);
      if (callback !== undefined) callback();
    },
    forget: (from, to) => {
      for (const node of mapKeys(descriptors)) {
        if (node >= from && node < to) mapDelete(descriptors, node);
      }
    },
  };

  // A function in JSON is null; the rest comes last, because the script itself needs it.
  hide(Function.prototype, 'toJSON', () => null);
  hide(Function.prototype, 'toString', () => '[function Function]');
  hide(Object.prototype, 'toString', () => '[object Object]');
  keep(Function.prototype, 'constructor length name prototype toString toJSON');
  keep(Object.prototype, 'constructor toString');
  keep(globals, 'undefined NaN Infinity parseInt parseFloat isNaN isFinite decodeURI ' +
    'decodeURIComponent encodeURI encodeURIComponent Math JSON Number');
  hide(globals, 'Date', WxsDate);
  hide(globals, 'getDate', getDate);
  hide(globals, 'getRegExp', getRegExp);
  hide(globals, 'console', console);
})
