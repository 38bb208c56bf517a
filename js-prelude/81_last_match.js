// RegExp.$1 and its kin: the parts of the last match. Read when a script names them first.
(function (host, kit) {
  'use strict';
  let last = [''];
  last.index = 0;
  last.input = '';
  const { exec } = RegExp.prototype;
  // `test`, `match`, `replace` and `split` call it too.
  kit.define(RegExp.prototype, 'exec', {
    value: {
      exec(text) {
        const match = kit.apply(exec, this, [text]);
        if (match !== null) last = match;
        return match;
      },
    }.exec,
    writable: true,
    configurable: true,
  });
  const part = (names, get) => {
    for (const name of names) kit.define(RegExp, name, { get, set() {}, configurable: true });
  };
  for (let n = 1; n < 10; n += 1) part([`$${n}`], () => (last[n] === undefined ? '' : last[n]));
  part(['input', '$_'], () => last.input);
  part(['lastMatch', '$&'], () => last[0]);
  part(['lastParen', '$+'], () => (last.length > 1 ? last[last.length - 1] || '' : ''));
  part(['leftContext', '$`'], () => kit.slice(last.input, 0, last.index));
  part(['rightContext', "$'"], () => kit.slice(last.input, last.index + last[0].length));
})
