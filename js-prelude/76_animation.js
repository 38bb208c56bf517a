// wx.createAnimation: steps are gathered here and handed over by export().
(function (host, kit) {
  'use strict';
  // Arguments of the transforms where they are left out.
  const TRANSFORMS = {
    matrix: [1, 0, 0, 1, 1, 1],
    matrix3d: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    rotate: [0], rotate3d: [0, 0, 0, 0], rotateX: [0], rotateY: [0], rotateZ: [0],
    scale: [1], scale3d: [1, 1, 1], scaleX: [1], scaleY: [1], scaleZ: [1],
    skew: [0, 0], skewX: [0], skewY: [0],
    translate: [0, 0], translate3d: [0, 0, 0], translateX: [0], translateY: [0], translateZ: [0],
  };
  const LENGTHS = ['width', 'height', 'left', 'right', 'top', 'bottom'];
  const given = (value, usual) => (value === undefined ? usual : value);

  class Animation {
    constructor(options) {
      const { duration, timingFunction, delay, transformOrigin } = options;
      this.actions = [];
      // What the steps so far left, by kind: each step repeats it.
      this.currentTransform = {};
      this.currentStepAnimates = [];
      this.option = {
        transition: {
          duration: given(duration, 400),
          timingFunction: given(timingFunction, 'linear'),
          delay: given(delay, 0),
        },
        transformOrigin: transformOrigin || '50% 50% 0',
      };
    }
    export() {
      const { actions } = this;
      this.actions = [];
      return { actions };
    }
    step(options) {
      const own = kit.isObject(options) ? options : {};
      const { transition, transformOrigin } = this.option;
      for (const animate of this.currentStepAnimates) {
        const { type, args } = animate;
        this.currentTransform[type === 'style' ? `style.${args[0]}` : type] = animate;
      }
      this.currentStepAnimates = [];
      const animates = [];
      for (const kind of kit.keys(this.currentTransform)) {
        kit.push(animates, this.currentTransform[kind]);
      }
      const option = {
        transformOrigin: given(own.transformOrigin, transformOrigin),
        transition: {
          duration: given(own.duration, transition.duration),
          timingFunction: given(own.timingFunction, transition.timingFunction),
          delay: given(own.delay, transition.delay),
        },
      };
      kit.push(this.actions, { animates, option });
      return this;
    }
  }

  const method = (name, animate) => {
    kit.define(Animation.prototype, name, {
      value(...args) {
        kit.push(this.currentStepAnimates, animate(args));
        return this;
      },
      writable: true,
      configurable: true,
    });
  };
  for (const type of kit.keys(TRANSFORMS)) {
    const usual = TRANSFORMS[type];
    method(type, (args) => {
      const values = [];
      for (let at = 0; at < usual.length; at += 1) kit.push(values, given(args[at], usual[at]));
      if (type === 'scale') kit.push(values, given(args[1], values[0]));
      return { type, args: values };
    });
  }
  const style = (name, value) => ({ type: 'style', args: [name, value] });
  for (const name of ['opacity', 'backgroundColor']) method(name, ([value]) => style(name, value));
  for (const name of LENGTHS) {
    method(name, ([value]) => style(name, typeof value === 'number' ? `${value}px` : value));
  }

  kit.shapers.Animation = (object, id, [options]) =>
    new Animation(kit.isObject(options) ? options : {});
})
