// WXS: modules of templates, in an engine of their own. Run when the first one is used.
(function (host, kit) {
  'use strict';
  const { defineProperty } = Object;
  const classes = { Array, Object, String, Number, Boolean, Function, Date, RegExp };
  const Expression = RegExp;
  const makeRegExp = (pattern, flags) => new Expression(pattern, flags);
  const makeDate = (...parts) =>
    parts.length === 1 && typeof parts[0] === 'string' ? new Date(host.parseDate(parts[0])) : new Date(...parts);
  kit.bridge = Object.create(null);

  // `constructor` is the name of the class.
  for (const name in classes) {
    const value = name;
    defineProperty(classes[name].prototype, 'constructor', { value, writable: true, configurable: true });
  }
  const show = (level) => (...values) => host.console(level, ...values);
  const names = {
    getDate: makeDate,
    getRegExp: makeRegExp,
    console: { log: show('log'), info: show('info'), warn: show('warn'), error: show('error'), debug: show('debug') },
  };
  for (const name in names) defineProperty(globalThis, name, { value: names[name], writable: true, configurable: true });
  for (const name of ['Function', 'Proxy', 'Reflect', 'Promise', 'RegExp', 'WebAssembly']) delete globalThis[name];

  const modules = new Map();
  const load = (path) => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const factory = host.compile(path);
    factory((named) => load(host.beside(path, `${named}`)), module, module.exports);
    return module.exports;
  };
  kit.bridge.exports = load;
  kit.bridge.call = (run, ...args) => run(...args);
})
