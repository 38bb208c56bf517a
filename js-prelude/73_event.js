// Events of the view. Run with the first one.
(function (host, kit) {
  'use strict';
  // Members that only layout knows: they are worked out when somebody reads one of them.
  const late = (object, names, read) => {
    const set = (name, value) => kit.define(object, name, { value, writable: true, enumerable: true, configurable: true });
    for (const name of names) {
      kit.define(object, name, {
        get() {
          const facts = read();
          for (const own of names) set(own, facts[own]);
          return object[name];
        },
        set(value) { set(name, value); },
        enumerable: true,
        configurable: true,
      });
    }
    return object;
  };
  const offsets = (page, subject, node) => {
    late(subject, ['offsetLeft', 'offsetTop'], () => host.viewPlace(page, node));
  };
  // A touch in the middle of a node.
  const middle = (page, node) => {
    let facts;
    const read = () => (facts = facts || host.viewPlace(page, node));
    const touch = () => {
      const finger = { identifier: 0 };
      late(finger, ['pageX', 'pageY', 'clientX', 'clientY'], read);
      finger.force = 1;
      return finger;
    };
    return { touch, detail: () => late({}, ['x', 'y'], read) };
  };

  // A WXS function calls a method.
  const callMethod = ({ host: id, method: name, argument }, own) => {
    const method = own.self[name];
    if (!kit.isFunction(method)) {
      host.console('warn', `Component "${own.self.is}" does not have a method "${name}" for callMethod of WXS.`);
      return;
    }
    host.entered(id, name, argument);
    kit.guard(`at "${own.self.is}" ${name} function`, method, own.self, [argument]);
  };
  // Runs the handlers that an event meets, and what WXS functions on its way call.
  const dispatch = (calls, type, detail, more) => {
    let given;
    let placed;
    let place;
    const { middleOf, ...members } = more || {};
    for (const call of calls) {
      const own = kit.get(kit.instances, call.host);
      if (own === undefined) continue;
      if (call.method !== undefined) {
        callMethod(call, own);
        continue;
      }
      const { target, currentTarget, mark, handler, page, nodes } = call;
      const event = kit.assign({ type, timeStamp: host.timeStamp(), target, currentTarget, mark, detail }, members);
      const method = kit.isFunction(handler) ? handler : own.self[handler];
      if (!kit.isFunction(method)) {
        host.console('warn', `Component "${own.self.is}" does not have a method "${handler}" to handle event "${type}".`);
        continue;
      }
      host.entered(call.host, `${handler}`, event);
      offsets(page, target, nodes[0]);
      offsets(page, currentTarget, nodes[1]);
      if (middleOf !== undefined) {
        if (placed === undefined) {
          placed = middle(page, middleOf);
          place = placed.detail();
        }
        event.detail = place;
        event.touches = kit.map(members.touches, placed.touch);
        event.changedTouches = kit.map(members.changedTouches, placed.touch);
      }
      given = kit.guard(`at "${own.self.is}" ${handler} function`, method, own.self, [event]);
    }
    return given;
  };
  kit.dispatch = dispatch;
  kit.events = kit.create(null);
  kit.events.viewEvent = dispatch;
  // Data that is bound with `model:` follows what the user does.
  kit.events.write = (model, value) => {
    if (model === undefined) return;
    const own = kit.get(kit.instances, model.host);
    if (kit.change !== undefined) {
      kit.change(own, [[model.path, value]], false);
    } else {
      kit.assignPath(own.self.data, model.path, value);
      kit.orders(host.viewUpdate(own.id, [[model.path, value]]));
    }
  };
  kit.events.navigator = (kind, attributes, page, node) => {
    const options = {};
    for (const name of ['url', 'appId', 'path', 'extraData', 'shortLink']) {
      if (attributes[name] !== undefined) options[name] = attributes[name];
    }
    if (attributes.delta !== undefined) options.delta = +attributes.delta;
    if (attributes.version !== undefined) options.envVersion = attributes.version;
    for (const name of ['success', 'fail', 'complete']) {
      options[name] = (detail) => dispatch(host.viewEventOf(page, node, name), name, detail, {});
    }
    kit.navigate(kind, options);
  };
})
