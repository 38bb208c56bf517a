// Texts of what happened: values as the console prints them, and the tree as it is drawn.

const isName = (key) => /^[A-Za-z_$][\w$]*$/.test(key);

/** A value inside a line of the console. */
const shown = (value, depth) => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'function') return value.name === '' ? '[function]' : `[function ${value.name}]`;
  if (Array.isArray(value)) {
    return depth === 0 ? '[…]' : `[${Array.from(value, (item) => shown(item, depth - 1)).join(', ')}]`;
  }
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (depth === 0 && keys.length > 0) return '{…}';
    const members = keys.map((key) => `${isName(key) ? key : JSON.stringify(key)}: ${shown(value[key], depth - 1)}`);
    return `{${members.join(', ')}}`;
  }
  return String(value);
};

/** A line of the console. */
export const line = (values) =>
  values.map((value) => (typeof value === 'string' ? value : shown(value, 4))).join(' ');

const dashed = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const oneLine = (text) => text.replaceAll('\n', '\\n');
const quoted = (text) => oneLine(text).replaceAll('"', '&quot;');

const attribute = (name, value) => {
  if (value === undefined) return '';
  if (value === true) return ` ${name}`;
  if (typeof value === 'string') return ` ${name}="${quoted(value)}"`;
  if (typeof value === 'function') return ` ${name}="{{[function]}}"`;
  return ` ${name}="{{${JSON.stringify(value)}}}"`;
};

const opening = (element, tag) => {
  const style = element._$styleSegments.filter((part) => part).join(';');
  const classes = element.class.split(/\s+/).filter((name) => name !== '').join(' ');
  const texts = [['id', element.id], ['class', classes], ['style', style]];
  const first = texts.filter(([, text]) => text !== '').map(([name, text]) => attribute(name, text));
  const data = Object.entries(element.dataset).map(([name, value]) => attribute(`data-${dashed(name)}`, value));
  const others = element.attributes.map(({ name, value }) => attribute(name, value));
  return [tag, ...first, ...data, ...others].join('');
};

/** The drawn tree of a component's shadow tree. */
export const tree = (ge, component) => {
  const isTag = (node) => ge.NativeNode.isNativeNode(node) || ge.Component.isComponent(node);
  const children = (node) => {
    const found = [];
    node.forEachComposedChild((child) => {
      found.push(child);
    });
    return found;
  };
  const lines = (node, depth) => {
    const indent = '  '.repeat(depth);
    if (ge.TextNode.isTextNode(node)) {
      return node.textContent === '' ? [] : [`${indent}${oneLine(node.textContent)}`];
    }
    const isDrawn = isTag(node) && !node._$virtual;
    const inside = children(node).flatMap((child) => lines(child, depth + (isDrawn ? 1 : 0)));
    if (!isDrawn) return inside;
    const tag = node.tagName ?? node.is;
    const start = opening(node, tag);
    if (inside.length === 0) return [`${indent}<${start} />`];
    const text = onlyText(node);
    if (text !== undefined) return [`${indent}<${start}>${oneLine(text)}</${tag}>`];
    return [`${indent}<${start}>`, ...inside, `${indent}</${tag}>`];
  };
  // The text of an element that shows nothing else.
  const onlyText = (node) => {
    const drawn = children(node).flatMap(function flat(child) {
      if (ge.TextNode.isTextNode(child)) return child.textContent === '' ? [] : [child];
      return isTag(child) && !child._$virtual ? [child] : children(child).flatMap(flat);
    });
    return drawn.length === 1 && ge.TextNode.isTextNode(drawn[0]) ? drawn[0].textContent : undefined;
  };
  return children(component).flatMap((child) => lines(child, 0));
};
