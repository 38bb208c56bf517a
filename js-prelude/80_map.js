// MapContext: what takes functions besides success, fail and complete.
(function (host, kit) {
  'use strict';
  kit.shapers.MapContext = (object, id, args, call) => {
    object.on = (event, listener) => kit.listen(`MapContext.${event} @${id}`, listener);
    // A marker's movement: the latest one of a marker is the one that ends.
    const moving = (method) => (options) => {
      if (kit.isObject(options)) {
        const list = `MapContext.animationEnd ${options.markerId} @${id}`;
        kit.ignore(list);
        kit.listen(list, options.animationEnd);
      }
      return call(method, options);
    };
    object.translateMarker = moving('translateMarker');
    object.moveAlong = moving('moveAlong');
    return object;
  };
})
