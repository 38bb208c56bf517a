// Options of test.explore; its properties, asked in each state.
(function (host, kit) {
  'use strict';
  const WHENS = ['always', 'sometimes', 'eventually'];
  const isProperty = (value) => kit.isFunction(value) || typeof value === 'string';

  // What is explored, with its functions, and the options of the test itself.
  kit.exploration = (options) => {
    const functions = [];
    const given = { ...options };
    for (const when of WHENS) {
      if (options[when] === undefined) continue;
      if (!kit.isObject(options[when]) || kit.isFunction(options[when])) {
        throw new TypeError(`test.explore: \`${when}\` is an object: { 'what holds': (state) => state.page !== null }`);
      }
      given[when] = {};
      for (const [name, property] of Object.entries(options[when])) {
        if (!isProperty(property)) {
          throw new TypeError(`test.explore: \`${when}\`: '${name}' is a function of the state, or the text of an expression over it`);
        }
        const isText = typeof property === 'string';
        functions.push(isText ? undefined : property);
        given[when][name] = isText ? property : true;
      }
    }
    const own = host.exploration(given);
    const of = (wanted) => Object.fromEntries(Object.entries(given).filter(([key]) => own.includes(key) === wanted));
    return [{ given: of(true), functions }, of(false)];
  };

  let asked = [];
  kit.explore = ({ given, functions }) => {
    asked = functions;
    return kit.act('explore', given);
  };
  // For each property whether it holds, or why that cannot be said; null for an expression.
  kit.judge = (state) =>
    asked.map((property) => {
      if (property === undefined) return null;
      try {
        const holds = property(kit.strict('state', state));
        if (kit.isObject(holds) && kit.isFunction(holds.then)) return 'it must give its value at once, without async';
        return !!holds;
      } catch (error) {
        return `${error}`;
      }
    });
})
