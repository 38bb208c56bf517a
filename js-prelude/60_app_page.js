// App, Page and their instances. Which hook runs when is the simulator's decision.
(function (host, kit) {
  'use strict';
  let app;
  kit.global('App', (options) => {
    if (app !== undefined) throw new kit.Error('App() was called more than once');
    if (!kit.isObject(options)) throw new kit.TypeError('App() expects an object');
    app = options;
    for (const key of kit.keys(app)) if (kit.isFunction(app[key])) app[key] = kit.bound(app[key], app);
    host.registered('app', kit.registering || '');
  });
  kit.global('getApp', (options) => {
    if (app === undefined && kit.isObject(options) && options.allowDefault) app = {};
    return app;
  });
  // Runs a hook of the App object; tells whether there is one.
  kit.appHook = (name, ...args) => {
    if (app === undefined || !kit.isFunction(app[name])) return false;
    host.enter(0, name, args[0]);
    kit.guard(`at App lifecycle function: ${name}`, app[name], app, args);
    return true;
  };
  kit.bridge.appHook = kit.appHook;

  // Definitions by route, as the page scripts registered them.
  const definitions = kit.create(null);
  kit.register = (kind, definition) => {
    const route = kit.registering;
    if (route === undefined) {
      throw new kit.Error(`${kind}() must be called while its own file is loaded`);
    }
    definitions[route] = { kind, definition };
    host.registered(kind === 'Page' ? 'page' : 'component', route);
  };
  kit.definition = (route) => definitions[route];
  kit.global('Page', (options) => {
    if (!kit.isObject(options)) throw new kit.TypeError('Page() expects an object');
    kit.register('Page', options);
  });

  // Scripts of components are read when they are needed.
  for (const name of ['Component', 'Behavior']) {
    kit.global(name, (definition) => {
      if (kit[name] === undefined) host.later('wxsim:70', host, kit);
      return kit[name](definition);
    });
  }
  const needComponents = () => {
    if (kit.Component === undefined) host.later('wxsim:70', host, kit);
    if (kit.carryOut === undefined) host.later('wxsim:71', host, kit);
  };

  for (const name of ['componentsReady', 'componentsDetached', 'pageLifetime']) {
    kit.bridge[name] = (...args) => {
      if (kit.components !== undefined) kit.components[name](...args);
    };
  }

  kit.bridge.queried = (token, facts) => kit.queries(token, facts);
  // The view's number of a page or component.
  kit.viewOf = (instance) => (kit.isObject(instance) && instance.__record ? instance.__record.id : undefined);

  // Pages and components by their numbers in the view.
  kit.instances = new kit.Map();
  // What the logic layer has to do after the view rendered.
  kit.orders = (orders) => {
    if (orders === undefined || orders.length === 0) return;
    needComponents();
    kit.carryOut(orders);
  };

  // Events; their script is read with the first.
  const needEvents = () => {
    if (kit.dispatch === undefined) host.later('wxsim:73', host, kit);
  };
  for (const name of ['viewEvent', 'write', 'navigator']) {
    kit.bridge[name] = (...args) => {
      needEvents();
      return kit.events[name](...args);
    };
  }
  // Cards that users share; their script is read with the first.
  for (const [name, does] of [['shareHas', 'has'], ['shareRun', 'run'], ['shareWait', 'wait'], ['shareTold', 'told']]) {
    kit.bridge[name] = (...args) => {
      if (kit.shares === undefined) host.later('wxsim:85', host, kit);
      return kit.shares[does](...args);
    };
  }
  kit.trigger = (id, name, detail, options) => {
    host.triggered(id, name, detail);
    const calls = host.viewTrigger(id, name, options);
    if (calls.length === 0) return;
    needEvents();
    kit.dispatch(calls, name, detail, {});
  };

  // A channel between the page that navigates and the page that is opened.
  class EventChannel {
    constructor() {
      kit.define(this, 'listeners', { value: kit.create(null) });
    }
    on(event, listener) {
      if (kit.isFunction(listener)) this.add(event, listener, false);
    }
    once(event, listener) {
      if (kit.isFunction(listener)) this.add(event, listener, true);
    }
    add(event, listener, once) {
      kit.push((this.listeners[event] = this.listeners[event] || []), { listener, once });
    }
    off(event, listener) {
      const kept = [];
      for (const entry of this.listeners[event] || []) {
        if (listener !== undefined && entry.listener !== listener) kit.push(kept, entry);
      }
      this.listeners[event] = kept;
    }
    emit(event, ...args) {
      for (const { listener, once } of this.listeners[event] || []) {
        if (once) this.off(event, listener);
        kit.guard(`at eventChannel ${event} callback function`, listener, undefined, args);
      }
    }
  }
  kit.openChannel = (callId) => {
    const channel = new EventChannel();
    const call = kit.call(callId);
    if (call !== undefined) {
      call.channel = channel;
      const events = kit.isObject(call.events) ? call.events : {};
      for (const name of kit.keys(events)) channel.on(name, events[name]);
    }
    return channel;
  };

  // Page instances by page number.
  const pages = new kit.Map();
  kit.page = (id) => kit.get(pages, id);
  kit.global('getCurrentPages', () => {
    const stack = [];
    for (const id of host.pageStack()) {
      const page = kit.get(pages, id);
      if (page !== undefined) kit.push(stack, page.instance);
    }
    return stack;
  });

  // Members that pages and components that stand for a page have in common.
  kit.pageMembers = (page, route, query, channel) => ({
    route,
    is: route,
    options: query,
    __route__: route,
    __wxWebviewId__: page.id,
    __wxExparserNodeId__: undefined,
    // Of the client's own; some programs read which page was there before.
    __displayReporter: { route, query, showReferpagepath: '' },
    getPageId: () => `pageId:${page.id}`,
    getOpenerEventChannel: () => channel,
  });
  const animations = (page) => {
    const members = {};
    for (const name of ['animate', 'clearAnimation', 'applyAnimatedStyle', 'clearAnimatedStyle']) {
      members[name] = (...args) => host.animate(page.view, name, args);
    }
    return members;
  };
  const selected = (page, selector, all) => {
    const found = [];
    for (const id of host.viewSelect(page.view, `${selector}`, all)) kit.push(found, kit.exported(page.instance, id));
    return found;
  };
  kit.exported = (source, id) => kit.get(kit.instances, id).self;
  const viewMembers = (page) => ({
    selectComponent: (selector) => selected(page, selector, false)[0] || null,
    selectAllComponents: (selector) => selected(page, selector, true),
    selectOwnerComponent: () => null,
    createSelectorQuery: () => kit.wx.createSelectorQuery().in(page.instance),
    createIntersectionObserver: (options) => kit.nodes('intersection', page.instance, options),
    createMediaQueryObserver: () => kit.nodes('media', page.instance),
    getTabBar: () => kit.tabBar(page.id),
    getRelationNodes: () => null,
    triggerEvent: (name, detail, options) => kit.trigger(page.view, `${name}`, detail, options || {}),
    setUpdatePerformanceListener: () => {},
    ...animations(page),
  });
  const VIEW_MEMBERS = viewMembers({});
  // A tab bar of the program's own, one for each page that has it.
  kit.tabBar = (page) => kit.page(page).tabBar || null;
  const openTabBar = (page) => {
    if (!host.hasOwnTabBar(page.route)) return;
    needComponents();
    kit.prepare('custom-tab-bar/index');
    page.tabBar = kit.openTabBar(page.id, host.viewTabBar(page.id));
  };
  // Pages that use behaviors are made as components are.
  kit.isMixed = (definition) => kit.isArray(definition.behaviors) && definition.behaviors.length > 0;

  // A query in which every key is there, for runs that look what a page does with one.
  const withEveryKey = (query) =>
    new Proxy(query, {
      get: (own, key) => (key in own || typeof key === 'symbol' ? own[key] : '1'),
      has: () => true,
    });
  const openPage = (page, route, query, channel) => {
    const { definition } = definitions[route] || { definition: {} };
    const data = kit.assign({}, kit.copy(definition.data || {}));
    const instance = kit.assign(
      {}, viewMembers(page), kit.pageMembers(page, route, query, channel),
      // The same, as in components (`glass-easel-miniprogram-adapter`).
      { data, properties: data },
    );
    const members = kit.assign({}, definition.methods || {}, definition);
    for (const key of kit.keys(members)) {
      if (key === 'data' || key === 'behaviors' || key === 'methods') continue;
      instance[key] = kit.isFunction(members[key]) ? kit.bound(members[key], instance) : kit.copy(members[key]);
    }
    instance.setData = (patch, callback) => kit.setData(page, patch, callback);
    instance.groupSetData = (callback) => {
      if (kit.isFunction(callback)) kit.apply(callback, instance, []);
    };
    kit.define(instance, '__record', { value: { id: page.view, page: page.id } });
    page.instance = instance;
    page.self = instance;
    kit.set(kit.instances, page.view, { id: page.view, page: page.id, self: instance });
    kit.orders(host.viewMount(page.view, data));
    // Looked up late, so that a hook can be replaced.
    page.hook = (name) => (kit.isFunction(instance[name]) ? [instance[name]] : []);
  };

  kit.bridge.openPage = (id, route, given, callId, everyKey) => {
    const page = { id, route, everyKey };
    const query = everyKey ? withEveryKey(given) : given;
    const known = definitions[route];
    const channel = kit.openChannel(callId);
    kit.set(pages, id, page);
    const isComponent = known !== undefined && (known.kind === 'Component' || kit.isMixed(known.definition));
    if (isComponent || host.usesComponents(route)) {
      needComponents();
      kit.prepare(route);
    } else {
      host.viewDefine(route, {});
    }
    page.view = host.viewPage(id, route);
    if (isComponent) {
      kit.openComponentPage(page, query, channel);
    } else {
      openPage(page, route, query, channel);
    }
    openTabBar(page);
    const attached = host.viewAttach(id, host.viewNode(page.view));
    if (attached.length > 1 || isComponent) kit.attach(attached);
  };
  kit.bridge.exitState = (id, data) => {
    kit.page(id).instance.exitState = data;
  };
  kit.bridge.saveExitState = (id) => {
    const { instance } = kit.page(id);
    if (!kit.isFunction(instance.onSaveExitState)) return undefined;
    host.enter(id, 'onSaveExitState');
    return kit.guard('at page lifecycle function: onSaveExitState', instance.onSaveExitState, instance, []);
  };
  kit.bridge.closePage = (id) => {
    kit.remove(pages, id);
  };

  // Listeners of a route; some get the page.
  kit.bridge.routeEvent = (event, info, id) => {
    const page = kit.get(pages, id);
    if (page !== undefined) info.page = page.instance;
    kit.emit(event, [info]);
  };
  // Runs a page's hook; tells whether there is one.
  let lastShown = '';
  kit.bridge.pageHook = (id, name, ...args) => {
    const page = kit.get(pages, id);
    if (page === undefined) return false;
    if (name === 'onShow') {
      page.instance.__displayReporter.showReferpagepath = lastShown;
      lastShown = `${page.route}.html`;
    }
    const hooks = page.hook(name);
    if (hooks.length > 0) host.enter(id, name, args[0]);
    if (page.everyKey && name === 'onLoad') args = [page.instance.options];
    for (const hook of hooks) {
      kit.guard(`at "${page.route}" page lifecycle function: ${name}`, hook, page.instance, args);
    }
    return hooks.length > 0;
  };

  // Calls a method of a page as an event handler.
  kit.bridge.handler = (id, name, event) => {
    const page = kit.get(pages, id);
    const method = page === undefined ? undefined : page.instance[name];
    if (!kit.isFunction(method)) return false;
    host.enter(id, name, event);
    kit.guard(`at "${page.route}" page ${name} function`, method, page.instance, [event]);
    return true;
  };
  // Names of a page's own methods, for people who named a wrong one.
  kit.bridge.methods = (id) => {
    const names = [];
    const page = kit.get(pages, id);
    for (const key of page === undefined ? [] : kit.keys(page.instance)) {
      const own = !kit.has(VIEW_MEMBERS, key) && !/^(setData|groupSetData|get(PageId|OpenerEventChannel)|triggerEvent|hasBehavior)$/.test(key);
      if (own && kit.isFunction(page.instance[key])) kit.push(names, key);
    }
    return names;
  };
  kit.bridge.ask = (ask, n) => host.later('wxsim:87', host, kit, ask, n);
  kit.bridge.data = (id) => {
    const page = kit.get(pages, id);
    return page === undefined ? undefined : page.instance.data;
  };
})
