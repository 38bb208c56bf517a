// console and timers: both only hand over to the simulator.
(function (host, kit) {
  'use strict';
  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'table']) {
    console[level] = (...values) => host.console(level, ...values);
  }
  console.groupCollapsed = console.group;
  console.dir = console.log;
  console.groupEnd = () => host.console('groupEnd');
  console.assert = (condition, ...values) => {
    if (!condition) host.console('error', 'Assertion failed', ...values);
  };
  const counts = kit.create(null);
  console.count = (label = 'default') => {
    counts[label] = (counts[label] || 0) + 1;
    host.console('log', `${label}: ${counts[label]}`);
  };
  const started = kit.create(null);
  const now = Date.now;
  console.time = (label = 'default') => {
    started[label] = now();
  };
  console.timeEnd = (label = 'default') => {
    host.console('log', `${label}: ${now() - started[label]}ms`);
    delete started[label];
  };
  kit.global('console', console);

  // Callbacks by timer number; the simulator decides when one is due.
  const timers = new kit.Map();
  let last = 0;
  const start = (name, repeats) => (callback, delay, ...args) => {
    if (!kit.isFunction(callback)) {
      throw new kit.TypeError(
        `${name} expects a function as first argument but got ${typeof callback}.`,
      );
    }
    last += 1;
    kit.set(timers, last, { name, callback, args, repeats });
    host.startTimer(last, +delay || 0, repeats);
    return last;
  };
  const stop = (id) => {
    if (kit.remove(timers, +id)) host.stopTimer(+id);
  };
  kit.frame = start('requestAnimationFrame', false);
  kit.stopTimer = stop;
  kit.global('setTimeout', start('setTimeout', false));
  kit.global('setInterval', start('setInterval', true));
  const idle = start('requestIdleCallback', false);
  kit.idle = {
    requestIdleCallback: (callback) =>
      kit.isFunction(callback)
        ? idle(callback, 1, { didTimeout: false, timeRemaining: () => 50 })
        : undefined,
    cancelIdleCallback: stop,
  };
  kit.global('clearTimeout', stop);
  kit.global('clearInterval', stop);

  kit.bridge.timer = (id) => {
    const timer = kit.get(timers, id);
    if (timer === undefined) return;
    if (!timer.repeats) kit.remove(timers, id);
    kit.guard(`at ${timer.name} callback function`, timer.callback, undefined, timer.args);
  };
})
