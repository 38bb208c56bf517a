// Component and Behavior: registration and the logic side. Rendering children is the view layer's.
// Run when one of the two is first called.
(function (host, kit) {
  'use strict';
  const behaviors = new kit.Map();
  kit.behavior = (id) => kit.get(behaviors, id) || id;
  kit.Behavior = (definition) => {
    if (!kit.isObject(definition)) throw new kit.TypeError('Behavior() expects an object');
    const id = {};
    kit.set(behaviors, id, definition);
    return id;
  };
  kit.Component = (definition) => {
    if (!kit.isObject(definition)) throw new kit.TypeError('Component() expects an object');
    kit.register('Component', definition);
  };

  const DEFAULTS = new kit.Map([[String, ''], [Number, 0], [Boolean, false], [Object, null]]);
  const initial = (property) => {
    if (kit.isObject(property)) {
      if ('value' in property) return kit.copy(property.value);
      return initial(property.type);
    }
    return property === Array ? [] : kit.get(DEFAULTS, property);
  };
  const LIFETIMES = ['created', 'attached', 'ready', 'moved', 'detached', 'error'];

  // A definition with its behaviors mixed in: theirs first, the component's own last.
  const flatten = (definition) => {
    const flat = {
      properties: {}, data: {}, methods: {}, observers: [],
      lifetimes: kit.create(null), pageLifetimes: kit.create(null),
    };
    const seen = new kit.Map();
    const add = (table, name, fn) => {
      if (kit.isFunction(fn)) kit.push((table[name] = table[name] || []), fn);
    };
    const take = (source) => {
      if (kit.get(seen, source)) return;
      kit.set(seen, source, true);
      for (const id of source.behaviors || []) {
        if (kit.isObject(id)) take(kit.behavior(id));
      }
      const filtered = [];
      for (const id of source.behaviors || []) {
        const behavior = kit.isObject(id) ? kit.behavior(id) : undefined;
        if (behavior !== undefined && kit.isFunction(behavior.definitionFilter)) {
          kit.push(filtered, behavior.definitionFilter);
        }
      }
      for (const filter of filtered) kit.guard('at definitionFilter', filter, undefined, [source]);
      kit.assign(flat.properties, source.properties || {});
      kit.assign(flat.data, kit.copy(source.data || {}));
      kit.assign(flat.methods, source.methods || {});
      const observers = source.observers || {};
      for (const pattern of kit.keys(observers)) {
        const fields = [];
        for (const field of kit.split(pattern, ',')) {
          const text = kit.trim(field);
          const deep = kit.test(/\*\*$/, text);
          const path = deep ? kit.trim(kit.split(text, '**')[0]) : text;
          const bare = kit.test(/\.$/, path) ? path.slice(0, -1) : path;
          kit.push(fields, { deep, path: bare === '' ? [] : kit.path(bare) });
        }
        kit.push(flat.observers, { fields, run: observers[pattern] });
      }
      const own = source.lifetimes || {};
      for (const name of LIFETIMES) add(flat.lifetimes, name, own[name] || source[name]);
      const pageOwn = source.pageLifetimes || {};
      for (const name of kit.keys(pageOwn)) add(flat.pageLifetimes, name, pageOwn[name]);
    };
    take(definition);
    return flat;
  };

  // Whether a change at `changed` touches an observed field.
  const touches = (field, changed) => {
    const shared = field.path.length < changed.length ? field.path.length : changed.length;
    for (let at = 0; at < shared; at += 1) if (field.path[at] !== changed[at]) return false;
    return changed.length <= field.path.length || field.deep;
  };
  const OBSERVER_ROUNDS_MAX = 100;

  const observe = (instance, flat, state) => (written) => {
    state.rounds += 1;
    if (state.rounds > OBSERVER_ROUNDS_MAX) {
      state.rounds = 0;
      throw new kit.Error(`observers call setData in a circle (${OBSERVER_ROUNDS_MAX} rounds)`);
    }
    for (const { fields, run } of flat.observers) {
      let hit = false;
      for (const field of fields) for (const path of written) hit = hit || touches(field, path);
      if (!hit) continue;
      const values = [];
      for (const field of fields) kit.push(values, kit.readPath(instance.data, field.path));
      const method = typeof run === 'string' ? instance[run] : run;
      kit.guard('at component observer', method, instance, values);
    }
    for (const path of written) {
      const property = flat.properties[path[0]];
      const observer = kit.isObject(property) ? property.observer : undefined;
      const method = typeof observer === 'string' ? instance[observer] : observer;
      if (kit.isFunction(method)) {
        const value = instance.data[path[0]];
        kit.guard('at property observer', method, instance, [value, undefined, path]);
      }
    }
    state.rounds -= 1;
  };

  const convert = (property, text) => {
    const type = kit.isObject(property) ? property.type : property;
    if (type === Number) return +text;
    if (type === Boolean) return text !== '' && text !== 'false';
    return text;
  };

  // A page that was made with Component(): its query fills properties, methods are its hooks.
  kit.openComponentPage = (page, definition, query, channel) => {
    const flat = flatten(definition);
    const data = flat.data;
    for (const name of kit.keys(flat.properties)) {
      data[name] = name in query
        ? convert(flat.properties[name], query[name])
        : initial(flat.properties[name]);
    }
    const instance = kit.assign(
      {}, kit.viewMembers, kit.pageMembers(page, page.route, query, channel),
      flat.methods, { data, properties: data },
    );
    const changed = observe(instance, flat, { rounds: 0 });
    instance.setData = (patch, callback) => kit.setData(instance, page.id, patch, callback, changed);
    instance.groupSetData = (callback) => {
      if (kit.isFunction(callback)) kit.apply(callback, instance, []);
    };
    instance.triggerEvent = (name, detail) => host.triggered(page.id, `${name}`, detail);
    instance.hasBehavior = (id) => (definition.behaviors || []).indexOf(id) >= 0;
    page.instance = instance;

    const run = (table, name) => table[name] || [];
    const own = (name) => (kit.isFunction(instance[name]) ? [instance[name]] : []);
    // Lifetimes of the component run around the page's own hooks.
    page.hook = (name) => {
      if (name === 'onLoad') {
        return [...run(flat.lifetimes, 'created'), ...run(flat.lifetimes, 'attached'), ...own(name)];
      }
      if (name === 'onShow') return [...run(flat.pageLifetimes, 'show'), ...own(name)];
      if (name === 'onHide') return [...own(name), ...run(flat.pageLifetimes, 'hide')];
      if (name === 'onReady') return [...run(flat.lifetimes, 'ready'), ...own(name)];
      if (name === 'onUnload') return [...own(name), ...run(flat.lifetimes, 'detached')];
      if (name === 'onResize') return [...run(flat.pageLifetimes, 'resize'), ...own(name)];
      if (name === 'onRouteDone') return [...run(flat.pageLifetimes, 'routeDone'), ...own(name)];
      return own(name);
    };
  };
})
