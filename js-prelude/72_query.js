// wx.createSelectorQuery: the chain of a query. Run when the first one is made.
(function (host, kit) {
  'use strict';
  const waiting = new kit.Map();
  let last = 0;
  class NodesRef {
    constructor(query, selector, kind) {
      kit.assign(this, { _query: query, _selector: selector, _kind: kind });
    }
    fields(fields, callback) {
      const { _query: query, _selector: selector, _kind: kind } = this;
      kit.push(query._list, { host: query._host, selector, kind, fields: fields || {} });
      kit.push(query._callbacks, callback);
      return query;
    }
    boundingClientRect(callback) {
      return this.fields({ id: true, dataset: true, rect: true, size: true }, callback);
    }
    scrollOffset(callback) { return this.fields({ id: true, dataset: true, scrollOffset: true }, callback); }
    node(callback) { return this.fields({ node: true }, callback); }
    context(callback) { return this.fields({ context: true }, callback); }
    ref(callback) { return this.fields({ ref: true }, callback); }
  }
  class SelectorQuery {
    constructor() { kit.assign(this, { _list: [], _callbacks: [], _host: undefined }); }
    in(component) {
      this._host = kit.viewOf(component);
      return this;
    }
    select(selector) { return new NodesRef(this, `${selector}`, 'one'); }
    selectAll(selector) { return new NodesRef(this, `${selector}`, 'all'); }
    selectViewport() { return new NodesRef(this, '', 'viewport'); }
    exec(callback) {
      last += 1;
      kit.set(waiting, last, { query: this, callbacks: kit.copy(this._callbacks), callback });
      host.viewQuery(last, this._list);
      return this;
    }
  }
  kit.query = () => new SelectorQuery();

  // What a node is to scripts: a canvas, or the context of a video, a map …
  const contexts = { video: 'createVideoContext', map: 'createMapContext', canvas: 'createCanvasContext', camera: 'createCameraContext', 'live-pusher': 'createLivePusherContext', 'live-player': 'createLivePlayerContext', editor: 'createEditorContext' };
  const finish = (fact) => {
    if (!kit.isObject(fact)) return fact;
    if (kit.isArray(fact)) return kit.map(fact, finish);
    if (fact.node !== undefined) fact.node = node(fact);
    if (fact.context !== undefined) {
      const make = kit.wx[contexts[fact.context.tag]];
      fact.context = make === undefined ? null : make(fact.context.id);
    }
    if (fact.ref !== undefined) fact.ref = kit.exported(undefined, fact.ref);
    return fact;
  };
  const nodes = kit.create(null);
  // What scripts do with an `enhanced` scroll-view; the switches are kept and change nothing.
  class ScrollViewContext {
    constructor(page, node) {
      kit.define(this, '_place', { value: [page, node] });
      kit.assign(this, { bounces: true, decelerationDisabled: false, fastDeceleration: false, pagingEnabled: false, scrollEnabled: true, showScrollbar: true });
    }
    scrollTo({ top, left } = {}) {
      host.viewScroll(...this._place, { 'scroll-top': top, 'scroll-left': left });
    }
    scrollIntoView(selector) {
      host.viewScroll(...this._place, { 'scroll-into-view': `${kit.isObject(selector) ? selector.selector : selector}` });
    }
  }
  const node = ({ node: { tag, key, width, height, page, node, enhanced } }) => {
    if (tag === 'scroll-view') return enhanced ? new ScrollViewContext(page, node) : null;
    if (tag === 'canvas') {
      nodes[key] = nodes[key] || kit.wx.createOffscreenCanvas({ type: '2d', width, height });
      return nodes[key];
    }
    return null;
  };
  // Observers hear more than once.
  const observers = new kit.Map();
  kit.waitFor = (callback) => {
    last += 1;
    kit.set(observers, last, callback);
    return last;
  };
  for (const name of ['intersection', 'media']) {
    kit[name] = (...args) => {
      host.later('wxsim:74', host, kit);
      return kit[name](...args);
    };
  }
  kit.queries = (token, facts) => {
    const observer = kit.get(observers, token);
    if (observer !== undefined) return observer(facts);
    const { query, callbacks, callback } = kit.get(waiting, token);
    kit.remove(waiting, token);
    const found = kit.map(facts, finish);
    for (let at = 0; at < found.length; at += 1) {
      if (kit.isFunction(callbacks[at])) kit.guard('at SelectorQuery callback function', callbacks[at], query, [found[at]]);
    }
    if (kit.isFunction(callback)) kit.guard('at SelectorQuery exec callback function', callback, query, [found]);
  };
})
