'use strict';
{
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById('data').textContent);
  root.classList.add('js');

  const TEXTS = {
    state: { en: 'State', zh: '状态' },
    shows: { en: 'shows', zh: '显示' },
    stack: { en: 'page stack', zh: '页面栈' },
    refused: { en: 'refused', zh: '已拒绝' },
    token: { en: 'has a login of its own', zh: '已有自己的登录态' },
    open: { en: 'not everything was tried from here', zh: '此处未全部尝试' },
    story: { en: 'shortest story', zh: '最短操作步骤' },
    start: { en: 'the program is started', zh: '启动小程序' },
    ways: { en: 'ways on', zh: '后续路径' },
    choices: { en: 'choices', zh: '选择' },
  };
  const say = (words) => words[root.lang === 'zh' ? 'zh' : 'en'];
  const make = (name, text, ...children) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };
  let redraw = () => {};
  document.getElementById('switch').addEventListener('click', () => {
    root.lang = root.lang === 'zh' ? 'en' : 'zh';
    redraw();
  });

  const walk = (graph) => {
    const view = document.getElementById('view');
    const detail = document.getElementById('detail');
    const box = (state) => document.getElementById(`s${state}`);
    const details = [...document.querySelectorAll('details.violation')];
    const wayOf = new Map(data.ways.map((way, number) => [`${way.from} ${way.to}`, number]));
    const onward = data.states.map(() => []);
    for (const way of data.ways) onward[way.from].push(way);
    let focus = 0;

    // Marks a story: its states and the ways between them.
    const light = (states) => {
      for (const one of graph.querySelectorAll('.lit, .chosen, .out')) one.classList.remove('lit', 'chosen', 'out');
      graph.classList.toggle('busy', states.length > 0);
      states.forEach((state, at) => {
        box(state)?.classList.add('lit');
        if (at > 0) document.getElementById(`w${wayOf.get(`${states[at - 1]} ${state}`)}`)?.classList.add('lit');
      });
    };
    const storyOf = (state) => {
      const story = [];
      for (let at = state; at !== undefined; at = data.states[at]?.via?.from) story.unshift(at);
      return story;
    };
    const attend = (state, scrolls) => {
      box(focus)?.setAttribute('tabindex', '-1');
      focus = state;
      box(state)?.setAttribute('tabindex', '0');
      if (scrolls) box(state)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    };
    const fact = (name, text) => make('p', '', make('b', `${say(name)}: `), text);

    const show = (state) => {
      const own = data.states[state];
      const parts = [make('h2', `${say(TEXTS.state)} ${state}`)];
      parts.push(fact(TEXTS.stack, own.stack.join(' → ') || '–'), fact(TEXTS.shows, own.shows || '–'));
      if (own.refused.length > 0) parts.push(fact(TEXTS.refused, own.refused.join(', ')));
      if (own.hasToken) parts.push(make('p', say(TEXTS.token)));
      if (!own.isExpanded) parts.push(make('p', say(TEXTS.open)));
      const story = storyOf(state).slice(1).map((at) => make('li', data.states[at] ? say(data.states[at].via.says) : '…'));
      parts.push(make('h3', say(TEXTS.story)), make('ol', '', make('li', say(TEXTS.start)), ...story));
      parts.push(fact(TEXTS.choices, own.choices));
      const ways = onward[state].flatMap((way) => way.acts.map((act) => {
        const button = make('button', `${say(act.says)} → ${way.to}`);
        button.addEventListener('click', () => choose(way.to, true));
        return make('li', '', button);
      }));
      const list = make('ol', '', ...ways);
      list.className = 'ways';
      detail.replaceChildren(...parts, make('h3', `${say(TEXTS.ways)} (${ways.length})`), list);
    };
    const choose = (state, scrolls) => {
      if (!data.states[state]) return;
      light(storyOf(state));
      for (const way of onward[state]) {
        document.getElementById(`w${wayOf.get(`${state} ${way.to}`)}`)?.classList.add('out');
      }
      box(state).classList.add('chosen');
      attend(state, scrolls);
      redraw = () => show(state);
      redraw();
    };

    // The nearest state in a direction.
    const next = (x, y) => {
      const from = data.states[focus];
      let best;
      let least = Infinity;
      data.states.forEach((to, state) => {
        if (!to || state === focus) return;
        const [right, down] = [to.x - from.x, to.y - from.y];
        const along = right * x + down * y;
        const aside = Math.abs(x ? down : right);
        const far = along + aside * 3;
        if (along > 0 && far < least) [best, least] = [state, far];
      });
      return best;
    };
    const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    graph.addEventListener('click', (event) => {
      const state = event.target.closest('.state');
      if (state) choose(Number(state.id.slice(1)), false);
    });
    graph.addEventListener('keydown', (event) => {
      const step = STEPS[event.key];
      const to = step && next(...step);
      if (to !== undefined) {
        attend(to, true);
        box(to).focus();
      } else if (event.key === 'Enter' || event.key === ' ') choose(focus, false);
      else if (event.key === 'Escape') light([]);
      else if (!step) return;
      event.preventDefault();
    });
    details.forEach((one, number) => {
      one.addEventListener('toggle', () => {
        if (!one.open) return;
        for (const other of details) if (other !== one) other.open = false;
        const { states } = data.violations[number];
        light(states);
        if (states.length > 0) attend(states[states.length - 1], true);
      });
    });

    const search = document.getElementById('search');
    search.addEventListener('input', () => {
      const wanted = search.value.toLowerCase();
      data.states.forEach((state, number) => {
        if (!state) return;
        const text = `${number} ${state.shows} ${state.stack.join(' ')} ${state.refused.join(' ')}`;
        box(number).classList.toggle('dim', !text.toLowerCase().includes(wanted));
      });
    });
    const all = document.getElementById('all');
    all.checked = graph.classList.contains('all');
    all.addEventListener('change', () => graph.classList.toggle('all', all.checked));

    const [, , width, height] = graph.getAttribute('viewBox').split(' ').map(Number);
    let scale = 1;
    const zoom = (to) => {
      scale = Math.min(3, Math.max(0.1, to));
      graph.setAttribute('width', width * scale);
      graph.setAttribute('height', height * scale);
    };
    document.getElementById('smaller').addEventListener('click', () => zoom(scale / 1.25));
    document.getElementById('larger').addEventListener('click', () => zoom(scale * 1.25));
    document.getElementById('fit').addEventListener('click', () => {
      zoom(Math.min(1, view.clientWidth / width, view.clientHeight / height));
    });
    attend(0, true);
  };
  const graph = document.getElementById('graph');
  if (graph) walk(graph);
}
