// Components of a page: instances, data with observers, what the view asks the logic layer to do.
// Run when the first page is opened whose template uses components, or that is one.
// What runs for each of a thousand components goes by index and takes no array apart: iterators are
// the slowest that the engine has.
(function (host, kit) {
  'use strict';
  // Instances by number. Pages are among them; those made with Page() have no flat definition.
  const { instances } = kit;
  const self = (id) => {
    const own = kit.get(instances, id);
    return own === undefined ? null : own.self;
  };

  // Whether a change at `changed` touches an observed field.
  const touches = (field, changed) => {
    const shared = field.path.length < changed.length ? field.path.length : changed.length;
    for (let at = 0; at < shared; at += 1) if (`${field.path[at]}` !== `${changed[at]}`) return false;
    return changed.length <= field.path.length || field.deep;
  };
  const ROUNDS_MAX = 100;
  const method = (own, name) => (typeof name === 'string' ? own.self[name] : name);

  // Runs observers until none is marked; those that change data mark others.
  const observe = (own) => {
    const { observers } = own.flat;
    for (let round = 0, seen = -1; seen !== own.doing.count; round += 1) {
      if (round === ROUNDS_MAX) throw new kit.Error(`observers call setData in a circle (${ROUNDS_MAX} rounds)`);
      seen = own.doing.count;
      for (let at = 0; at < observers.length; at += 1) {
        if (!own.marked[at]) continue;
        own.marked[at] = false;
        const values = [];
        for (const field of observers[at].fields) kit.push(values, kit.readPath(own.data, field.path));
        const run = method(own, observers[at].run);
        if (kit.isFunction(run)) kit.guard('at component observer', run, own.self, values);
      }
    }
  };

  // Sets one value; tells whether the view has to hear of it.
  const set = (own, change, skip) => {
    const path = change[0];
    const at = change[2];
    const name = `${path[0]}`;
    const property = own.flat.properties[name];
    const isPure = own.flat.pure !== undefined && kit.test(own.flat.pure, name);
    let changed = true;
    if (at !== undefined) {
      const list = kit.readPath(own.data, path);
      if (!kit.isArray(list)) return;
      const start = at >= 0 && at < list.length ? at : list.length;
      kit.splice(list, start, change[3], ...change[1]);
      change[1] = list;
    } else if (property !== undefined && path.length === 1) {
      const old = own.data[name];
      const value = kit.converted(change[1], name, property);
      own.data[name] = value;
      change[1] = value;
      changed = old !== value;
      if (changed && !isPure) kit.push(own.doing.properties, { name, property, old, value, skip, path });
    } else {
      kit.assignPath(own.data, path, change[1]);
      if (property !== undefined && !isPure) {
        kit.push(own.doing.properties, { name, property, old: undefined, value: change[1], skip, path });
      }
    }
    const { observers } = own.flat;
    for (let index = 0; index < observers.length; index += 1) {
      const { fields } = observers[index];
      for (let field = 0; field < fields.length; field += 1) if (touches(fields[field], path)) own.marked[index] = true;
    }
    if (!isPure && (changed || path.length > 1)) kit.push(own.doing.changes, change);
    own.doing.count += 1;
  };

  // Applies what is pending: data, observers, the template, observers of properties, in that order.
  const apply = (own, skip) => {
    const pending = own.pending;
    own.pending = [];
    const isInner = own.doing !== undefined && own.doing.observing;
    const doing = isInner ? own.doing : { changes: [], properties: [], count: 0, observing: own.flat.observers.length > 0 };
    const outer = own.doing;
    own.doing = doing;
    for (let at = 0; at < pending.length; at += 1) set(own, pending[at], skip);
    if (isInner) return;
    if (doing.observing) observe(own);
    own.doing = outer;
    if (doing.changes.length > 0) kit.orders(host.viewUpdate(own.id, doing.changes));
    for (let at = 0; at < doing.properties.length; at += 1) {
      const { name, property, old, value, skip: quiet, path } = doing.properties[at];
      if (!quiet) writeBack(own, name, value);
      const run = method(own, property.observer);
      if (kit.isFunction(run)) kit.guard('at property observer', run, own.self, [value, old, path]);
    }
  };
  // `model:` — the data of the host follows the property.
  const writeBack = (own, name, value) => {
    const model = host.viewModel(own.id, name);
    if (model === undefined) return;
    kit.change(kit.get(instances, model.host), [[model.path, kit.copy(value)]], false);
  };
  kit.change = (own, changes, skip) => {
    if (own === undefined) return;
    if (own.flat === undefined) {
      for (const [path, value] of changes) kit.assignPath(own.self.data, path, value);
      kit.orders(host.viewUpdate(own.id, changes));
      return;
    }
    for (const change of changes) kit.push(own.pending, change);
    apply(own, skip);
  };

  const hook = (own, table, name, args) => {
    const runs = table[name];
    if (runs === undefined) return;
    for (let at = 0; at < runs.length; at += 1) {
      kit.guard(`at component lifecycle function: ${name}`, runs[at], own.self, args || []);
    }
  };
  const lifetime = (own, name, args) => {
    const runs = own.flat.lifetimes[name];
    if (runs !== undefined) host.entered(own.id, name);
    hook(own, own.flat.lifetimes, name, args);
  };
  kit.lifetime = lifetime;

  // What every component can do.
  const record = (instance) => instance.__record;
  const select = (instance, selector, all) => {
    const found = host.viewSelect(record(instance).id, `${selector}`, all);
    return kit.map(found, (id) => kit.exported(instance, id));
  };
  kit.exported = (source, id) => {
    const own = kit.get(instances, id);
    if (own === undefined) return null;
    if (own.flat === undefined || own.flat.exports === undefined) return own.self;
    const given = kit.guard('at export', own.flat.exports, own.self, [source]);
    return given === undefined ? own.self : given;
  };
  kit.select = { one: (instance, selector) => select(instance, selector, false)[0] || null, all: (instance, selector) => select(instance, selector, true) };
  const pathOf = (path) => (kit.isArray(path) ? path : kit.path(`${path}`));
  const members = {
    get data() { return record(this).data; },
    set data(value) { redefine(this, 'data', value); },
    get properties() { return record(this).data; },
    set properties(value) { redefine(this, 'properties', value); },
    get is() { return record(this).flat.route; },
    get id() { return host.viewFacts(record(this).id).id; },
    set id(value) { redefine(this, 'id', value); },
    get dataset() { return host.viewFacts(record(this).id).dataset; },
    set dataset(value) { redefine(this, 'dataset', value); },
    // Published components look at it (t-chat-markdown).
    get __data__() { return record(this).data; },
    get __wxExparserNodeId__() { return record(this).id.toString(16); },
    getPageId() { return `pageId:${record(this).page}`; },
    setData(patch, callback) {
      const own = record(this);
      const changes = kit.changesOf(own.flat.isPage ? kit.copy(patch) : patch);
      host.setData(own.page, patch, kit.done(callback, this), own.id);
      kit.change(own, changes, false);
    },
    updateData(patch) { for (const change of kit.changesOf(patch)) kit.push(record(this).pending, change); },
    replaceDataOnPath(path, value) { kit.push(record(this).pending, [pathOf(path), kit.copy(value)]); },
    spliceArrayDataOnPath(path, at, del, inserts) {
      kit.push(record(this).pending, [pathOf(path), kit.copy(inserts), at === undefined ? -1 : at, del || 0]);
    },
    applyDataUpdates() { apply(record(this), false); },
    groupUpdates(callback) {
      const given = kit.guard('at groupUpdates', callback, this, []);
      apply(record(this), false);
      return given;
    },
    groupSetData(callback) { if (kit.isFunction(callback)) kit.guard('at groupSetData', callback, this, []); },
    hasBehavior(id) { return kit.get(record(this).flat.behaviors, id) === true; },
    triggerEvent(name, detail, options) { kit.trigger(record(this).id, `${name}`, detail, options || {}); },
    selectComponent(selector) { return kit.select.one(this, selector); },
    selectAllComponents(selector) { return kit.select.all(this, selector); },
    selectOwnerComponent() { return self(host.viewOwner(record(this).id)); },
    getRelationNodes(key) { return related(record(this), key); },
    setUpdatePerformanceListener() {},
    getTabBar() { return kit.tabBar(record(this).page); },
    createSelectorQuery() { return kit.wx.createSelectorQuery().in(this); },
    createIntersectionObserver(options) { return kit.nodes('intersection', this, options); },
    createMediaQueryObserver() { return kit.nodes('media', this); },
  };
  for (const name of ['animate', 'clearAnimation', 'applyAnimatedStyle', 'clearAnimatedStyle']) {
    members[name] = { [name](...args) { host.animate(record(this).id, name, args); } }[name];
  }
  const redefine = (instance, name, value) =>
    kit.define(instance, name, { value, writable: true, enumerable: true, configurable: true });

  // Makes an instance; `extra` are members that only pages have.
  kit.makeInstance = (id, page, flat, extra) => {
    if (flat.proto === undefined) flat.proto = kit.assign(kit.create(members), flat.methods);
    const own = {
      id, page, flat, data: kit.copy(flat.data), pending: [], marked: [], doing: undefined, links: kit.create(null),
    };
    own.self = kit.create(flat.proto);
    kit.define(own.self, '__record', { value: own });
    if (flat.making.length > 0) kit.made(own);
    if (flat.names === undefined) flat.names = kit.keys(flat.properties);
    for (let at = 0; at < flat.names.length; at += 1) {
      own.data[flat.names[at]] = flat.properties[flat.names[at]].initial();
    }
    if (extra !== undefined) for (const key of kit.keys(extra)) redefine(own.self, key, extra[key]);
    kit.set(instances, id, own);
    return own;
  };

  // Data that the template sees: pure fields stay here.
  const visible = (own) => {
    if (own.flat.pure === undefined) return own.data;
    const data = {};
    for (const name of kit.keys(own.data)) if (!kit.test(own.flat.pure, name)) data[name] = own.data[name];
    return data;
  };

  // Relations: a component finds the one it belongs to among its ancestors, when both name each other.
  const OTHER = { parent: 'child', ancestor: 'descendant' };
  const belongs = (own, key, target, route) => {
    if (kit.isObject(target)) return kit.get(own.flat.behaviors, target) === true;
    return host.resolvePath(route, target === undefined ? key : `${target}`) === own.flat.route;
  };
  const answering = (own, type, other) => {
    for (const key of kit.keys(other.flat.relations)) {
      const relation = other.flat.relations[key];
      if (relation.type === OTHER[type] && belongs(own, key, relation.target, other.flat.route)) return relation;
    }
    return undefined;
  };
  const tell = (relation, event, at, target) => {
    if (relation !== undefined && kit.isFunction(relation[event])) {
      kit.guard(`at relation ${event}`, relation[event], at.self, [target.self]);
    }
  };
  const link = (own, isGone) => {
    if (own.flat.related === undefined) own.flat.related = kit.keys(own.flat.relations);
    if (own.flat.related.length === 0) return;
    for (const key of own.flat.related) {
      const relation = own.flat.relations[key];
      if (OTHER[relation.type] === undefined) continue;
      let found;
      for (const id of isGone ? [] : host.viewAncestors(own.id, relation.type === 'parent')) {
        const other = kit.get(instances, id);
        if (other === undefined || other.flat === undefined || !belongs(other, key, relation.target, own.flat.route)) continue;
        const back = answering(own, relation.type, other);
        if (back !== undefined) { found = { other, back }; break; }
      }
      const old = own.links[key];
      own.links[key] = found;
      const isSame = old !== undefined && found !== undefined && old.other === found.other && old.back === found.back;
      const events = isSame ? [[old, 'linkChanged']] : [[old, 'unlinked'], [found, 'linked']];
      for (const [to, event] of events) {
        if (to === undefined) continue;
        tell(to.back, event, to.other, own);
        tell(relation, event, own, to.other);
      }
    }
  };
  const related = (own, key) => {
    const relation = own.flat.relations[key];
    if (relation === undefined) return null;
    if (own.links[key] !== undefined) return [own.links[key].other.self];
    const found = [];
    for (const id of host.viewBelow(own.id)) {
      const other = kit.get(instances, id);
      if (other === undefined || other.flat === undefined) continue;
      for (const name of kit.keys(other.links)) {
        const to = other.links[name];
        if (to !== undefined && to.other === own && to.back === relation) kit.push(found, other.self);
      }
    }
    return found;
  };

  // What the view asks for, in its order: `[kind, …]` each.
  const carry = {
    create(order) {
      const own = kit.makeInstance(order[1], order[3], kit.flat(order[2]));
      kit.orders(host.viewMount(own.id, visible(own)));
      lifetime(own, 'created');
    },
    pass(order) {
      const own = kit.get(instances, order[1]);
      if (own === undefined) return;
      const values = order[2];
      for (let at = 0; at < values.length; at += 1) kit.push(own.pending, [[values[at][0]], values[at][1]]);
      apply(own, true);
    },
    inserted(order) { kit.attach(host.viewAttach(order[1], order[2])); },
    detached(order) { detach(order[1]); },
    moved(order) {
      const ids = order[1];
      for (let at = 0; at < ids.length; at += 1) {
        const own = kit.get(instances, ids[at]);
        lifetime(own, 'moved');
        link(own, false);
      }
    },
    slots(order) { kit.orders(host.viewSlots(order[1], order[2])); },
    drop(order) {
      const gone = host.viewDrop(order[1], order[2]);
      for (let at = 0; at < gone.length; at += 1) kit.remove(instances, gone[at]);
    },
  };
  const detach = (ids) => {
    for (let at = 0; at < ids.length; at += 1) {
      const own = kit.get(instances, ids[at]);
      if (own === undefined || own.flat === undefined) continue;
      own.ended = true;
      lifetime(own, 'detached');
      link(own, true);
    }
  };
  kit.carryOut = (orders) => {
    for (let at = 0; at < orders.length; at += 1) carry[orders[at][0]](orders[at]);
  };
  kit.attach = (ids) => {
    for (let at = 0; at < ids.length; at += 1) {
      const own = kit.get(instances, ids[at]);
      if (own === undefined || own.flat === undefined || own.ended) continue;
      host.viewReady(ids[at]);
      lifetime(own, 'attached');
      link(own, false);
    }
  };
  // Components that are on the screen for the first time.
  kit.components = kit.create(null);
  kit.components.componentsDetached = detach;
  // With `arrived`, the path of a component: it takes the place of what stood in for it.
  kit.components.componentsReady = (ids, arrived) => {
    if (arrived !== undefined) {
      kit.prepare(arrived);
      kit.orders(host.viewReplace(arrived));
    }
    for (let at = 0; at < ids.length; at += 1) {
      const own = kit.get(instances, ids[at]);
      if (own !== undefined && !own.ended) lifetime(own, 'ready');
    }
  };
  kit.components.pageLifetime = (ids, name, args) => {
    for (let at = 0; at < ids.length; at += 1) {
      const own = kit.get(instances, ids[at]);
      if (own !== undefined && own.flat !== undefined) hook(own, own.flat.pageLifetimes, name, args);
    }
  };

  kit.openTabBar = (page, id) => {
    const own = kit.makeInstance(id, page, kit.flat('custom-tab-bar/index'));
    kit.orders(host.viewMount(id, visible(own)));
    lifetime(own, 'created');
    kit.attach(host.viewAttach(page, host.viewNode(id)));
    return own.self;
  };

  // A page that was made with Component(): its query fills properties, methods are its hooks.
  kit.openComponentPage = (page, query, channel) => {
    const flat = kit.flat(page.route);
    const own = kit.makeInstance(page.view, page.id, flat, kit.pageMembers(page, page.route, query, channel));
    if (flat.isPage) {
      const { members } = flat.definition;
      for (const name of kit.keys(members)) redefine(own.self, name, kit.copy(members[name]));
      for (const name of kit.keys(flat.methods)) redefine(own.self, name, kit.bound(flat.methods[name], own.self));
    }
    page.instance = own.self;
    page.self = own.self;
    kit.orders(host.viewMount(own.id, visible(own)));
    lifetime(own, 'created');
    const given = [];
    for (const name of kit.keys(flat.properties)) if (name in query) kit.push(given, [[name], query[name]]);
    if (given.length > 0) kit.change(own, given, true);
    const run = (table, name) => table[name] || [];
    // Hooks of behaviors run first.
    const method = (name) => [...run(flat.hooks, name), ...(kit.isFunction(own.self[name]) ? [own.self[name]] : [])];
    const shows = { onShow: 'show', onResize: 'resize', onRouteDone: 'routeDone' };
    // Lifetimes of the component run around the page's own hooks.
    page.hook = (name) => {
      if (shows[name] !== undefined) return [...run(flat.pageLifetimes, shows[name]), ...method(name)];
      if (name === 'onHide') return [...method(name), ...run(flat.pageLifetimes, 'hide')];
      if (name === 'onReady') return [...run(flat.lifetimes, 'ready'), ...method(name)];
      return method(name);
    };
  };
})
