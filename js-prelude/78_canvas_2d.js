// Canvases of the program's own, and the contexts of the kind 2d, as on the web: each records what
// it draws and hands it over at the end of the task, or before the next call.
(function (host, kit) {
  'use strict';
  const STATE = {
    fillStyle: '#000000', strokeStyle: '#000000', globalAlpha: 1, lineWidth: 1, lineCap: 'butt',
    lineJoin: 'miter', miterLimit: 10, lineDashOffset: 0, font: '10px sans-serif',
    textAlign: 'start', textBaseline: 'alphabetic', direction: 'inherit', filter: 'none',
    globalCompositeOperation: 'source-over', imageSmoothingEnabled: true,
    imageSmoothingQuality: 'low', shadowBlur: 0, shadowColor: 'rgba(0, 0, 0, 0)',
    shadowOffsetX: 0, shadowOffsetY: 0,
  };
  const IDENTITY = [1, 0, 0, 1, 0, 0];
  const PATH = [
    'moveTo', 'lineTo', 'rect', 'roundRect', 'arc', 'arcTo', 'ellipse', 'quadraticCurveTo',
    'bezierCurveTo', 'closePath',
  ];
  const DRAWING = [
    ...PATH, 'beginPath', 'fill', 'stroke', 'clip', 'fillRect', 'strokeRect', 'clearRect', 'fillText',
    'strokeText', 'drawImage',
  ];

  // Contexts that have recorded something.
  let pending = [];
  kit.flush = () => {
    const contexts = pending;
    if (contexts.length === 0) return;
    pending = [];
    for (const context of contexts) context.handOver();
  };

  const methods = (target, names, make) => {
    for (const name of names) {
      kit.define(target.prototype, name, { value: make(name), writable: true, configurable: true });
    }
  };

  class Path2D {
    constructor(path) {
      this.path = path instanceof Path2D ? [...path.path] : [];
    }
    addPath(path) {
      if (path instanceof Path2D) for (const part of path.path) kit.push(this.path, part);
    }
  }
  methods(Path2D, PATH, (name) => function (...data) {
    kit.push(this.path, { method: name, data });
  });

  class Image {
    constructor() {
      this.width = 0;
      this.height = 0;
      this.onload = null;
      this.onerror = null;
      kit.define(this, 'source', { value: '', writable: true });
    }
    get src() {
      return this.source;
    }
    set src(value) {
      const src = `${value}`;
      this.source = src;
      const tell = (callback, event) => {
        if (this.source === src && kit.isFunction(callback)) kit.apply(callback, this, [event]);
      };
      kit.methodRow('Image.load')(undefined, {
        src,
        success: ({ width, height }) => {
          kit.assign(this, { width, height });
          tell(this.onload, { type: 'load', target: this });
        },
        fail: ({ errMsg }) => tell(this.onerror, { type: 'error', errMsg, target: this }),
      });
    }
  }
  class ImageData {
    constructor(width, height, data) {
      this.width = width;
      this.height = height;
      this.data = data || new Uint8ClampedArray(width * height * 4);
    }
  }
  class Gradient {
    constructor(type, data) {
      this.type = type;
      this.data = data;
      this.colorStop = [];
    }
    addColorStop(stop, color) {
      kit.push(this.colorStop, [stop, color]);
    }
  }
  // What a command says of a value.
  const told = (value) => {
    if (value instanceof Image) return value.src;
    if (value instanceof Canvas) return { canvas: value._id };
    if (value instanceof Gradient || value instanceof Path2D) return kit.copy(kit.assign({}, value));
    return kit.isArray(value) ? kit.copy(value) : value;
  };
  const product = ([a, b, c, d, e, f], [g, h, i, j, k, l]) => [
    a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f,
  ];

  class RenderingContext {
    constructor(canvas) {
      kit.define(this, 'canvas', { value: canvas, enumerable: true });
      kit.define(this, 'commands', { value: [], writable: true });
      this.begin();
    }
    // The canvas is as new.
    begin() {
      const hidden = { begins: true, state: kit.assign({}, STATE), matrix: IDENTITY, dash: [], saved: [] };
      for (const name of kit.keys(hidden)) {
        kit.define(this, name, { value: hidden[name], writable: true, configurable: true });
      }
      this.commands = [];
    }
    record(name, data) {
      if (this.commands.length === 0 && pending.indexOf(this) < 0) {
        kit.push(pending, this);
        if (pending.length === 1) kit.then(kit.Promise.resolve(), kit.flush);
      }
      const plain = [];
      for (const value of data) kit.push(plain, told(value));
      kit.push(this.commands, { method: name, data: plain });
    }
    handOver() {
      const { commands, begins, canvas } = this;
      this.commands = [];
      this.begins = false;
      host.drawn(canvas._id, commands, !begins, canvas.width, canvas.height);
    }
    save() {
      kit.push(this.saved, [kit.assign({}, this.state), this.matrix, this.dash]);
      this.record('save', []);
    }
    restore() {
      if (this.saved.length > 0) {
        [this.state, this.matrix, this.dash] = this.saved[this.saved.length - 1];
        this.saved.length -= 1;
      }
      this.record('restore', []);
    }
    reset() {
      this.begin();
      this.record('reset', []);
    }
    setLineDash(dash) {
      this.dash = [...dash];
      this.record('setLineDash', [dash]);
    }
    getLineDash() {
      return [...this.dash];
    }
    transform(...matrix) {
      this.matrix = product(this.matrix, matrix);
      this.record('transform', matrix);
    }
    setTransform(...given) {
      const [first] = given;
      const matrix = kit.isObject(first)
        ? [first.a, first.b, first.c, first.d, first.e, first.f]
        : given;
      this.matrix = matrix.length === 6 ? matrix : IDENTITY;
      this.record('setTransform', this.matrix);
    }
    resetTransform() {
      this.setTransform();
    }
    getTransform() {
      const [a, b, c, d, e, f] = this.matrix;
      return { a, b, c, d, e, f };
    }
    scale(x, y) {
      this.matrix = product(this.matrix, [x, 0, 0, y, 0, 0]);
      this.record('scale', [x, y]);
    }
    translate(x, y) {
      this.matrix = product(this.matrix, [1, 0, 0, 1, x, y]);
      this.record('translate', [x, y]);
    }
    rotate(angle) {
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      this.matrix = product(this.matrix, [cos, sin, -sin, cos, 0, 0]);
      this.record('rotate', [angle]);
    }
    measureText(text) {
      return host.measure(`${text}`, `${this.state.font}`);
    }
    createLinearGradient(...data) {
      return new Gradient('linear', data);
    }
    createRadialGradient(...data) {
      return new Gradient('radial', data);
    }
    createConicGradient(...data) {
      return new Gradient('conic', data);
    }
    createPattern(image, repetition) {
      return { type: 'pattern', data: [told(image), repetition] };
    }
    isPointInPath() {
      return false;
    }
    isPointInStroke() {
      return false;
    }
    createImageData(width, height) {
      if (kit.isObject(width)) return new ImageData(width.width, width.height);
      return new ImageData(width, height);
    }
    getImageData(x, y, width, height) {
      this.handOver();
      const data = host.pixels(this.canvas._id, { x, y, width, height });
      if (data === undefined) throw new kit.Error('getImageData: the area has no pixels');
      return new ImageData(width, height, data);
    }
    putImageData(image, x, y) {
      this.handOver();
      const { width, height, data } = image;
      host.putPixels(this.canvas._id, { x, y, width, height }, data);
    }
  }
  methods(RenderingContext, DRAWING, (name) => function (...data) {
    this.record(name, data);
  });
  for (const name of kit.keys(STATE)) {
    kit.define(RenderingContext.prototype, name, {
      configurable: true,
      get() {
        return this.state[name];
      },
      set(value) {
        this.state[name] = value;
        this.record(name, [value]);
      },
    });
  }

  class Canvas {
    constructor(id, width, height) {
      this._id = id;
      kit.define(this, 'size', { value: [width, height] });
      kit.define(this, 'context', { value: undefined, writable: true });
    }
    getContext(type) {
      if (type !== '2d') return kit.inert('OffscreenCanvas', `getContext('${type}')`);
      if (this.context === undefined) this.context = new RenderingContext(this);
      return this.context;
    }
    createImage() {
      return new Image();
    }
    createImageData(width, height) {
      return new ImageData(width, height);
    }
    createPath2D(path) {
      return new Path2D(path);
    }
    requestAnimationFrame(callback) {
      return kit.frame(callback, 16);
    }
    cancelAnimationFrame(id) {
      kit.stopTimer(id);
    }
    toDataURL(type) {
      kit.flush();
      return kit.methodRow('OffscreenCanvas.toDataURL')(this._id, type);
    }
  }
  ['width', 'height'].forEach((name, at) => {
    kit.define(Canvas.prototype, name, {
      configurable: true,
      get() {
        return this.size[at];
      },
      // Another size empties a canvas.
      set(value) {
        this.size[at] = value > 0 ? value - (value % 1) : 0;
        if (this.context === undefined) {
          host.drawn(this._id, [], false, this.size[0], this.size[1]);
        } else {
          this.context.begin();
          this.context.handOver();
        }
      },
    });
  });

  // A canvas for a number and a size; a page's own canvases are made by it too.
  kit.canvas = (id, width, height) => new Canvas(id, width, height);
  kit.shapers.OffscreenCanvas = (object, id) => {
    const [width, height] = host.canvasSize(id);
    return kit.canvas(id, width, height);
  };
})
