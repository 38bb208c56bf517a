// What the page on top shows: elements by their text, role, label … in the words of Testing Library.
(function (host, kit) {
  'use strict';
  const SHOWN_LINES = 60;
  const LISTED = 10;
  const refOf = (element) => (element === undefined ? undefined : { page: element.page, node: element.node });

  // An element of a page; what it tells is read when it is asked for.
  class Element {
    constructor({ page, node, tag }) {
      this.page = page;
      this.node = node;
      kit.define(this, 'known', { value: `<${tag}>`, writable: true });
    }
    get label() {
      this.known = host.elementTarget(refOf(this)) ?? this.known;
      return this.known;
    }
    get exists() {
      return host.elementTarget(refOf(this)) !== null;
    }
    get isVisible() {
      return this.exists && host.elementVisible(refOf(this));
    }
    toString() {
      return this.label;
    }
  }
  kit.define(Element.prototype, kit.ELEMENT, { value: true });
  const FACTS =
    'tag id classes style text attributes dataset value role names component owner markup isChecked isDisabled isFocused isHidden';
  for (const name of FACTS.split(' ')) {
    kit.define(Element.prototype, name, {
      get() {
        const facts = host.element(refOf(this));
        if (facts === null) throw new kit.Error(`${this.label} is no longer on its page`);
        return facts[name];
      },
    });
  }

  const KINDS = {
    Text: ['text', 'the text'],
    Role: ['role', 'the role'],
    TestId: ['testId', 'the test id'],
    PlaceholderText: ['placeholder', 'the placeholder'],
    DisplayValue: ['displayValue', 'the value'],
    LabelText: ['label', 'the label'],
  };
  const OPTIONS = ['exact', 'hidden', 'name', 'timeout', 'interval'];
  const isText = (wanted) => typeof wanted === 'string' || typeof wanted === 'number';
  const isWanted = (wanted) => isText(wanted) || wanted instanceof RegExp || kit.isFunction(wanted);
  const shown = (wanted) => (isText(wanted) ? `"${wanted}"` : kit.isFunction(wanted) ? 'that a function tests' : `${wanted}`);
  const test = (wanted, text) => (kit.isFunction(wanted) ? wanted(text) : text.search(wanted) >= 0);

  // A question as the simulator takes it, with what only a script can test.
  const asked = (kind, wanted, options) => {
    const [by, words] = KINDS[kind];
    const wrong = kit.keys(options).find((key) => !OPTIONS.includes(key));
    if (wrong !== undefined) throw new kit.TypeError(`By${kind} has no option \`${wrong}\`; it has ${OPTIONS.join(', ')}`);
    if (!isWanted(wanted) || (by === 'role' && !isText(wanted))) {
      throw new kit.TypeError(`By${kind}(…) needs a text${by === 'role' ? '' : ', a regular expression or a function'}`);
    }
    const { exact = true, hidden = false, name } = options;
    const text = by === 'role' ? name : wanted;
    const query = { by, exact, hidden };
    if (by === 'role') query.value = `${wanted}`;
    if (isText(text)) query[by === 'role' ? 'name' : 'value'] = `${text}`;
    const called = by === 'role' && name !== undefined ? ` and the name ${shown(name)}` : '';
    return { query, test: isText(text) ? undefined : text, words: `${words} ${shown(wanted)}${called}`, kind };
  };
  const ofTarget = (target) => {
    if (typeof target !== 'string') throw new kit.TypeError('query, queryAll, get and find need a selector');
    return { query: { by: 'target', value: target }, words: target, kind: '' };
  };

  const ask = (question, within) => {
    let found = host.elements(question.query, refOf(within));
    if (question.test !== undefined) {
      const fits = found.map(({ texts }) => texts.some((text) => test(question.test, text)));
      // Of elements in each other the innermost is meant, but every one that has a role.
      const isInner = (at) => question.kind === 'Role' || !fits.slice(at + 1, at + 1 + found[at].inside).includes(true);
      found = found.filter((_, at) => fits[at] && isInner(at));
    }
    return found.map((one) => new Element(one));
  };

  const cut = (text) => {
    const lines = text.trimEnd().split('\n');
    if (lines.length <= SHOWN_LINES) return text.trimEnd() || '(nothing is shown)';
    return [...lines.slice(0, SHOWN_LINES), `… ${lines.length - SHOWN_LINES} lines more; screen.debug() prints all`].join('\n');
  };
  const fail = (message) => {
    throw new kit.AssertionError(message);
  };
  const missing = ({ query, words, test: tested }, within) => {
    const near = tested === undefined ? host.elementsNear(query, refOf(within)) : [];
    const where = within === undefined ? 'the page' : within.label;
    const what = query.by === 'target' ? `is \`${words}\`` : `has ${words}`;
    const help = near.length > 0 ? `; did you mean ${near.join(' or ')}?` : '';
    return fail(`nothing ${within === undefined ? 'on' : 'in'} ${where} ${what}${help}\n\n${cut(host.tree(refOf(within)))}`);
  };
  const several = ({ words, kind }, found) => {
    const lines = found.slice(0, LISTED).map((one) => `  ${one.label}  ${one.markup.split('\n')[0]}`);
    if (found.length > LISTED) lines.push('  …');
    return fail(
      `${found.length} elements have ${words}, where one is asked for: use getAllBy${kind}, or within(…)\n\n${lines.join('\n')}`,
    );
  };

  // Again and again while virtual time passes, as long as nothing is found.
  const patiently = async (get, { timeout = 1000, interval = 50 }) => {
    for (let passed = 0; ; passed += interval) {
      try {
        return get();
      } catch (error) {
        if (!(error instanceof kit.AssertionError) || passed >= timeout) throw error;
      }
      await kit.wait(interval);
    }
  };

  const queries = (within) => {
    const all = (question) => {
      const found = ask(question, within);
      return found.length > 0 ? found : missing(question, within);
    };
    const atMostOne = (question) => {
      const found = ask(question, within);
      return found.length > 1 ? several(question, found) : (found[0] ?? null);
    };
    const one = (question) => atMostOne(question) ?? missing(question, within);
    const made = {
      query: (target) => ask(ofTarget(target), within)[0] ?? null,
      queryAll: (target) => ask(ofTarget(target), within),
      get: (target) => all(ofTarget(target))[0],
      find: async (target, options = {}) => patiently(() => all(ofTarget(target))[0], options),
      debug: (element = within) => kit.print(host.tree(refOf(element)).trimEnd()),
    };
    for (const kind of kit.keys(KINDS)) {
      const now = (get) => (wanted, options = {}) => get(asked(kind, wanted, options));
      const later = (get) => async (wanted, options = {}, more = {}) => {
        const question = asked(kind, wanted, options);
        return patiently(() => get(question), { ...options, ...more });
      };
      made[`getBy${kind}`] = now(one);
      made[`queryBy${kind}`] = now(atMostOne);
      made[`findBy${kind}`] = later(one);
      made[`getAllBy${kind}`] = now(all);
      made[`queryAllBy${kind}`] = now((question) => ask(question, within));
      made[`findAllBy${kind}`] = later(all);
    }
    return kit.strict === undefined ? made : kit.strict(within === undefined ? 'screen' : 'within(…)', made);
  };

  kit.screen = queries();
  kit.within = (element) => {
    if (!(element instanceof Element)) throw new kit.TypeError('within(element) needs an element, such as screen.getByTestId(…)');
    return queries(element);
  };
})
