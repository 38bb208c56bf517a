// Objects with methods, such as a socket: shape only, run when the first one is made.
(function (host, kit) {
  'use strict';
  // What to do with a call of each method, by class and method.
  const classes = kit.create(null);
  // A result that fills a buffer of the options (FileSystemManager.read) gives that very buffer.
  kit.fill = (options, result) => {
    if (!kit.isObject(options) || !kit.isObject(result)) return result;
    const { arrayBuffer, offset = 0 } = options;
    if (arrayBuffer === undefined || result.arrayBuffer === undefined) return result;
    try {
      const read = new kit.Bytes(result.arrayBuffer, offset, result.bytesRead);
      kit.copyBytes(new kit.Bytes(arrayBuffer), read, offset);
    } catch {
      // The program has given the buffer away meanwhile.
    }
    result.arrayBuffer = arrayBuffer;
    return result;
  };
  const shapes = {
    async: (row) => (id, options) => kit.invoke(row, options, id),
    sync: (row) => (id, ...args) => kit.fill(args[0], host.invokeOn(row.index, id, ...args)),
    object: (row) => (id, ...args) => kit.instance(row.event, host.invokeOn(row.index, id, ...args)),
    on: (row, name) => (id, listener) => kit.listen(`${name}.${row.event} @${id}`, listener),
    off: (row, name) => (id, listener) => kit.ignore(`${name}.${row.event} @${id}`, listener),
  };
  const read = (name) => {
    const { methods, members, missing } = host.class(name);
    const shape = { names: [], calls: kit.create(null), members };
    for (const row of methods) {
      const own = kit.split(row.name, '.')[1];
      kit.push(shape.names, own);
      shape.calls[own] = shapes[row.shape](row, name);
    }
    for (const own of missing) {
      kit.push(shape.names, own);
      shape.calls[own] = (id, options) => kit.missing(`${name}.${own}`, options);
    }
    return shape;
  };

  // The object of a number: the same one each time.
  const instances = new kit.Map();
  kit.instance = (name, id) => {
    const known = kit.get(instances, id);
    if (known !== undefined) return known;
    const shape = (classes[name] = classes[name] || read(name));
    const object = {};
    kit.set(instances, id, object);
    host.members(object, '', shape.names, (method, ...args) =>
      shape.calls[method](id, ...args));
    for (const member of shape.members) {
      kit.define(object, member.name, {
        enumerable: true,
        configurable: true,
        get: () => host.member(id, member.name),
        set: (value) => host.setMember(id, member.name, value),
      });
    }
    return object;
  };
})
