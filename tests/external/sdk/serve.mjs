// A `wxsim serve` of one's own: its addresses, its control interface, and the phone that shares its world.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What a started server can be told; `facts` is the first line that it printed. */
export const control =
  ({ url, control_token: token }) =>
  async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : body && JSON.stringify(body);
    const answer = await fetch(`${url}/_wxsim/${path}`, { method, headers, body: text });
    const told = await answer.text();
    assert.equal(answer.status, 200, `${method} ${path}: ${told}`);
    return path === 'save' ? told : JSON.parse(told);
  };

/**
 * The phone: takes the world out of the server, runs the program in it, and gives the world back. What the scripts
 * printed.
 */
export const phone =
  (facts, { wxsim, app, folder }) =>
  async (steps, answers = {}) => {
    const call = control(facts);
    const file = join(folder, 'world.json');
    writeFileSync(file, await call('GET', 'save'));
    const flags = Object.entries(answers).flatMap(([key, value]) => ['--answer', `${key}=${value}`]);
    const all = steps.flatMap((step) => ['--do', step]);
    const ended = spawnSync(wxsim, ['run', app, '--json', '--world', file, '--save-world', file, ...flags, ...all], {
      encoding: 'utf8',
    });
    assert.equal(ended.status, 0, ended.stderr + ended.stdout.slice(-2000));
    await call('POST', 'restore', readFileSync(file, 'utf8'));
    const entries = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return entries
      .filter(({ type, level }) => type === 'console' && level === 'log')
      .map(({ text }) => JSON.parse(text));
  };

/** Starts a server; `seen` is the list of paths that came in. */
export const serve = async (wxsim, app, flags = []) => {
  const child = spawn(wxsim, ['serve', app, '--json', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  process.on('exit', () => child.kill());
  const seen = [];
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const facts = await new Promise((resolve, reject) => {
    let started = false;
    createInterface(child.stdout).on('line', (line) => {
      if (started) return seen.push(JSON.parse(line));
      started = true;
      return resolve(JSON.parse(line));
    });
    child.on('exit', (code) => reject(new Error(`wxsim serve ended with ${code}: ${said}`)));
  });
  child.removeAllListeners('exit');
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill();
    });
  return { facts, seen, stop };
};
