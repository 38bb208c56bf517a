// fn(), spyOn() and what is asserted about them.
(function (host, kit) {
  'use strict';
  const STATE = Symbol('mock');
  const all = [];
  let order = 0;
  kit.isMock = (value) => typeof value === 'function' && value[STATE] === true;

  const isClass = (act) => Object.getOwnPropertyDescriptor(act, 'prototype')?.writable === false;
  const fn = (implementation) => {
    let name;
    let always = implementation;
    let once = [];
    let restore = () => {};
    const records = {};
    const clear = () => Object.assign(records, { calls: [], results: [], instances: [], contexts: [], invocationCallOrder: [] });
    const mock = function (...args) {
      const { calls, results, instances, contexts, invocationCallOrder } = records;
      calls.push(args);
      instances.push(this);
      contexts.push(this);
      invocationCallOrder.push((order += 1));
      const result = { type: 'incomplete', value: undefined };
      results.push(result);
      try {
        const act = once.length > 0 ? once.shift() : always;
        let value;
        if (act !== undefined) value = new.target !== undefined && isClass(act) ? Reflect.construct(act, args) : act.apply(this, args);
        Object.assign(result, { type: 'return', value });
        return value;
      } catch (error) {
        Object.assign(result, { type: 'throw', value: error });
        throw error;
      }
    };
    clear();
    Object.defineProperty(records, 'lastCall', { get: () => records.calls.at(-1) });
    const also = (change) => (...args) => {
      change(...args);
      return mock;
    };
    const reset = () => {
      clear();
      always = undefined;
      once = [];
    };
    Object.assign(mock, {
      [STATE]: true,
      mock: records,
      getMockName: () => name ?? 'fn()',
      getMockImplementation: () => always,
      mockName: also((given) => { name = given; }),
      mockClear: also(clear),
      mockReset: also(reset),
      mockRestore() {
        reset();
        restore();
      },
      mockImplementation: also((act) => { always = act; }),
      mockImplementationOnce: also((act) => { once.push(act); }),
      mockReturnThis: also(() => { always = function () { return this; }; }),
    });
    const WAYS = { Return: (value) => () => value, Resolved: (value) => () => Promise.resolve(value), Rejected: (value) => () => Promise.reject(value) };
    for (const [way, act] of Object.entries(WAYS)) {
      mock[`mock${way}Value`] = (value) => mock.mockImplementation(act(value));
      mock[`mock${way}ValueOnce`] = (value) => mock.mockImplementationOnce(act(value));
    }
    const entry = { mock, onRestore: (act) => { restore = act; } };
    all.push(entry);
    return mock;
  };
  kit.makeMock = (implementation) => fn(implementation);
  Object.assign(kit.mocks, {
    clearAll: () => all.forEach(({ mock }) => mock.mockClear()),
    resetAll: () => all.forEach(({ mock }) => mock.mockReset()),
    restoreAll: () => [...all].reverse().forEach(({ mock, isSpy }) => (isSpy ? mock.mockRestore() : undefined)),
  });

  // Replaces a method, or with 'get' and 'set' half of a property, by a mock that does the same.
  kit.spyOn = (object, key, half) => {
    const isHost = (typeof object === 'object' && object !== null) || typeof object === 'function';
    if (!isHost) throw new TypeError(`spyOn(object, '${String(key)}') needs an object, not ${kit.format(object, true)}`);
    let owner = object;
    while (owner !== null && !Object.hasOwn(owner, key)) owner = Object.getPrototypeOf(owner);
    const found = owner === null ? undefined : Object.getOwnPropertyDescriptor(owner, key);
    const part = half ?? 'value';
    if (found === undefined) throw new TypeError(`spyOn: the object has no \`${String(key)}\`; ${host.nearest(String(key), Object.keys(object))}`);
    const original = found[part];
    if (kit.isMock(original)) return original;
    if (typeof original !== 'function') {
      throw new TypeError(`spyOn: \`${String(key)}\` has no ${half === undefined ? 'function' : half === 'get' ? 'getter' : 'setter'}; it is ${kit.format(half === undefined ? object[key] : original, true)}`);
    }
    const mock = fn(original).mockName(String(key));
    const entry = all.at(-1);
    entry.isSpy = true;
    entry.onRestore(() => {
      if (owner === object) Object.defineProperty(object, key, found);
      else delete object[key];
      all.splice(all.indexOf(entry), 1);
    });
    Object.defineProperty(object, key, { ...found, configurable: true, [part]: mock });
    return mock;
  };

  const SHOWN_MAX = 10;
  const { matcher, short } = kit;
  const no = (self) => (self.isNot ? 'not ' : '');
  const list = (args) => (args.length === 0 ? 'called with 0 arguments' : args.map(short).join(', '));
  // Most have a second, older name.
  const olderName = (name) => {
    if (/(Last|Nth)/.test(name)) return name.replace(/^toHave(Been)?L/, 'l').replace(/^toHave(Been)?N/, 'n');
    return name.replace('toHaveBeenCalled', 'toBeCalled').replace('toHaveReturned', 'toReturn');
  };
  const asked = (name, hint, judge) => {
    for (const either of [name, olderName(name)]) {
      matcher(either, hint, (received, args, self) => {
        if (!kit.isMock(received)) throw self.usage(`the received value must be a mock (fn() or spyOn()), it is ${short(received)}`);
        self.what = received.getMockName();
        return judge(received.mock, args, self);
      });
    }
  };
  const numbered = (texts, marked) =>
    texts.slice(0, SHOWN_MAX).map((text, at) => `${at === marked ? '->' : '  '} ${`${at + 1}`.padStart(5)}: ${text}`)
      .concat(texts.length > SHOWN_MAX ? [`   and ${texts.length - SHOWN_MAX} more`] : []);
  const returned = (mock) => mock.results.filter(({ type }) => type === 'return');
  const resultText = ({ type, value }) => (type === 'return' ? short(value) : type === 'throw' ? `function call threw ${short(value)}` : 'function call has not returned yet');

  // Counts: of calls and of returns.
  for (const [noun, past, items, texts] of [
    ['calls', 'BeenCalled', (mock) => mock.calls, (mock) => mock.calls.map(list)],
    ['returns', 'Returned', returned, (mock) => mock.results.map(resultText)],
  ]) {
    const count = (wanted, mock, self, more = texts(mock)) => [
      [`Expected number of ${noun}`, wanted], [`Received number of ${noun}`, items(mock).length],
      ...(more.length > 0 && items(mock).length > 0 ? ['', ...numbered(more)] : []),
    ];
    asked(`toHave${past}`, '', (mock, args, self) => [items(mock).length > 0, () => count(self.isNot ? 0 : '>= 1', mock, self)]);
    const times = (name, hint, wantedOf) => asked(name, hint, (mock, args, self) => {
      const wanted = wantedOf(args);
      if (!Number.isInteger(wanted) || wanted < 0) throw self.usage(`the expected number must be a whole number from 0, it is ${short(wanted)}`);
      return [items(mock).length === wanted, () => count(`${no(self)}${wanted}`, mock, self)];
    });
    times(`toHave${past}Times`, 'expected', ([wanted]) => wanted);
    if (noun === 'calls') times('toHaveBeenCalledOnce', '', () => 1);
  }

  // One of the calls, the last, the nth; `pick` gives the index, or undefined for any.
  const which = {
    '': ['', () => undefined],
    Last: ['', (args, length) => length - 1],
    Nth: ['n, ', (args, length, self) => {
      const n = args.shift();
      if (!Number.isInteger(n) || n < 1) throw self.usage(`n must be a whole number from 1, it is ${short(n)}`);
      return n - 1;
    }],
  };
  const mention = (noun, items, texts, wanted, expected, at, self) => {
    const rows = [['Expected', no(self) + wanted]];
    if (at === undefined && items.length === 1 && !self.isNot) return kit.versus(self, expected, items[0]);
    if (items.length > 0) rows.push('Received', ...numbered(texts, at));
    return { rows, expected: wanted, actual: texts.join('\n'), after: [`Number of ${noun}: ${items.length}`] };
  };
  for (const [place, [hint, pick]] of Object.entries(which)) {
    asked(`toHaveBeen${place}CalledWith`, `${hint}...expected`, (mock, given, self) => {
      const args = [...given];
      const at = pick(args, mock.calls.length, self);
      const holds = (call) => call !== undefined && kit.equals(call, args);
      const pass = at === undefined ? mock.calls.some(holds) : holds(mock.calls[at]);
      return [pass, () => mention('calls', mock.calls, mock.calls.map(list), list(args), args, at, self)];
    });
    asked(`toHave${place}ReturnedWith`, `${hint}expected`, (mock, given, self) => {
      const args = [...given];
      const at = pick(args, mock.results.length, self);
      const holds = (result) => result !== undefined && result.type === 'return' && kit.equals(result.value, args[0]);
      const pass = at === undefined ? mock.results.some(holds) : holds(mock.results[at]);
      return [pass, () => mention('returns', returned(mock).map(({ value }) => value), mock.results.map(resultText), short(args[0]), args[0], at, self)];
    });
  }
})
