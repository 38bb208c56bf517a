// wx: shape only. Which names exist, what they check and what they answer is the simulator's.
(function (host, kit) {
  'use strict';
  // Callbacks of the calls under way, by call number.
  const calls = new kit.Map();
  let last = 0;
  // Where a call was made, by its failure.
  const sites = new WeakMap();
  const siteOf = Function.prototype.call.bind(WeakMap.prototype.get);
  const setSite = Function.prototype.call.bind(WeakMap.prototype.set);

  kit.hasCallback = (options) =>
    kit.isObject(options) &&
    (kit.isFunction(options.success) || kit.isFunction(options.fail) || kit.isFunction(options.complete));
  // A call of a row; a row without index is not simulated.
  kit.invoke = (row, options, object) => {
    if (kit.flush !== undefined) kit.flush();
    last += 1;
    const id = last;
    const call = { name: row.name, site: new kit.Error() };
    if (kit.isObject(options)) {
      call.success = options.success;
      call.fail = options.fail;
      call.complete = options.complete;
      if (row.name === 'navigateTo') call.events = options.events;
      if (object !== undefined && options.arrayBuffer !== undefined) {
        call.filled = { arrayBuffer: options.arrayBuffer, offset: options.offset };
      }
    }
    let promise;
    if (row.promise && !kit.hasCallback(call)) {
      promise = new kit.Promise((resolve, reject) => {
        call.success = resolve;
        call.fail = reject;
      });
    }
    kit.set(calls, id, call);
    if (row.index === undefined) host.invokeUnmodelled(row.name, id, options);
    else {
      const now = host.invoke(row.index, id, options, object);
      if (now) kit.bridge.deliver(id, true, now);
    }
    return promise;
  };

  const asynchronous = (row) => (options) => kit.invoke(row, options);

  const synchronous = (row) => (...args) => host.invokeSync(row.index, ...args);

  // wx.onX / wx.offX over one list of listeners per event.
  const listeners = kit.create(null);
  kit.listen = (event, listener) => {
    if (!kit.isFunction(listener)) return;
    kit.push((listeners[event] = listeners[event] || []), listener);
    host.heard(event, true);
  };
  kit.ignore = (event, listener) => {
    const list = listeners[event] || [];
    const kept = [];
    for (const other of list) {
      if (listener !== undefined && other !== listener) kit.push(kept, other);
    }
    listeners[event] = kept;
    if (kept.length === 0) host.heard(event, false);
  };
  const { ignore } = kit;
  const on = (row) => (listener) => kit.listen(row.event, listener);
  const off = (row) => (listener) => ignore(row.event, listener);
  const sets = (row) => (listener) => {
    if (!kit.isFunction(listener)) return;
    ignore(row.event);
    kit.listen(row.event, listener);
  };

  const nothing = () => {};
  // The one listener that shows the program's own privacy dialog.
  let privacyListener;
  kit.bridge.needPrivacy = (info) => {
    const resolve = (result) => {
      if (kit.isObject(result)) host.resolvePrivacy(`${result.event}`, `${result.buttonId || ''}`);
    };
    kit.guard('at onNeedPrivacyAuthorization callback function', privacyListener, undefined, [resolve, info]);
  };
  // The number of a call that no script makes.
  kit.bridge.nextCall = () => (last += 1);
  // An object whose methods write console lines.
  const logger = (source, levels, made = {}) => {
    for (const level of levels) made[level] = (...values) => host.console(level, source, ...values);
    return made;
  };
  const realtime = (source, made) =>
    logger(source, ['info', 'warn', 'error'], { setFilterMsg: nothing, addFilterMsg: nothing, ...made });

  kit.nodes = (name, ...args) => {
    if (kit.query === undefined) host.later('wxsim:72', host, kit);
    return kit[name](...args);
  };
  // APIs whose whole behaviour is a matter of script.
  const scripted = {
    ...kit.idle,
    nextTick: (callback) => {
      kit.then(kit.Promise.resolve(), () => kit.guard('at nextTick callback', callback, undefined, []));
    },
    createSelectorQuery: () => kit.nodes('query'),
    createIntersectionObserver: (owner, options) => kit.nodes('intersection', owner, options),
    onNeedPrivacyAuthorization: (listener) => {
      privacyListener = listener;
      host.heard('onNeedPrivacyAuthorization', kit.isFunction(listener));
    },
    getLogManager: () => logger('[LogManager]', ['debug', 'info', 'log', 'warn']),
    getRealtimeLogManager: () =>
      realtime('[RealtimeLogManager]', {
        in: nothing,
        getCurrentState: () => ({ size: 0, maxSize: 0, logCount: 0, maxLogCount: 0 }),
        tag: (name) => realtime(`[RealtimeLogManager ${name}]`),
      }),
  };

  // A call that returns a task; row.event is what the task tells.
  const task = (row) => (options) => {
    const id = last + 1;
    kit.invoke(row, options);
    const made = { abort: () => host.abort(id) };
    for (const event of row.event) {
      const key = `${row.name}.on${event} #${id}`;
      made[`on${event}`] = (listener) => kit.listen(key, listener);
      made[`off${event}`] = (listener) => ignore(key, listener);
    }
    return made;
  };

  // Objects with methods: their script is read when the first one is made.
  const instance = (name, id, args) => {
    if (kit.instance === undefined) host.later('wxsim:75', host, kit);
    return kit.instance(name, id, args);
  };
  // Arguments as the simulator sees them: it knows pages and components by other means.
  const plain = (args) => {
    const seen = [];
    for (const arg of args) {
      kit.push(seen, kit.isObject(arg) && kit.isFunction(arg.setData) ? undefined : arg);
    }
    return seen;
  };
  // wx.cloud.CloudID and wx.cloud.CDN, with or without `new`.
  const cloudValue = (name) => function (value) {
    return name === 'cloud.CDN' ? { target: value } : { cloudID: value };
  };
  const shapes = {
    async: asynchronous,
    task,
    sync: synchronous,
    object: (row) => (...args) =>
      instance(row.event, host.invokeSync(row.index, ...plain(args)), args),
    opens: (row) => (options) => {
      const id = last + 1;
      kit.invoke(row, options);
      return instance(row.event, host.opened(id));
    },
    on,
    off,
    sets,
    script: (row) => scripted[row.name] || cloudValue(row.name),
  };
  const wx = {};
  for (const row of host.table()) {
    const { owner, own = row.name } = row;
    const target = owner === undefined ? wx : (wx[owner] = wx[owner] || {});
    target[own] = shapes[row.shape](row);
  }
  kit.wx = wx;
  kit.global('wx', wx);

  const config = host.config();
  kit.global('__wxConfig', config);
  wx.env = { USER_DATA_PATH: host.userDataPath() };

  // The answer to a call: success or fail, then complete.
  kit.bridge.deliver = (id, ok, result, standIn) => {
    const call = kit.get(calls, id);
    if (call === undefined) return;
    kit.remove(calls, id);
    if (ok && call.channel !== undefined) result.eventChannel = call.channel;
    if (ok && call.name === 'createBLEPeripheralServer') {
      result.server = instance('BLEPeripheralServer', result.server);
    }
    if (ok && call.filled !== undefined) kit.fill(call.filled, result);
    if (standIn !== undefined) result[standIn] = kit.standIn(standIn);
    if (!ok) setSite(sites, result, call.site);
    // Neither, where an old client tells only that it is over.
    if (ok !== null) answer(call, ok ? 'success' : 'fail', result);
    answer(call, 'complete', result);
  };
  const answer = (call, name, result) => {
    const callback = call[name];
    if (!kit.isFunction(callback)) return;
    kit.guard(`at api ${call.name} ${name} callback function`, callback, undefined, [result]);
  };
  // The navigateTo call that opens a page, for the channel between the two pages.
  kit.call = (id) => kit.get(calls, id);

  kit.emit = (event, args) => {
    const list = listeners[event] || [];
    for (let at = 0; at < list.length; at += 1) {
      kit.guard(`at ${event} callback function`, list[at], undefined, args);
    }
    return list.length;
  };
  kit.bridge.emit = (event, ...args) => kit.emit(event, args);

  kit.bridge.rejected = (reason, promise) => {
    const hasHook = host.rejected(reason, kit.isObject(reason) ? siteOf(sites, reason) : undefined);
    if (hasHook) kit.appHook('onUnhandledRejection', { reason, promise });
    kit.emit('onUnhandledRejection', [{ reason, promise }]);
  };
})
