// CanvasContext: records drawing in the shape of the platform's own actions; draw() hands it over.
(function (host, kit) {
  'use strict';
  const USUAL_FONT = '10px sans-serif';

  // Colours along a line or a circle, as part of a style.
  class CanvasGradient {
    constructor(type, data) {
      this.type = type;
      this.data = data;
      this.colorStop = [];
    }
    addColorStop(stop, color) {
      kit.push(this.colorStop, [stop, color]);
    }
  }
  const styleData = (style) => {
    if (!kit.isObject(style)) return ['normal', style];
    return style.colorStop === undefined
      ? [style.type, style.data]
      : [style.type, style.data, kit.copy(style.colorStop)];
  };

  class CanvasContext {
    constructor(id, canvasId) {
      this.canvasId = canvasId;
      kit.define(this, 'object', { value: id });
      kit.define(this, 'state', { value: { font: USUAL_FONT }, writable: true });
      kit.define(this, 'saved', { value: [] });
      this.actions = [];
      this.path = [];
    }
    getActions() {
      const { actions } = this;
      this.clearActions();
      return actions;
    }
    clearActions() {
      this.actions = [];
      this.path = [];
    }
    draw(reserve, callback) {
      const actions = this.getActions();
      const keeps = reserve === true;
      const summary = host.drawn(this.object, actions, keeps);
      const options = { canvasId: this.canvasId, reserve: keeps };
      kit.assign(options, summary);
      options.complete = callback;
      kit.methodRow('CanvasContext.drawCanvas')(this.object, options);
    }
    beginPath() {
      this.path = [];
    }
    lineTo(x, y) {
      kit.push(this.path, { method: this.path.length === 0 ? 'moveTo' : 'lineTo', data: [x, y] });
    }
    fill() {
      act(this, 'fillPath', [...this.path]);
    }
    stroke() {
      act(this, 'strokePath', [...this.path]);
    }
    clip() {
      act(this, 'clip', [...this.path]);
    }
    fillRect(...data) {
      act(this, 'fillPath', [{ method: 'rect', data }]);
    }
    strokeRect(...data) {
      act(this, 'strokePath', [{ method: 'rect', data }]);
    }
    fillText(text, ...rest) {
      act(this, 'fillText', [`${text}`, ...rest]);
    }
    strokeText(text, ...rest) {
      act(this, 'strokeText', [`${text}`, ...rest]);
    }
    save() {
      kit.push(this.saved, kit.assign({}, this.state));
      act(this, 'save', []);
    }
    restore() {
      if (this.saved.length > 0) {
        this.state = this.saved[this.saved.length - 1];
        this.saved.length -= 1;
      }
      act(this, 'restore', []);
    }
    setFontSize(size) {
      this.state.font = `${size}px sans-serif`;
      act(this, 'setFontSize', [size]);
    }
    setShadow(x, y, blur, color) {
      kit.assign(this.state, {
        shadowOffsetX: x, shadowOffsetY: y, shadowBlur: blur, shadowColor: color,
      });
      act(this, 'setShadow', [x, y, blur, color]);
    }
    setLineDash(pattern, offset) {
      act(this, 'setLineDash', [pattern, offset]);
    }
    measureText(text) {
      return host.measure(`${text}`, `${this.state.font}`);
    }
    createLinearGradient(...data) {
      return new CanvasGradient('linear', data);
    }
    createCircularGradient(...data) {
      return new CanvasGradient('radial', data);
    }
    createPattern(image, repetition) {
      return { type: 'pattern', data: [image, repetition] };
    }
  }
  const act = (context, method, data) => kit.push(context.actions, { method, data });
  const method = (name, value) =>
    kit.define(CanvasContext.prototype, name, { value, writable: true, configurable: true });
  for (const name of ['moveTo', 'rect', 'arc', 'arcTo', 'quadraticCurveTo', 'bezierCurveTo', 'closePath']) {
    method(name, function (...data) {
      kit.push(this.path, { method: name, data });
    });
  }
  for (const name of ['scale', 'rotate', 'translate', 'transform', 'setTransform', 'clearRect', 'drawImage']) {
    method(name, function (...data) {
      act(this, name, data);
    });
  }
  // Properties, each with the command that it records; most have a method of that name.
  const PROPERTIES = {
    fillStyle: '#000000', strokeStyle: '#000000', globalAlpha: 1, lineWidth: 1, lineCap: 'butt',
    lineJoin: 'miter', miterLimit: 10, textAlign: 'left', textBaseline: 'normal', font: USUAL_FONT,
    globalCompositeOperation: 'source-over', lineDashOffset: 0, shadowBlur: 0,
    shadowColor: '#000000', shadowOffsetX: 0, shadowOffsetY: 0,
  };
  const SETTERS = [
    'fillStyle', 'strokeStyle', 'globalAlpha', 'lineWidth', 'lineCap', 'lineJoin', 'miterLimit',
    'textAlign', 'textBaseline',
  ];
  for (const name of kit.keys(PROPERTIES)) {
    const command = `set${name[0].toUpperCase()}${name.slice(1)}`;
    const styled = name === 'fillStyle' || name === 'strokeStyle';
    const set = (context, value) => {
      context.state[name] = value;
      act(context, command, styled ? styleData(value) : [value]);
    };
    kit.define(CanvasContext.prototype, name, {
      configurable: true,
      get() {
        return name in this.state ? this.state[name] : PROPERTIES[name];
      },
      set(value) {
        set(this, value);
      },
    });
    if (SETTERS.indexOf(name) < 0) continue;
    method(command, function (value) {
      set(this, value);
    });
  }

  kit.shapers.CanvasContext = (object, id, [canvasId]) => new CanvasContext(id, canvasId);
})
