// A mini program of one page, run by the official framework without any drawing.
import { line, tree } from './show.mjs';

const TOUCH = { bubbles: true, composed: true, capturePhase: true };

/** What the client adds to the framework for a definition. */
const forAdapter = (definition, behaviors) => {
  const isOwn = (one) => typeof one !== 'string';
  const named = (definition.behaviors || []).filter((one) => !isOwn(one));
  const own = (definition.behaviors || []).filter(isOwn);
  const field = named.includes('wx://form-field') ? { name: String, value: null } : undefined;
  const relations = Object.entries(definition.relations || {}).map(([key, relation]) => {
    // The adapter hands over a classic definition's relations as they are.
    const target = behaviors.has(relation.target) ? relation.target._$ : relation.target;
    return [key, { ...relation, target }];
  });
  return Object.assign(definition, {
    behaviors: own,
    ...(field && { properties: { ...field, ...definition.properties } }),
    ...(definition.relations && { relations: Object.fromEntries(relations) }),
  });
};

/** A backend that draws nothing; what waits for a drawing is called by `draw`. */
const makeBackend = (ge) => {
  const waiting = [];
  const backend = new ge.EmptyBackendContext();
  backend.render = (callback) => waiting.push(callback);
  backend.draw = () => {
    const called = waiting.splice(0);
    for (const callback of called) callback(null);
    return called.length > 0;
  };
  return backend;
};

/** A script or template whose `require` names modules as the compiler does, without extension. */
const required = (text) => text.replace(/(\brequire\((['"])[^'"]*)\.wxs\2/g, '$1$2');

/** Loads the program; `say` hears each line that happens. */
export const load = ({ ge, adapter, TmplGroup }, files, say) => {
  const env = new adapter.MiniProgramEnv();
  const space = env.createCodeSpace('main', true);
  const ready = [];
  space.setOverallBehavior(space.getComponentSpace().defineBehavior({
    lifetimes: {
      attached() {
        ready.push(this._$);
      },
    },
  }));
  const group = new TmplGroup();
  for (const [path, text] of Object.entries(files)) {
    const bare = path.replace(/\.[^.]+$/, '');
    if (path.endsWith('.wxml')) {
      const told = group.addTmpl(bare, required(text));
      for (const problem of told) if (problem.level >= 3) throw new Error(`${path}: ${problem.message}`);
    }
    if (path.endsWith('.wxs')) group.addScript(bare, required(text));
    if (path.endsWith('.json')) space.addComponentStaticConfig(bare, JSON.parse(text));
  }
  const make = new Function('getRegExp', 'getDate', `return ${group.getTmplGenObjectGroups()}`);
  const templates = make((...parts) => new RegExp(...parts), (...parts) => new Date(...parts));
  for (const path of Object.keys(files).filter((name) => name.endsWith('.wxml'))) {
    const bare = path.replace(/\.wxml$/, '');
    space.addCompiledTemplate(bare, {
      groupList: templates, content: templates[bare], fallbackListenerOnNativeNode: true,
    });
  }
  const program = { ge, env, space, ready, files, say, modules: new Map(), behaviors: new Set() };
  for (const path of components(files)) run(program, `${path}.js`);
  return program;
};

/** Pages and components, those first that others use. */
const components = (files) => {
  const bare = Object.keys(files).filter((path) => path.endsWith('.json')).map((path) => path.replace(/\.json$/, ''));
  return bare.filter((path) => path !== 'app' && files[`${path}.js`] !== undefined).reverse();
};

const run = (program, path) => {
  const { modules, files, space, behaviors, say } = program;
  if (modules.has(path)) return modules.get(path).exports;
  if (files[path] === undefined) throw new Error(`no such script: ${path}`);
  const module = { exports: {} };
  modules.set(path, module);
  const console = Object.fromEntries(
    ['log', 'info', 'warn', 'error'].map((level) => [level, (...values) => say(`${level === 'log' ? '' : `${level}: `}${line(values)}`)]),
  );
  const require = (name) => run(program, `${new URL(name, `file:///${path}`).pathname.slice(1).replace(/\.js$/, '')}.js`);
  space.componentEnv(path.replace(/\.js$/, ''), ({ Page, Component, Behavior }) => {
    const behavior = (definition) => {
      const made = Behavior(forAdapter(definition, behaviors));
      behaviors.add(made);
      return made;
    };
    const names = ['module', 'exports', 'require', 'console', 'Page', 'Component', 'Behavior', 'getCurrentPages'];
    const code = new Function(...names, files[path]);
    code(
      module, module.exports, require, console,
      (definition) => Page(definition),
      (definition) => Component(forAdapter(definition, behaviors)),
      behavior,
      () => [program.page],
    );
  });
  return module.exports;
};

/** Opens the page, and gives what steps are done with. */
export const open = (program) => {
  const { ge, env, space, ready } = program;
  const backend = makeBackend(ge);
  const associated = env.associateBackend(backend);
  const root = associated.createRoot('page', space, 'page');
  const component = root.getComponent();
  const page = root.get();
  program.page = page;
  const parent = backend.getRootNode();
  const placeholder = parent.createElement('x', 'x');
  parent.appendChild(placeholder);
  const hook = (name, ...args) => ge.safeCallback(name, () => page[name]?.(...args), page, [], component);

  root.attach(parent, placeholder);
  hook('onLoad', {});
  shows(component, () => hook('onShow'));
  settle(ge, backend, ready, component);
  component.triggerLifetime('ready', []);
  hook('onReady');
  settle(ge, backend, ready, component);

  return {
    tree: () => tree(ge, component),
    do: (step) => {
      const [, verb, rest] = /^(\S+)\s*(.*)$/s.exec(step);
      act(program, component, page, verb, rest);
      settle(ge, backend, ready, component);
    },
  };
};

/** The page's own hooks run before those of its components, as in the client. */
const shows = (component, onShow) => {
  const own = component._$pageLifetimeFuncs?.show;
  own?.call(component.getMethodCaller(), [], component);
  onShow();
  if (component._$pageLifetimeFuncs) component._$pageLifetimeFuncs = { ...component._$pageLifetimeFuncs, show: undefined };
  component.triggerPageLifetime('show', []);
};

/** Everything that follows by itself: first drawings, callbacks of setData. */
const settle = (ge, backend, ready, page) => {
  for (let round = 0, more = true; more; round += 1) {
    if (round === 100) throw new Error('it goes on and on');
    more = backend.draw();
    for (const component of ready.splice(0)) {
      if (component !== page && ge.Element.isAttached(component)) component.triggerLifetime('ready', []);
      more = true;
    }
  }
};

const act = (program, component, page, verb, rest) => {
  const { ge } = program;
  const json = (text, other) => (text === '' ? other : JSON.parse(text));
  if (verb === 'tap') {
    ge.triggerEvent(pointed(ge, component, rest), 'tap', { x: 0, y: 0 }, TOUCH);
  } else if (verb === 'trigger') {
    const [, target, event, detail] = /^(.*?) (\w+)(?: ([{[].*))?$/.exec(rest);
    ge.triggerEvent(pointed(ge, component, target), event, json(detail || '', {}), {});
  } else if (verb === 'call') {
    const [, method, args] = /^(\w+)\s*(.*)$/.exec(rest);
    const all = json(`[${args}]`, []);
    ge.safeCallback(method, () => page[method](...all), page, [], component);
  } else if (verb === 'setData') {
    page.setData(json(rest, {}));
  } else if (verb === 'hide' || verb === 'show') {
    component.triggerPageLifetime(verb, []);
  } else {
    throw new Error(`no such step: ${verb} ${rest}`);
  }
};

/** The first element that a selector means, in the page and in its components. */
const pointed = (ge, component, selector) => {
  const parts = selector.split(/\s+(?:>>>\s+)?/);
  const fits = (node, part) => part.match(/[#.]?[\w-]+/g).every((test) => {
    if (test[0] === '#') return node.id === test.slice(1);
    if (test[0] === '.') return node.class.split(/\s+/).includes(test.slice(1));
    return (node.tagName ?? node.is) === test;
  });
  const above = (node) => (ge.ShadowRoot.isShadowRoot(node) ? node.getHostNode() : node.parentNode);
  const isTag = (node) => ge.NativeNode.isNativeNode(node) || ge.Component.isComponent(node);
  const chain = (node, rest) => {
    if (rest.length === 0) return true;
    for (let at = above(node); at && at !== component; at = above(at)) {
      if (isTag(at) && fits(at, rest.at(-1)) && chain(at, rest.slice(0, -1))) return true;
    }
    return false;
  };
  const search = (node) => {
    if (isTag(node) && node !== component && fits(node, parts.at(-1)) && chain(node, parts.slice(0, -1))) return node;
    const trees = ge.Component.isComponent(node) ? [node.getShadowRoot()] : [];
    for (const below of [...trees, ...(node.childNodes || [])]) {
      const found = below && search(below);
      if (found) return found;
    }
    return undefined;
  };
  const found = search(component);
  if (found === undefined) throw new Error(`nothing on the page is \`${selector}\``);
  return found;
};
