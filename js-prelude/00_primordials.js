// Copies of the builtins that the prelude uses, taken before any app code can replace them.
(function (host, kit) {
  'use strict';
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);

  kit.isArray = Array.isArray;
  kit.push = uncurry(Array.prototype.push);
  kit.map = uncurry(Array.prototype.map);
  kit.splice = uncurry(Array.prototype.splice);
  kit.RegExp = RegExp;
  kit.keys = Object.keys;
  kit.assign = Object.assign;
  kit.create = Object.create;
  kit.define = Object.defineProperty;
  kit.prototypeOf = Object.getPrototypeOf;
  kit.has = uncurry(Object.prototype.hasOwnProperty);
  kit.apply = Reflect.apply;
  const bind = uncurry(Function.prototype.bind);
  // A method that keeps its object, also as a callback; members of the function stay.
  kit.bound = (method, self) => kit.assign(bind(method, self), method);
  kit.construct = Reflect.construct;
  kit.Promise = Promise;
  kit.then = uncurry(Promise.prototype.then);
  kit.Map = Map;
  kit.get = uncurry(Map.prototype.get);
  kit.set = uncurry(Map.prototype.set);
  kit.remove = uncurry(Map.prototype.delete);
  kit.split = uncurry(String.prototype.split);
  kit.slice = uncurry(String.prototype.slice);
  kit.trim = uncurry(String.prototype.trim);
  kit.test = uncurry(RegExp.prototype.test);
  kit.lower = uncurry(String.prototype.toLowerCase);
  kit.isFinite = isFinite;
  kit.fixed = uncurry(Number.prototype.toFixed);
  kit.Bytes = Uint8Array;
  kit.Floats = Float32Array;
  kit.copyBytes = uncurry(Uint8Array.prototype.set);
  kit.Error = Error;
  kit.TypeError = TypeError;

  // Functions that the simulator calls; filled by the later scripts.
  kit.bridge = kit.create(null);

  kit.isFunction = (value) => typeof value === 'function';
  kit.isObject = (value) => typeof value === 'object' && value !== null;

  // Adds a global that `for…in` over the global object does not list.
  kit.global = (name, value) =>
    kit.define(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

  // Runs app code; what it throws is reported with a place in words and never stops the caller.
  kit.guard = (where, fn, self, args) => {
    try {
      return kit.apply(fn, self, args);
    } catch (error) {
      host.report(error, where);
      return undefined;
    }
  };
})
