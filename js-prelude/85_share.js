// What pages give for the cards that users share. Run when first needed; what of it counts is the
// simulator's decision.
(function (host, kit) {
  'use strict';
  // What handlers returned, by the number of the sharing.
  const given = new kit.Map();
  const isThenable = (value) => kit.isObject(value) && kit.isFunction(value.then);
  kit.shares = {
    has: (id, name) => {
      const page = kit.page(id);
      return page !== undefined && page.hook(name).length > 0;
    },
    // Runs a page's handler; what it returned, what is a promise in it, what wants to hear of the result.
    run: (number, id, name, options) => {
      const page = kit.page(id);
      host.enter(id, name, options);
      let returned;
      for (const hook of page.hook(name)) {
        returned = kit.guard(`at "${page.route}" page lifecycle function: ${name}`, hook, page.instance, [options]);
      }
      if (!kit.isObject(returned)) return {};
      const hears = [];
      for (const key of ['success', 'fail', 'complete']) if (kit.isFunction(returned[key])) kit.push(hears, key);
      const waits = isThenable(returned.promise);
      if (waits || hears.length > 0) kit.set(given, number, returned);
      return { content: returned, waits, hears };
    },
    // Listens to the promise.
    wait: (number) => {
      const { promise } = kit.get(given, number);
      const tell = (ok) => (value) => host.shareGiven(number, ok, value);
      kit.apply(promise.then, promise, [tell(true), tell(false)]);
    },
    // Tells the result, to success or fail, then complete.
    told: (number, ok, result) => {
      const returned = kit.get(given, number);
      kit.remove(given, number);
      for (const name of [ok ? 'success' : 'fail', 'complete']) {
        if (!kit.isFunction(returned[name])) continue;
        kit.guard(`at api shareAppMessage ${name} callback function`, returned[name], returned, [result]);
      }
    },
  };
})
