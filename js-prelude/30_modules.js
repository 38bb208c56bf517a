// require: one instance per file, circular imports see what is there so far.
(function (host, kit) {
  'use strict';
  const registry = new kit.Map();

  const load = (path) => {
    const known = kit.get(registry, path);
    if (known !== undefined) return known.exports;
    const factory = host.compile(path);
    if (!kit.keepsMatches && host.readsLastMatch(path)) {
      kit.keepsMatches = true;
      host.later('wxsim:81', host, kit);
    }
    const module = { id: path, exports: {}, loaded: false };
    kit.set(registry, path, module);
    if (host.hasExports(path)) kit.define(module.exports, '__esModule', { value: true });
    const exportAll = (source) => {
      for (const key in source) {
        if (key !== 'default' && !kit.has(module.exports, key)) {
          kit.define(module.exports, key, { enumerable: true, get: () => source[key] });
        }
      }
    };
    try {
      // In sloppy code an undefined `this` is the global object, as on the platform.
      kit.apply(factory, undefined, [
        requireFrom(path), module, module.exports,
        (specifier, options) => namespace(requireFrom(path)(specifier), options),
        module.exports, exportAll,
        (specifier) => requireFrom(path).async(specifier),
        { url: path },
      ]);
    } catch (error) {
      // The next require runs the file again, as on the platform.
      kit.remove(registry, path);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  };

  // What an import sees of a CommonJS module: its members, and the whole as `default`.
  const namespace = (exports, options) => {
    if (kit.isObject(exports) && exports.__esModule) return exports;
    const named = options !== undefined && kit.isArray(options.importedNames);
    if (named && (kit.isObject(exports) || kit.isFunction(exports))) {
      return kit.create(exports, { default: { value: exports } });
    }
    const copy = kit.isObject(exports) || kit.isFunction(exports) ? kit.assign({}, exports) : {};
    copy.default = exports;
    return copy;
  };

  const requireFrom = (from) => {
    // With callbacks: a module of another subpackage, loaded when it has arrived.
    const require = (specifier, done, failed) => {
      if (typeof specifier !== 'string') throw new kit.Error('require args must be a string');
      if (!kit.isFunction(done)) return load(host.resolve(from, specifier));
      kit.then(require.async(specifier), done, failed);
      return undefined;
    };
    require.async = (specifier) =>
      new kit.Promise((resolve, reject) => {
        try {
          const path = host.resolve(from, specifier);
          kit.then(kit.arrival(path), () => resolve(load(path)));
        } catch (error) {
          reject({ errMsg: `loadSubpackage:fail ${error.message}`, mod: specifier });
        }
      });
    return require;
  };

  // Settles when the subpackage of a file is there; packages are always local here.
  kit.arrival = () => kit.Promise.resolve();
  kit.load = load;
  // Old libraries call a global require or define.
  kit.global('require', requireFrom(''));

  // Runs a script of the project; `route` is what Page() or Component() in it registers.
  kit.run = (path, route) => {
    const outer = kit.registering;
    kit.registering = route;
    try {
      load(path);
    } finally {
      kit.registering = outer;
    }
  };
  kit.bridge.run = kit.run;
})
