// The global object as the platform shows it: no browser, no code from strings, seeded randomness,
// and a Date that reads the forms phones read.
(function (host, kit) {
  'use strict';
  // Names of a browser that libraries test for: present and undefined, so that reading is safe.
  const ABSENT = [
    'window', 'document', 'frames', 'self', 'location', 'navigator', 'localStorage', 'history',
    'Caches', 'screen', 'alert', 'confirm', 'prompt', 'fetch', 'XMLHttpRequest', 'WebSocket',
    'Reporter', 'webkit', 'WeixinJSCore', 'requestAnimationFrame', 'cancelAnimationFrame',
  ];
  for (const name of ABSENT) kit.global(name, undefined);
  kit.global('global', globalThis);

  // `new Function('return this')` is the one code from a string that the platform lets pass.
  const NativeFunction = Function;
  function PageFunction(...parts) {
    const body = parts.length > 0 ? `${parts[parts.length - 1]}` : '';
    if (kit.test(/^\s*return this;?\s*$/, body)) return () => globalThis;
    return kit.construct(NativeFunction, parts);
  }
  kit.define(PageFunction, 'name', { value: 'Function' });
  kit.define(PageFunction, 'prototype', { value: NativeFunction.prototype });
  kit.define(NativeFunction.prototype, 'constructor', { value: PageFunction });
  kit.global('Function', PageFunction);

  Math.random = () => host.random();

  const NativeDate = Date;
  const nativeParse = NativeDate.parse;
  const parse = (text) => {
    const time = nativeParse(text);
    return time === time ? time : host.parseDate(`${text}`);
  };
  function PageDate(...args) {
    if (new.target === undefined) return NativeDate();
    const target = new.target === PageDate ? NativeDate : new.target;
    const parsed = args.length === 1 && typeof args[0] === 'string' ? [parse(args[0])] : args;
    return kit.construct(NativeDate, parsed, target);
  }
  kit.define(PageDate, 'name', { value: 'Date' });
  kit.define(PageDate, 'length', { value: 7 });
  kit.define(PageDate, 'prototype', { value: NativeDate.prototype });
  for (const name of ['now', 'UTC']) {
    kit.define(PageDate, name, { value: NativeDate[name], writable: true, configurable: true });
  }
  kit.define(PageDate, 'parse', { value: parse, writable: true, configurable: true });
  NativeDate.prototype.constructor = PageDate;
  kit.global('Date', PageDate);

  if (!kit.isFunction(Error.captureStackTrace)) {
    kit.define(Error, 'captureStackTrace', {
      value(target) {
        const stack = new kit.Error().stack;
        kit.define(target, 'stack', { value: stack, writable: true, configurable: true });
      },
      writable: true,
      configurable: true,
    });
  }

  // The engine puts a backslash before each slash of a pattern, also where there is one.
  const { get: source } = Object.getOwnPropertyDescriptor(RegExp.prototype, 'source');
  kit.define(RegExp.prototype, 'source', {
    configurable: true,
    get() {
      const [first, ...parts] = kit.split(kit.apply(source, this, []), '/');
      let text = first;
      for (const part of parts) {
        text = kit.slice(text, 0, -1);
        let at = text.length;
        while (text[at - 1] === '\\') at -= 1;
        text += (text.length - at) % 2 === 1 ? `/${part}` : `\\/${part}`;
      }
      return text;
    },
  });

  // Words of a language, which the engine does not have; their script is read when they are needed.
  const worded = (owner, name, text) =>
    kit.define(owner, name, {
      value: {
        [name](locales, options) {
          if (kit.localeNumber === undefined) host.later('wxsim:84', host, kit);
          return text(this, locales, options);
        },
      }[name],
      writable: true,
      configurable: true,
    });
  worded(Number.prototype, 'toLocaleString', (number, ...rest) => kit.localeNumber(+number, ...rest));
  worded(NativeDate.prototype, 'toLocaleString', (date, ...rest) => kit.localeDate(date, 'both', ...rest));
  worded(NativeDate.prototype, 'toLocaleDateString', (date, ...rest) => kit.localeDate(date, 'date', ...rest));
  worded(NativeDate.prototype, 'toLocaleTimeString', (date, ...rest) => kit.localeDate(date, 'time', ...rest));
})
