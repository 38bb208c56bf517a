// Members of wx without simulation: each answers softly, and what is used of them is reported.
(function (host, kit) {
  'use strict';
  const { unsupported } = host;
  const { toPrimitive, iterator } = Symbol;
  const toText = () => '';
  const noItems = () => ({ next: () => ({ done: true, value: undefined }) });

  // A stand-in for anything: every member is there, can be called, and is such a stand-in again.
  // `base` is the object's name and `name` its own; `unused` is reported with the first member read.
  const standIn = (base, name, target, awaitable, unused) => {
    const members = kit.create(null);
    if (awaitable) kit.assign(members, awaited(name));
    return new Proxy(target, {
      get(_, key) {
        if (key in members) return members[key];
        if (key === toPrimitive) return toText;
        if (key === iterator) return noItems;
        if (typeof key === 'symbol' || key === 'then') return undefined;
        if (key === 'length') return 0;
        if (unused !== undefined) {
          unsupported(unused);
          unused = undefined;
        }
        members[key] = standIn(base, `${base}.${key}`, function () {}, false);
        return members[key];
      },
      set(_, key, value) {
        members[key] = value;
        return true;
      },
      apply: (_, self, args) => called(base, name, args[0]),
      construct: (_, args) => called(base, name, args[0]),
    });
  };
  // What a call of a stand-in gives. With callbacks they hear of the failure; else awaiting does.
  const called = (base, name, options) => {
    const informed = kit.hasCallback(options);
    if (informed) kit.invoke({ name, promise: false }, options);
    return standIn(base, name, kit.create(null), !informed);
  };
  const awaited = (name) => {
    let failure;
    const then = (done, failed) => {
      failure = failure || kit.invoke({ name, promise: true }, undefined);
      return kit.then(failure, done, failed);
    };
    const rethrow = (last) => (error) => {
      last();
      throw error;
    };
    return { then, catch: (failed) => then(undefined, failed), finally: (last) => then(last, rethrow(last)) };
  };

  // A call of a method that an object has and that is not simulated.
  kit.missing = (name, options) => {
    if (!kit.hasCallback(options)) unsupported(name);
    return called(name, name, options);
  };

  // The object of an API that gives one.
  const inert = (name) => standIn(`${name}()`, `${name}()`, kit.create(null), false);
  kit.standIn = (name) => standIn(name, name, kit.create(null), false);
  kit.inert = (owner, name) => {
    unsupported(`${owner}.${name}`);
    return inert(name);
  };

  const listened = kit.create(null);
  const calls = {
    promise: (name, options) => kit.invoke({ name, promise: true }, options),
    async: (name, options) => kit.invoke({ name, promise: false }, options),
    sync: (name) => unsupported(`wx.${name}`),
    quiet: () => undefined,
    factory: (name) => kit.inert('wx', name),
    listen: (name) => {
      if (!listened[name]) unsupported(`wx.${name}`);
      listened[name] = true;
    },
  };
  const objects = {
    // Members follow; wx.env is there already.
    object: (name) => kit.wx[name] || {},
    unknown: (name) => standIn(name, name, kit.create(null), false, `wx.${name}`),
  };

  // The code of plugins is not there.
  const plugin = (name) => {
    if (!host.hasPlugin(`${name}`)) throw new kit.Error(`plugin "${name}" is not defined`);
    unsupported(`requirePlugin('${name}')`);
    return inert(`requirePlugin('${name}')`);
  };
  plugin.async = (name) => new kit.Promise((resolve) => resolve(plugin(name)));
  kit.global('requirePlugin', plugin);

  const { wx } = kit;
  for (const { owner, shape, names } of host.unmodelled()) {
    const target = owner === '' ? wx : wx[owner];
    const prefix = owner === '' ? '' : `${owner}.`;
    if (calls[shape] !== undefined) {
      host.members(target, prefix, names, calls[shape]);
      continue;
    }
    for (let at = 0; at < names.length; at += 1) {
      target[names[at]] = objects[shape](prefix + names[at]);
    }
  }
  // What navigators do, whatever the program makes of wx.
  const routes = kit.create(null);
  for (const name of ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack', 'navigateToMiniProgram', 'navigateBackMiniProgram', 'exitMiniProgram']) {
    routes[name] = wx[name];
  }
  kit.navigate = (name, options) => routes[name](options);
})
