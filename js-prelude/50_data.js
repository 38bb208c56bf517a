// Data of pages and components: copies, and setData by data path.
(function (host, kit) {
  'use strict';
  // A deep copy of plain objects and arrays; everything else is shared. Proxies are asked here.
  const copy = (value) => {
    const array = kit.isArray(value);
    const proto = kit.prototypeOf(value);
    if (!array && proto !== plainProto && proto !== null) return value;
    const target = array ? [] : {};
    for (const key of kit.keys(value)) target[key] = kit.copy(value[key]);
    return target;
  };
  const plainProto = Object.prototype;
  kit.copy = (value) => host.copy(value, copy);

  const paths = new kit.Map();
  kit.path = (text) => {
    let path = kit.get(paths, text);
    if (path === undefined) {
      path = host.parsePath(text);
      kit.set(paths, text, path);
    }
    return path;
  };

  // Sets one value; what lies on the way is made an array or an object as the path needs it.
  kit.assignPath = (data, path, value) => {
    let target = data;
    for (let at = 0; at + 1 < path.length; at += 1) {
      const wantsArray = typeof path[at + 1] === 'number';
      const next = target[path[at]];
      if (!kit.isObject(next) || (wantsArray && !kit.isArray(next))) {
        target[path[at]] = wantsArray ? [] : {};
      }
      target = target[path[at]];
    }
    target[path[path.length - 1]] = value;
  };

  kit.readPath = (data, path) => {
    let value = data;
    for (const key of path) {
      if (value === undefined || value === null) return undefined;
      value = value[key];
    }
    return value;
  };

  // A setData patch as changes of data paths; components keep the very values, pages copies.
  kit.changesOf = (patch, copied) => {
    if (!kit.isObject(patch)) {
      throw new kit.TypeError('setData accepts an Object rather than some ' + typeof patch);
    }
    const changes = [];
    for (const key of kit.keys(patch)) {
      const path = kit.path(key);
      const value = copied ? kit.copy(patch[key]) : patch[key];
      if (value === undefined) {
        host.console('warn', `Setting data field "${key}" to undefined is invalid.`);
      } else {
        kit.push(changes, copied ? [path, value, key] : [path, value]);
      }
    }
    return changes;
  };

  // Keeps a setData callback until the view has taken over the data; gives its number.
  const done = new kit.Map();
  let last = 0;
  kit.done = (callback, instance) => {
    if (!kit.isFunction(callback)) return 0;
    last += 1;
    kit.set(done, last, { callback, instance });
    return last;
  };
  // this.setData of pages that were made with Page().
  kit.setData = (page, patch, callback) => {
    const { instance } = page;
    const changes = kit.changesOf(patch, true);
    for (const [path, value] of changes) kit.assignPath(instance.data, path, value);
    kit.orders(host.pageSetData(page.id, changes, kit.done(callback, instance), page.view));
  };

  // The view has taken over the data that this call sent.
  kit.bridge.dataSet = (token) => {
    const entry = kit.get(done, token);
    kit.remove(done, token);
    kit.guard('at setData callback function', entry.callback, entry.instance, []);
  };
})
