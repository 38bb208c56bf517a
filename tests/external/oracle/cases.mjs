// The case files: Markdown in, Markdown out. tests/view/README.md describes the form.

const FENCE = /^(`{3,})(.*)$/;

/** The pieces of a text: prose lines and blocks `{ info, lines }`, in order. */
const pieces = (markdown) => {
  const found = [];
  let open;
  for (const line of markdown.replace(/\n$/, '').split('\n')) {
    const [, ticks, info] = FENCE.exec(line) || [];
    if (open === undefined && ticks !== undefined) {
      open = { ticks, info: info.trim(), lines: [] };
    } else if (open !== undefined && ticks === open.ticks && info.trim() === '') {
      found.push(open);
      open = undefined;
    } else if (open !== undefined) {
      open.lines.push(line);
    } else {
      found.push(line);
    }
  }
  if (open !== undefined) throw new Error(`the block \`${open.info}\` has no end`);
  return found;
};

/** Reads a file into its cases; `parts` keeps what is needed to write it again. */
export const read = (markdown) => {
  const cases = [];
  let current;
  for (const piece of pieces(markdown)) {
    if (typeof piece === 'string') {
      const [, title] = /^##? (.+)$/.exec(piece) || [];
      if (title !== undefined) {
        current = { title, files: {}, steps: [], official: undefined, parts: [] };
        cases.push(current);
      }
      if (current === undefined) throw new Error('a case begins with a title');
      current.parts.push(piece);
      continue;
    }
    const text = piece.lines.join('\n');
    const [kind, file] = piece.info.split(/\s+/);
    if (kind === 'steps') current.steps = piece.lines.filter((line) => line !== '');
    else if (kind === 'record') current.official = text;
    else if (kind !== 'wxsim' && file !== undefined) current.files[file] = `${text}\n`;
    else if (kind !== 'wxsim') throw new Error(`a block without a file: \`${piece.info}\``);
    if (kind !== 'record') current.parts.push(piece);
    else current.parts.push({ isRecord: true });
  }
  // A title over several cases has no files.
  return cases.map((one) => ({ ...one, isCase: Object.keys(one.files).length > 0 }));
};

const block = (info, text) => `\`\`\`${info}\n${text}${text === '' ? '' : '\n'}\`\`\``;

/** The text of a file whose cases were read, each with its record. */
export const write = (cases) => {
  const lines = [];
  for (const { parts, record, isCase } of cases) {
    let isWritten = !isCase;
    for (const part of parts) {
      if (typeof part === 'string') lines.push(part);
      else if (part.isRecord) lines.push(block('record', record));
      else lines.push(block(part.info, part.lines.join('\n')));
      isWritten = isWritten || part.isRecord === true;
    }
    if (!isWritten) {
      while (lines.at(-1) === '') lines.pop();
      lines.push('', block('record', record), '');
    }
  }
  return `${lines.join('\n').replace(/\n+$/, '')}\n`;
};

/** What the files leave out: app.json, the JSON of pages and components, `usingComponents`. */
export const completed = (files) => {
  const all = { ...files };
  const bare = (path) => path.replace(/\.[^.]+$/, '');
  const made = Object.keys(files).filter((path) => /\.wxml$/.test(path) && files[`${bare(path)}.js`] !== undefined);
  const components = made.map(bare).filter((path) => path !== 'page');
  const using = Object.fromEntries(components.map((path) => [path.split('/').at(-1), `/${path}`]));
  for (const path of ['page', ...components]) {
    const own = JSON.parse(files[`${path}.json`] || '{}');
    if (path !== 'page' && own.component === undefined) own.component = true;
    if (own.usingComponents === undefined) own.usingComponents = using;
    all[`${path}.json`] = JSON.stringify(own);
  }
  all['app.json'] ??= JSON.stringify({ pages: ['page'] });
  all['app.js'] ??= 'App({})\n';
  return all;
};
