// Component and Behavior: definitions, with their behaviors mixed in. Run when first needed.
(function (host, kit) {
  'use strict';
  const behaviors = new kit.Map();
  kit.behavior = (id) => kit.get(behaviors, id) || id;
  // What definitionFilter of a behavior does to a definition that uses it.
  const filters = new kit.Map();
  const filtered = (definition) => {
    const own = kit.map(definition.behaviors || [], (id) => kit.get(filters, id) || null);
    for (const filter of own) if (filter !== null) filter(definition);
    return own;
  };
  kit.Behavior = (definition) => {
    if (!kit.isObject(definition)) throw new kit.TypeError('Behavior() expects an object');
    const id = {};
    const inner = filtered(definition);
    const filter = definition.definitionFilter;
    if (kit.isFunction(filter)) {
      kit.set(filters, id, (target) => kit.guard('at definitionFilter', filter, undefined, [target, inner]));
    }
    kit.set(behaviors, id, definition);
    return id;
  };
  kit.Component = (definition) => {
    if (!kit.isObject(definition)) throw new kit.TypeError('Component() expects an object');
    filtered(definition);
    kit.register('Component', definition);
  };

  const TYPES = new kit.Map([
    [String, 'String'], [Number, 'Number'], [Boolean, 'Boolean'], [Object, 'Object'], [Array, 'Array'],
    [Function, 'Function'], [null, 'Any'], [undefined, 'Any'],
  ]);
  const typeOf = (type) => kit.get(TYPES, type) || 'Any';
  // One for all, so that it stays the same value; as in the framework it has no name.
  const [nothing] = [() => {}];
  const FALLBACKS = {
    String: () => '', Number: () => 0, Boolean: () => false, Object: () => null, Array: () => [],
    Function: () => nothing, Any: () => null,
  };
  const property = (written) => {
    const is = kit.isObject(written);
    const type = typeOf(is ? written.type : written);
    const own = is && 'value' in written ? written.value : undefined;
    const optional = is && kit.isArray(written.optionalTypes) ? kit.map(written.optionalTypes, typeOf) : [];
    return {
      type, optional,
      initial: () => (own === undefined ? FALLBACKS[type]() : kit.copy(own)),
      observer: is ? written.observer : undefined,
    };
  };
  const matches = (type, value) => {
    if (type === 'Array') return kit.isArray(value);
    if (type === 'Object') return typeof value === 'object' && !kit.isArray(value);
    if (type === 'Number') return kit.isFinite(value);
    if (type === 'Any') return value !== undefined;
    return typeof value === kit.lower(type);
  };
  const complain = (name, type, got, what) => {
    const text = `property "${name}" received type-incompatible value: expected <${type}> but got ${got}. ${what}`;
    host.console('warn', text);
  };
  // A value as a property of that type takes it: what does not fit is what the type has by itself, not
  // what the property begins with.
  kit.converted = (value, name, { type, optional }) => {
    for (const other of optional) if (matches(other, value)) return value;
    switch (type) {
      case 'String':
        if (value === null || value === undefined) {
          complain(name, type, 'null value', 'Used default value instead.');
          return FALLBACKS[type]();
        }
        if (typeof value === 'object') complain(name, type, 'object-typed value', 'Force converted.');
        return `${value}`;
      case 'Number': {
        const number = +value;
        if (kit.isFinite(number)) return number;
        complain(name, type, typeof value === 'number' ? 'NaN or Infinity' : 'non-number value', 'Used default value instead.');
        return FALLBACKS[type]();
      }
      case 'Boolean':
        return !!value;
      case 'Any':
        return value === undefined ? null : value;
      default:
        if (type === 'Object' ? typeof value === 'object' : matches(type, value)) return value;
        complain(name, type, `non-${kit.lower(type)} value`, 'Used default value instead.');
        return FALLBACKS[type]();
    }
  };

  // Data of behaviors: later ones win, objects of the same name are merged.
  const merge = (target, source) => {
    for (const key of kit.keys(source)) {
      const [old, value] = [target[key], source[key]];
      const both = kit.has(target, key) && kit.isObject(old) && kit.isObject(value) && !kit.isArray(value);
      if (!both) target[key] = value;
      else {
        target[key] = kit.isArray(old) ? [...old] : kit.assign({}, old);
        merge(target[key], value);
      }
    }
  };

  // Fields that an observer watches: `a.b, c.**`.
  const watched = (pattern) => {
    const fields = [];
    for (const field of kit.split(pattern, ',')) {
      const text = kit.trim(field);
      const deep = kit.test(/\*\*$/, text);
      const path = deep ? kit.trim(kit.split(text, '**')[0]) : text;
      const bare = kit.test(/\.$/, path) ? kit.slice(path, 0, -1) : path;
      kit.push(fields, { deep, path: bare === '' ? [] : kit.path(bare) });
    }
    return fields;
  };
  const PAGE_HOOKS = [
    'onLoad', 'onShow', 'onReady', 'onHide', 'onUnload', 'onRouteDone', 'onPullDownRefresh', 'onReachBottom', 'onPageScroll', 'onResize',
    'onTabItemTap', 'onShareAppMessage', 'onShareTimeline', 'onAddToFavorites',
  ];
  const LIFETIMES = ['created', 'attached', 'ready', 'moved', 'detached', 'error'];
  const PLATFORM = kit.create(null);
  PLATFORM['wx://form-field'] = { properties: { name: { type: String }, value: { type: null } } };
  PLATFORM['wx://form-field-group'] = {};
  PLATFORM['wx://form-field-button'] = {};
  PLATFORM['wx://component-export'] = {};

  // A definition with its behaviors mixed in: theirs first, in order, the component's own last.
  const flatten = (definition, route, isPage) => {
    const flat = {
      route, definition, properties: {}, data: {}, making: [], methods: {}, observers: [], relations: {}, classes: [],
      lifetimes: kit.create(null), pageLifetimes: kit.create(null), behaviors: new kit.Map(), platform: [],
      options: kit.create(null), exports: undefined, hooks: kit.create(null), isPage,
    };
    const add = (table, name, fn) => {
      if (kit.isFunction(fn)) kit.push((table[name] = table[name] || []), fn);
    };
    // Members of a behavior that is used again count again, its observers and lifetimes do not.
    const take = (source, id) => {
      const isFirst = !kit.get(flat.behaviors, id);
      kit.set(flat.behaviors, id, true);
      for (const own of source.behaviors || []) {
        if (typeof own === 'string') {
          if (PLATFORM[own] === undefined) continue;
          kit.push(flat.platform, own);
          take(PLATFORM[own], own);
        } else if (kit.isObject(own)) {
          take(kit.behavior(own), own);
        }
      }
      const properties = source.properties || {};
      for (const name of kit.keys(properties)) flat.properties[name] = property(properties[name]);
      if (kit.isFunction(source.data)) kit.push(flat.making, source.data);
      else merge(flat.data, kit.copy(source.data || {}));
      kit.assign(flat.methods, source.methods || {});
      kit.assign(flat.relations, source.relations || {});
      kit.assign(flat.options, source.options || {});
      if (kit.isFunction(source.export)) flat.exports = source.export;
      for (const name of source.externalClasses || []) kit.push(flat.classes, name);
      if (!isFirst) return;
      if (isPage && id !== route) for (const name of PAGE_HOOKS) add(flat.hooks, name, source[name]);
      const observers = source.observers || {};
      if (kit.isArray(observers)) {
        for (const { fields, observer } of observers) kit.push(flat.observers, { fields: watched(fields || '**'), run: observer });
      } else {
        for (const pattern of kit.keys(observers)) {
          kit.push(flat.observers, { fields: watched(pattern), run: observers[pattern] });
        }
      }
      const own = source.lifetimes || {};
      for (const name of LIFETIMES) add(flat.lifetimes, name, own[name] || source[name]);
      const pageOwn = source.pageLifetimes || {};
      for (const name of kit.keys(pageOwn)) add(flat.pageLifetimes, name, pageOwn[name]);
    };
    take(definition, route);
    return flat;
  };

  // A page that was made with Page() and uses behaviors, as a component: its functions are methods.
  const ofPage = (page) => {
    if (!kit.isMixed(page)) return {};
    filtered(page);
    const definition = { methods: {}, members: {} };
    for (const key of kit.keys(page)) {
      if (kit.isFunction(page[key]) && key !== 'data') definition.methods[key] = page[key];
      else if (key === 'methods') definition.members.methods = page.methods;
      else definition[key] = page[key];
    }
    for (const key of kit.keys(definition)) {
      if (key !== 'data' && key !== 'methods' && key !== 'members' && key !== 'behaviors') definition.members[key] = page[key];
    }
    return definition;
  };
  // Flat definitions by path; the view is told what it needs of each.
  const flats = kit.create(null);
  kit.flat = (route) => {
    if (flats[route] !== undefined) return flats[route];
    if (kit.definition(route) === undefined) {
      // Of a subpackage, or put off until it is used.
      const script = host.componentScript(route);
      if (script !== undefined) kit.guard(`loading ${script}`, kit.run, undefined, [script, route]);
    }
    const known = kit.definition(route);
    const isPage = known !== undefined && known.kind === 'Page';
    const flat = flatten(known === undefined ? {} : isPage ? ofPage(known.definition) : known.definition, route, isPage);
    flats[route] = flat;
    const { options } = flat;
    const pattern = host.viewDefine(route, {
      properties: kit.keys(flat.properties), classes: flat.classes, platform: flat.platform,
      slots: options.dynamicSlots ? 'dynamic' : options.multipleSlots ? 'many' : 'one',
      virtualHost: !!options.virtualHost, isolation: options.styleIsolation, globalClass: !!options.addGlobalClass,
    });
    flat.pure = pattern === undefined ? options.pureDataPattern : new kit.RegExp(pattern);
    return flat;
  };
  // Adds the data that a function makes for each instance.
  kit.made = (own) => {
    for (const make of own.flat.making) merge(own.data, kit.guard('at data', make, own.self, []) || {});
  };
  // Prepares a page or component with everything that its template may use.
  kit.prepare = (route) => {
    kit.flat(route);
    for (;;) {
      const missing = host.viewMissing(route);
      if (missing.length === 0) return;
      for (const path of missing) kit.flat(path);
    }
  };
})
