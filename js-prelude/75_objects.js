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
    object: (row) => (id, ...args) => 
      kit.instance(row.event, host.invokeOn(row.index, id, ...args), args),
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

  // Scripts of classes that are more than calls, read when the first object is made. What the
  // class's function there gives takes the place of the object.
  const scripts = {
    Animation: 'wxsim:76', CanvasContext: 'wxsim:77', OffscreenCanvas: 'wxsim:78',
    CloudDatabase: 'wxsim:79', MapContext: 'wxsim:80',
    PerformanceObserver: 'wxsim:82', CameraFrameListener: 'wxsim:83', VKSession: 'wxsim:86',
  };
  kit.shapers = kit.create(null);
  kit.methodRow = (name) => {
    const [owner, own] = kit.split(name, '.');
    classes[owner] = classes[owner] || read(owner);
    return classes[owner].calls[own];
  };
  const shaped = (object, name, id, args, call) => {
    if (name === 'Worker') host.unsupported("the worker's script");
    if (scripts[name] === undefined) return object;
    if (kit.shapers[name] === undefined) host.later(scripts[name], host, kit);
    return kit.shapers[name](object, id, args, call);
  };

  // The object of a number: the same one each time.
  const instances = new kit.Map();
  kit.instance = (name, id, args = []) => {
    const known = kit.get(instances, id);
    if (known !== undefined) return known;
    const shape = (classes[name] = classes[name] || read(name));
    const plain = {};
    const call = (method, ...given) => shape.calls[method](id, ...given);
    host.members(plain, '', shape.names, call);
    for (const member of shape.members) {
      kit.define(plain, member.name, {
        enumerable: true,
        configurable: true,
        get: () => host.member(id, member.name),
        set: (value) => host.setMember(id, member.name, value),
      });
    }
    const object = shaped(plain, name, id, args, call);
    kit.set(instances, id, object);
    return object;
  };
})
