// One component on a page of its own.
(function (host, kit) {
  'use strict';
  const OPTIONS = ['properties', 'slots', 'on', 'data', 'components'];
  // Rendered components whose events go to functions, with how many were given.
  const listening = [];

  const deliver = () => {
    for (const own of listening) {
      const events = host.emitted(own.page) ?? [];
      for (const { name, detail } of events.slice(own.given)) {
        own.given += 1;
        if (kit.isFunction(own.on[name])) own.on[name](detail);
      }
    }
  };
  // Functions hear of events when the action that led to them is over.
  const { acted } = kit.bridge;
  kit.bridge.acted = (...result) => {
    try {
      deliver();
    } finally {
      acted(...result);
    }
  };

  class Rendered {
    constructor(start, names, properties) {
      kit.assign(this, { page: start.page, tag: start.tag });
      kit.define(this, 'own', { value: { ...start, names, properties } });
    }
    // What the component shows; within it the queries of `screen`.
    get element() {
      return kit.screen.get(this.tag);
    }
    get container() {
      return kit.within(this.element);
    }
    // Details of the events of a name, or `{ name, detail }` of all, in order.
    emitted(name) {
      const { names, page } = this.own;
      const events = host.emitted(page) ?? [];
      if (name === undefined) return events;
      if (!names.includes(name)) {
        throw new kit.Error(`nobody listens to \`${name}\`: give \`on: ['${name}']\` to renderComponent`);
      }
      return events.filter((event) => event.name === name).map(({ detail }) => detail);
    }
    setProperties(values) {
      const { properties } = this.own;
      const wrong = kit.keys(values).find((key) => !properties.includes(key));
      if (wrong !== undefined) {
        throw new kit.Error(`the property \`${wrong}\` is not bound: give it to renderComponent from the beginning`);
      }
      return this.setData(Object.fromEntries(Object.entries(values).map(([key, value]) => [`wxsim.properties.${key}`, value])));
    }
    // Data of the page around it, for what is in its slots.
    setData(values) {
      const page = `getCurrentPages().find((page) => page.route === ${JSON.stringify(this.own.route)})`;
      return kit.act('evaluate', `void ${page}.setData(${JSON.stringify(values)})`);
    }
    unmount() {
      return this.setData({ 'wxsim.mounted': false });
    }
  }

  kit.renderComponent = async (component, options = {}) => {
    if (typeof component !== 'string') {
      throw new kit.TypeError("renderComponent('components/price/price', { properties, slots, on, data }) needs a path from the folder of app.json");
    }
    const wrong = kit.keys(options).find((key) => !OPTIONS.includes(key));
    if (wrong !== undefined) throw new kit.TypeError(`renderComponent has no option \`${wrong}\`; it has ${OPTIONS.join(', ')}`);
    const { properties = {}, slots = {}, on = [], data = {}, components = {} } = options;
    const names = kit.isArray(on) ? on : kit.keys(on);
    const content = typeof slots === 'string' ? { default: slots } : slots;
    const start = await kit.act('render', { component, properties, slots: content, on: names, data, components });
    listening.length = 0;
    if (!kit.isArray(on)) listening.push({ page: start.page, on, given: 0 });
    deliver();
    return new Rendered(start, names, kit.keys(properties));
  };

  if (kit.addMatchers !== undefined) {
    kit.addMatchers({
      toHaveEmitted(received, name, ...expected) {
        const details = received.emitted(name);
        const pass = expected.length === 0 ? details.length > 0 : details.some((detail) => this.equals(detail, expected[0]));
        const list = details.map((detail) => `\n  ${this.format(detail)}`).join('') || ' nothing';
        const wanted = expected.length === 0 ? '' : ` with ${this.format(expected[0])}`;
        return {
          pass,
          message: () => `expected the component ${this.isNot ? 'not ' : ''}to emit \`${name}\`${wanted}; it emitted${list}`,
          expected: expected.length === 0 ? '' : this.format(expected[0]),
          actual: this.format(details),
        };
      },
    });
  }
})
