// Observers of intersections and of the window. Run when the first one is made.
(function (host, kit) {
  'use strict';
  const connect = (observer, name, callback, operation, told) => {
    const token = kit.waitFor((fact) => {
      if (kit.isFunction(callback)) kit.guard(`at ${name} callback function`, callback, observer, [fact]);
    });
    kit.push(observer._tokens, token);
    operation(kit.assign({ token, host: observer._host }, told));
  };
  const disconnect = (observer) => {
    host.viewUnobserve(observer._tokens);
    observer._tokens = [];
  };
  const hidden = (object, members) => {
    for (const key of kit.keys(members)) kit.define(object, key, { value: members[key], writable: true });
  };

  class IntersectionObserver {
    constructor(owner, options) {
      const { thresholds, initialRatio, observeAll } = kit.isObject(options) ? options : {};
      hidden(this, {
        _host: kit.viewOf(owner), _relative: [], _tokens: [],
        _options: { thresholds, initial: initialRatio, all: observeAll },
      });
    }
    relativeTo(selector, margins) {
      kit.push(this._relative, { selector: `${selector}`, margins });
      return this;
    }
    relativeToViewport(margins) {
      kit.push(this._relative, { margins });
      return this;
    }
    observe(selector, callback) {
      const told = kit.assign({ selector: `${selector}`, relative: this._relative }, this._options);
      connect(this, 'IntersectionObserver', callback, host.viewObserve, told);
    }
    disconnect() { disconnect(this); }
  }
  class MediaQueryObserver {
    constructor(owner) { hidden(this, { _host: kit.viewOf(owner), _tokens: [] }); }
    observe(wanted, callback) {
      disconnect(this);
      connect(this, 'MediaQueryObserver', callback, host.viewMedia, { wanted: kit.assign({}, wanted) });
    }
    disconnect() { disconnect(this); }
  }
  kit.intersection = (owner, options) => new IntersectionObserver(owner, options);
  kit.media = (owner) => new MediaQueryObserver(owner);
})
