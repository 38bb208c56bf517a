// Values as text, the difference of two texts, and texts without what no two runs have in common.
(function (host, kit) {
  'use strict';
  const isObject = (value) => typeof value === 'object' && value !== null;
  const DEPTH_MAX = 40;
  const escaped = (text) => text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  const className = (value) => {
    const made = value.constructor;
    return typeof made === 'function' && made.name !== '' ? made.name : 'Object';
  };

  function primitive(value, inline) {
    if (typeof value === 'string') return inline ? `"${escaped(value)}"` : `"${value}"`;
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'function') return `[${kit.isMock(value) ? 'MockFunction' : 'Function'} ${kit.nameOf(value)}]`;
    return Object.is(value, -0) ? '-0' : String(value);
  }

  // Objects that are written in one piece.
  function atom(value, kind) {
    if (kit.ELEMENT !== undefined && value[kit.ELEMENT] === true) return `<${value.label}>`;
    if (kind === 'Date') return Number.isNaN(value.getTime()) ? 'Date { NaN }' : value.toISOString();
    if (kind === 'RegExp') return String(value);
    if (value instanceof Error) return `[${value.name}${value.message === '' ? '' : `: ${value.message}`}]`;
    if (kind === 'Promise' || kind === 'WeakMap' || kind === 'WeakSet') return `${kind} {}`;
    if (kind === 'String' || kind === 'Number' || kind === 'Boolean') return `[${kind}: ${primitive(value.valueOf(), true)}]`;
    return undefined;
  }

  // `inline` puts everything on one line: {"a": 1, "list": [1]}.
  kit.format = (value, inline = false) => {
    const above = [];
    const list = (items, open, close, indent) => {
      if (items.length === 0) return open + close;
      if (inline) return `${open}${items.join(', ')}${close}`;
      return `${open}\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}${close}`;
    };
    const write = (item, indent) => {
      if (item === null || typeof item !== 'object') return primitive(item, inline);
      if (kit.isPattern(item)) return item.show((part) => write(part, indent));
      const kind = kit.tag(item);
      const whole = atom(item, kind);
      if (whole !== undefined) return whole;
      if (above.includes(item)) return '[Circular]';
      if (above.length >= DEPTH_MAX) return `[${className(item)}]`;
      above.push(item);
      const text = compound(item, kind, indent);
      above.pop();
      return text;
    };
    const compound = (item, kind, indent) => {
      const inner = `${indent}  `;
      if (kind === 'ArrayBuffer') return list([...new Uint8Array(item)].map(String), 'ArrayBuffer [', ']', indent);
      if (kind === 'Set') return list([...item].map((one) => write(one, inner)), 'Set {', '}', indent);
      if (kind === 'Map') return list([...item].map(([key, one]) => `${write(key, inner)} => ${write(one, inner)}`), 'Map {', '}', indent);
      const name = kind === 'Arguments' ? kind : className(item);
      const isList = Array.isArray(item) || kind === 'Arguments' || (ArrayBuffer.isView(item) && kind !== 'DataView');
      const texts = isList ? Array.from(item, (one, at) => (at in item ? write(one, inner) : '<empty>')) : [];
      const keys = kit.keysOf(item).filter((key) => !isList || typeof key === 'symbol' || !/^\d+$/.test(key));
      keys.sort((a, b) => (typeof a === 'string' && typeof b === 'string' ? (a < b ? -1 : 1) : 0));
      for (const key of keys) texts.push(`${typeof key === 'symbol' ? String(key) : primitive(key, true)}: ${write(item[key], inner)}`);
      const prefix = name === 'Object' || name === 'Array' ? '' : `${name} `;
      return list(texts, `${prefix}${isList ? '[' : '{'}`, isList ? ']' : '}', indent);
    };
    return write(value, '');
  };
  kit.nameOf = (value) => (kit.isMock(value) ? value.getMockName() : value.name) || 'anonymous';

  // What was received as a diff shows it: what matches a pattern reads like the pattern, and beside a part
  // (mode 'subset') stands only what that part names.
  kit.alike = (received, expected, mode) => {
    const seen = new Set();
    const copy = (a, b) => {
      if (kit.isPattern(b)) return kit.equals(a, b) ? b : a;
      const plain = isObject(a) && isObject(b) && !seen.has(a) && (Array.isArray(a) ? Array.isArray(b) : kit.tag(a) === 'Object' && kit.tag(b) === 'Object');
      if (!plain || (kit.ELEMENT !== undefined && a[kit.ELEMENT] === true)) return a;
      seen.add(a);
      const made = Array.isArray(a) ? new Array(a.length) : Object.create(Object.getPrototypeOf(a));
      for (const key of kit.keysOf(a)) {
        if (mode !== 'subset' || Array.isArray(a) || key in b) {
          Object.defineProperty(made, key, { value: key in b ? copy(a[key], b[key]) : a[key], enumerable: true });
        }
      }
      seen.delete(a);
      return made;
    };
    return copy(received, expected);
  };

  // Lines that both texts have, in order: a table of the longest such lists, for what lies between the same
  // beginnings and ends.
  const CELLS_MAX = 200_000;
  const CONTEXT = 3;
  const LINES_MAX = 200;
  function changes(from, to) {
    let start = 0;
    while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
    let end = 0;
    while (end < from.length - start && end < to.length - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
    const left = from.slice(start, from.length - end);
    const right = to.slice(start, to.length - end);
    const lines = from.slice(0, start).map((line) => `  ${line}`);
    const width = right.length + 1;
    const isSmall = (left.length + 1) * width <= CELLS_MAX;
    const longest = new Uint16Array(isSmall ? (left.length + 1) * width : 0);
    if (isSmall) {
      for (let i = left.length - 1; i >= 0; i -= 1) {
        for (let j = right.length - 1; j >= 0; j -= 1) {
          longest[i * width + j] = left[i] === right[j]
            ? longest[(i + 1) * width + j + 1] + 1
            : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
        }
      }
    }
    let i = 0;
    let j = 0;
    while (i < left.length || j < right.length) {
      if (isSmall && i < left.length && j < right.length && left[i] === right[j]) {
        lines.push(`  ${left[i]}`);
        i += 1;
        j += 1;
      } else if (i < left.length && (j >= right.length || !isSmall || longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
        lines.push(`- ${left[i]}`);
        i += 1;
      } else {
        lines.push(`+ ${right[j]}`);
        j += 1;
      }
    }
    return [...lines, ...to.slice(to.length - end).map((line) => `  ${line}`)];
  }

  // Lines that begin with `- ` (expected), `+ ` (received) and two blanks (both); '' when there is no difference.
  // Long stretches without one give way to a line `@@ -from,count +from,count @@`.
  const cut = (lines) =>
    (lines.length <= LINES_MAX ? lines : [...lines.slice(0, LINES_MAX), `@@ ${lines.length - LINES_MAX} more lines @@`]).join('\n');
  kit.diff = (expected, received) => {
    if (expected === received) return '';
    const lines = changes(expected.split('\n'), received.split('\n'));
    const near = new Array(lines.length).fill(false);
    lines.forEach((line, at) => {
      if (!line.startsWith('  ')) near.fill(true, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
    });
    if (lines.length <= 20 || !near.includes(false)) return cut(lines);
    const shown = [];
    const place = { '-': 1, '+': 1 };
    for (let at = 0; at < lines.length; at += 1) {
      if (near[at] && !near[at - 1]) {
        const after = near.indexOf(false, at);
        const part = lines.slice(at, after < 0 ? lines.length : after);
        const count = (mark) => part.filter((line) => line[0] === mark || line[0] === ' ').length;
        shown.push(`@@ -${place['-']},${count('-')} +${place['+']},${count('+')} @@`);
      }
      if (near[at]) shown.push(lines[at]);
      for (const mark of ['-', '+']) if (lines[at][0] === mark || lines[at][0] === ' ') place[mark] += 1;
    }
    return cut(shown);
  };

  // Keys whose long values are drawn anew in each run.
  const DRAWN = new RegExp(
    '^(code|open_?id|union_?id|open_?gid|session_?key|encrypted_?data|iv|signature2?|pay_?sign|nonce(_?str)?|' +
      '(share_?)?tickets?|(access_?|phone_?)?token|form_?id|cloud_?id|prepay_?id)$', 'i');
  const isHash = (text) => /^([0-9a-f]{24,}|[0-9A-F]{24,})$/.test(text) && /\d/.test(text) && /[a-f]/i.test(text);
  // Words keep to one kind of letter for a while, drawn letters do not; a capital letter begins a word.
  const isDrawn = (text) => {
    const kinds = text.replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').replace(/\d/g, '0').replace(/[^aA0]/g, '-');
    const turns = [...kinds].filter((kind, at) => at > 0 && kind !== kinds[at - 1] && kinds[at - 1] + kind !== 'Aa').length;
    return /a/.test(kinds) && /A/.test(kinds) && turns >= text.length * (/0/.test(kinds) ? 0.22 : 0.38);
  };
  const RULES = [
    [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g, '<time>'],
    [/(?<![\w.])1\d{9}(\d{3})?(?![\w.])/g, '<time>'],
    [/\bwx\d{14}[0-9a-f]{18,22}\b/g, '<prepay_id>'],
    [/\b(wxfile:\/\/|http:\/\/)(tmp|store)([_/])[\w-]{16,}/g, '$1$2$3<file>'],
    [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<uuid>'],
    [/\b([A-Za-z_]\w*)("?(?:: |:|=)"?)([\w+/-]{16,}={0,2})(?![\w+/=-])/g,
      (whole, key, between, value) => (DRAWN.test(key) && !/^[a-z_/]+$/.test(value) ? `${key}${between}<${key}>` : whole)],
    [/(?<![\w-])o[\w-]{27}(?![\w-])/g, (text) => (isDrawn(text) ? '<openid>' : text)],
    [/(?<![\w+/<-])[A-Za-z0-9+/]{20,}={1,2}(?![\w=])/g, '<base64>'],
    [/(?<![\w<-])[\w-]{20,}(?![\w>-])/g, (text) => (isHash(text) ? '<hash>' : isDrawn(text) ? '<token>' : text)],
  ];
  kit.redact = (text) => RULES.reduce((kept, [form, mark]) => kept.replace(form, mark), text);
})
