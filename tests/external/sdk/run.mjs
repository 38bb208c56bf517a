// Real SDKs, unmodified, against `wxsim serve`: node run.mjs PACKAGES PYTHON WXSIM [--write] [NAME...]
// PACKAGES is a folder with node_modules, PYTHON an interpreter with the Python packages. Each SDK gets servers of
// its own and says what became of each call; the table at the end stands in README.md, which `--write` renews.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const README = join(HERE, 'README.md');
const MARKS = ['<!-- table -->\n', '<!-- end of table -->'];

const [packages, python, wxsim, ...rest] = process.argv.slice(2);
const write = rest.includes('--write');
const folder = mkdtempSync(join(tmpdir(), 'wxsim-sdk-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs a program to its end; what it printed. */
const made = (program, ...words) => {
  const ended = spawnSync(program, words, { encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`${program} ${words.join(' ')}: ${ended.stderr}`);
  return ended.stdout;
};

/** A copy of the program with a merchant, whose RSA key and certificate nobody had before. */
const app = join(folder, 'app');
cpSync(join(HERE, 'app'), app, { recursive: true });
const merchant = {
  id: '1230000109',
  key: '0123456789abcdef0123456789abcdef',
  v3Key: 'fedcba9876543210fedcba9876543210',
  serial: '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C',
  privateKeyFile: join(app, 'merchant.pem'),
  certificateFile: join(folder, 'merchant-certificate.pem'),
};
made(
  'openssl',
  'req',
  '-x509',
  '-newkey',
  'rsa:2048',
  '-nodes',
  '-days',
  '30',
  '-subj',
  '/CN=merchant',
  '-set_serial',
  `0x${merchant.serial}`,
  '-keyout',
  merchant.privateKeyFile,
  '-out',
  merchant.certificateFile,
);
appendFileSync(
  join(app, 'wxsim.toml'),
  `
[[merchants]]
id = "${merchant.id}"
key = "${merchant.key}"
v3_key = "${merchant.v3Key}"
serial = "${merchant.serial}"
private_key_file = "merchant.pem"
`,
);

/** The worlds that a suite may ask for, as flags of `wxsim serve`. */
const WORLDS = {
  now: [],
  old: ['--compat-date', '2018-06-04'],
  tls: ['--tls', join(folder, 'tls')],
  virtual: ['--clock', 'virtual'],
};

const node = (file) => [process.execPath, [join(HERE, 'node', file)]];
const py = (file) => [resolve(python), [join(HERE, 'python', file)]];
const SUITES = {
  wechatpy: { worlds: ['now', 'old'], run: () => py('wechatpy_client.py') },
  'co-wechat-api': { worlds: ['tls'], run: () => node('co-wechat-api.mjs') },
  'node-easywechat': { worlds: ['now'], run: () => node('node-easywechat.mjs') },
  tenpay: { worlds: ['now'], run: () => node('tenpay.mjs') },
  'wechatpay-axios-plugin': { worlds: ['now'], run: () => node('wechatpay-axios-plugin.mjs') },
  wechatpayv3: { worlds: ['tls'], run: () => py('wechatpayv3_client.py') },
  'co-wechat': { worlds: ['now'], run: () => node('co-wechat.mjs') },
  'wechatpy.crypto': { worlds: ['now'], run: () => py('wechatpy_receiver.py') },
  backend: { worlds: [], run: () => [process.execPath, [join(HERE, 'backend', 'story.mjs')]] },
  shop: { worlds: [], run: () => [process.execPath, [join(HERE, 'backend', 'shop.mjs')]] },
  'wechat-mp-sdk': { worlds: ['now'], run: () => rust() },
};

/** The Rust client, built in the folder of the packages: a package of its own, so that nothing of it is ours. */
const rust = () => {
  const place = join(packages, 'wechat-mp-sdk');
  cpSync(join(HERE, 'rust'), place, { recursive: true });
  cpSync(join(place, 'Cargo.toml.template'), join(place, 'Cargo.toml'));
  made(
    'cargo',
    'build',
    '--quiet',
    '--manifest-path',
    join(place, 'Cargo.toml'),
    '--target-dir',
    join(place, 'target'),
  );
  return [resolve(place, 'target', 'debug', 'client'), []];
};

/** Whether a server saw a request for an endpoint; `{}` stands for one part of its path. */
const wasSeen = (seen, endpoint) => {
  const parts = endpoint.split('/');
  const isSame = (path) => {
    const got = path.split('/');
    return got.length === parts.length && parts.every((part, at) => part === '{}' || part === got[at]);
  };
  return seen.some(({ path }) => isSame(path));
};

/** Runs a suite; `[word, endpoint]` for each call. */
const suite = async (name, { worlds, run }) => {
  const results = [];
  const tell = (word, text) => {
    console.log(`${word} ${text}`);
    results.push([word, text.split(' ').find((part, at) => at > 0 && /^(\/|push:|notify:|story:)/.test(part)) ?? '-']);
  };
  const [program, words] = run();
  // Nothing that an SDK keeps in files comes from another run.
  const place = mkdtempSync(join(folder, 'files-'));
  const servers = {};
  for (const world of worlds) servers[world] = await serve(resolve(wxsim), app, WORLDS[world]);
  const facts = Object.fromEntries(Object.entries(servers).map(([world, it]) => [world, it.facts]));
  const given = { packages: resolve(packages), wxsim: resolve(wxsim), app, folder, merchant, worlds: facts };
  const env = {
    ...process.env,
    WXSIM_SUITE: JSON.stringify(given),
    TMPDIR: place,
    PYTHONDONTWRITEBYTECODE: '1',
    NODE_NO_WARNINGS: '1',
    PYTHONWARNINGS: 'ignore',
  };
  const ca = Object.values(facts).find((it) => it.ca)?.ca;
  if (ca) env.NODE_EXTRA_CA_CERTS = ca;
  const child = spawn(program, words, { cwd: place, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    const [, word, text] = /^(ok|not ok|sdk) (.*)$/.exec(line) ?? [];
    if (word) tell(word, text);
    else console.error(line);
  });
  const [code] = await Promise.all([
    new Promise((done) => {
      child.on('close', done);
    }),
    new Promise((done) => {
      lines.on('close', done);
    }),
  ]);
  if (code !== 0) tell('not ok', `${name} - - ended with ${code}`);
  await Promise.all(Object.values(servers).map((it) => it.stop()));
  const seen = Object.values(servers).flatMap((it) => it.seen);
  for (const endpoint of new Set(results.map(([, endpoint]) => endpoint))) {
    if (endpoint.startsWith('/') && !wasSeen(seen, endpoint)) tell('not ok', `${name} - ${endpoint} no request came`);
  }
  return results;
};

/** SDK by endpoint: how many calls went as expected. */
const table = (all) => {
  const names = Object.keys(all);
  const endpoints = [
    ...new Set(
      Object.values(all)
        .flat()
        .map(([, endpoint]) => endpoint),
    ),
  ].sort();
  const cell = (name, endpoint) => {
    const words = all[name].filter((it) => it[1] === endpoint).map(([word]) => word);
    const good = words.filter((word) => word === 'ok').length;
    const bad = words.filter((word) => word === 'not ok').length;
    const theirs = words.includes('sdk') ? 'sdk' : '';
    return bad ? `**${bad} not ok**` : [good || '', theirs].filter(Boolean).join(' + ');
  };
  const rows = endpoints.map((endpoint) => [`\`${endpoint}\``, ...names.map((name) => cell(name, endpoint))]);
  const total = ['calls', ...names.map((name) => String(all[name].length))];
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return [line(['endpoint', ...names]), line(['---', ...names.map(() => '---')]), ...rows.map(line), line(total)].join(
    '',
  );
};

const asked = rest.filter((word) => word !== '--write');
const unknown = asked.filter((name) => !SUITES[name]);
if (unknown.length > 0) {
  console.error(`there is no ${unknown.join(', ')}; there are ${Object.keys(SUITES).join(', ')}`);
  process.exit(2);
}
const all = {};
for (const [name, it] of Object.entries(SUITES)) {
  if (asked.length === 0 || asked.includes(name)) all[name] = await suite(name, it);
}
const shown = table(all);
console.log(`\n${shown}`);
const results = Object.values(all).flat();
const count = (word) => results.filter((it) => it[0] === word).length;
const failed = count('not ok');
console.log(`${results.length} calls: ${count('ok')} ok, ${failed} not ok, ${count('sdk')} wrong in the SDK`);
if (failed > 0) process.exit(1);
if (asked.length === 0) {
  const text = readFileSync(README, 'utf8');
  const [before, after] = [text.indexOf(MARKS[0]) + MARKS[0].length, text.indexOf(MARKS[1])];
  const renewed = text.slice(0, before) + shown + text.slice(after);
  if (write) writeFileSync(README, renewed);
  else if (renewed !== text) {
    console.error(`${README} is stale: run tests/external/run --write`);
    process.exit(1);
  }
}
