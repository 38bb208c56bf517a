#!/usr/bin/env python3
"""What a run of tests costs: `wxsim test` beside what people use who have no simulator.

    cargo build --release
    python3 benches/whole-process/tests.py [--runs N] [--program PATH] [--peers FOLDER] [--json]

One flow, four times: log in, ask for a permission, pay. The program is generated; under Node and jest it runs
against a `wx` written by hand (tests/wx.js beside this file), which says yes to everything.

    wxsim            wxsim test, one and twenty test files; with a 300 KB program also one and twenty-one tests
    node flow.js     the flow as a plain script
    node --test      the same as a test of Node's own runner, one and twenty files
    jest             jest with miniprogram-simulate, one and twenty files; only with --peers, a folder in which
                     `npm install jest@29 miniprogram-simulate@1.6.1` ran

CPU is user + system time of the whole process tree, from wait4(2). Memory is the peak of the largest single process
(`ru_maxrss`) and, second, of all processes at one time, read from /proc as often as possible.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
from run import script  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent

PAGE = """
Page({
  data: { status: '' },
  onBuy() {
    wx.login({
      success: ({ code }) => wx.request({
        url: 'https://api.example/login', method: 'POST', data: { code },
        success: () => this.ask(),
      }),
    })
  },
  ask() {
    wx.authorize({
      scope: 'scope.userLocation',
      success: () => this.pay(),
      fail: () => this.setData({ status: 'refused' }),
    })
  },
  pay() {
    wx.request({
      url: 'https://api.example/pay', method: 'POST', data: {},
      success: ({ data }) => wx.requestPayment({
        ...data,
        success: () => this.setData({ status: 'paid' }),
        fail: () => this.setData({ status: 'not paid' }),
      }),
    })
  },
})
"""

WXSIM_TEST = """
const { test, expect } = require('wxsim');
TESTS.forEach((name) => test(name, async ({ app, user, server }) => {
  server.post('/login', { json: { token: 't' } })
  server.post('/pay', { json: { $pay: { total: 100 } } })
  user.answers({ 'scope.userLocation': 'allow', privacy: 'agree', pay: 'pay' })
  await app.launch()
  await user.tap('#buy')
  expect(app).toHaveData({ status: 'paid' })
}))
"""

NODE_FLOW = """
const assert = require('node:assert')
const { start } = require('./wx.js')
exports.flow = async () => {
  const page = start(__dirname + '/../pages/a/a.js')
  page.onBuy()
  for (let n = 0; n < 500 && page.data.status === ''; n += 1) await new Promise((done) => setTimeout(done, 1))
  assert.strictEqual(page.data.status, 'paid')
}
"""

JEST_TEST = """
const simulate = require('miniprogram-simulate')
const path = require('node:path')
const { start } = require('./wx.js')
test('pays', async () => {
  const id = simulate.load(path.join(__dirname, '../components/card/card'))
  const card = simulate.render(id, { title: 'tea' })
  card.attach(document.body)
  expect(card.dom.textContent).toContain('tea')
  const page = start(path.join(__dirname, '../pages/a/a.js'))
  page.onBuy()
  for (let n = 0; n < 500 && page.data.status === ''; n += 1) await new Promise((done) => setTimeout(done, 1))
  expect(page.data.status).toBe('paid')
})
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


# Tests that start the program and no more, and tests that do nothing at all.
LAUNCHES = """
const { test } = require('wxsim')
for (const title of TESTS) test(title, ({ app }) => app.launch('pages/a/a'))
"""
IDLE = """
const { test } = require('wxsim')
for (const title of TESTS) test(title, () => {})
"""


def project(folder, files, bytes_of_script=0, tests=("pays",), text=None):
    write(folder / "app.json", json.dumps({
        "pages": ["pages/a/a"],
        "permission": {"scope.userLocation": {"desc": "shops"}},
    }))
    write(folder / "app.js", "App({})")
    write(folder / "pages/a/a.json", "{}")
    write(folder / "pages/a/a.wxml", '<button id="buy" bindtap="onBuy">buy</button>{{status}}')
    extra = ""
    if bytes_of_script:
        write(folder / "shared.js", script(bytes_of_script))
        extra = "require('../../shared.js')\n"
    write(folder / "pages/a/a.js", extra + PAGE)
    write(folder / "components/card/card.json", json.dumps({"component": True}))
    write(folder / "components/card/card.js", "Component({ properties: { title: String } })")
    write(folder / "components/card/card.wxml", "<view>{{title}}</view>")
    (folder / "node").mkdir()
    shutil.copy(HERE / "tests/wx.js", folder / "node/wx.js")
    for number in range(files):
        names = json.dumps(list(tests))
        write(folder / f"tests/{number}.test.js", (text or WXSIM_TEST).replace("TESTS", names))
        call = "require('node:test')('pays', exports.flow)\n"
        write(folder / f"node/{number}.node.js", NODE_FLOW + call)
        write(folder / f"node/{number}.jest.js", JEST_TEST)
    write(folder / "node/flow.js", NODE_FLOW + "exports.flow()\n")


def tree_kb(pid):
    total, waiting = 0, [pid]
    while waiting:
        own = waiting.pop()
        try:
            children = pathlib.Path(f"/proc/{own}/task/{own}/children").read_text()
            for line in pathlib.Path(f"/proc/{own}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    total += int(line.split()[1])
        except OSError:
            continue  # It has ended.
        waiting += [int(word) for word in children.split()]
    return total


def measured(command, folder):
    """CPU ms, wall ms, peak KB of the largest process, peak KB of the tree."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak, over = [0], threading.Event()

    def look():
        while not over.wait(0.002):
            peak[0] = max(peak[0], tree_kb(child.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall_ms = (time.perf_counter() - started) * 1000
    over.set()
    watcher.join()
    child.stderr.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nleft with {child.returncode}: {said.decode(errors='replace')}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall_ms, usage.ru_maxrss, peak[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--program", default=ROOT / "target/release/wxsim", type=pathlib.Path)
    parser.add_argument("--peers", type=pathlib.Path, help="folder with node_modules of jest and miniprogram-simulate")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    wxsim = str(arguments.program.resolve())
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        many = tuple(f"pays {number}" for number in range(21))
        kinds = {"one": (1, 0, ("pays",)), "twenty": (20, 0, ("pays",)), "big1": (1, 300 << 10, ("pays",)),
                 "big21": (1, 300 << 10, many)}
        for name, text in (("launch", LAUNCHES), ("idle", IDLE)):
            kinds[f"{name}1"] = (1, 300 << 10, ("pays",), text)
            kinds[f"{name}21"] = (1, 300 << 10, many, text)
        for name, kind in kinds.items():
            project(place / name, *kind)
        cases = [
            ("wxsim test, 1 file", "one", [wxsim, "test"]),
            ("wxsim test, 20 files", "twenty", [wxsim, "test"]),
            ("wxsim test, 300 KB, 1 tests", "big1", [wxsim, "test"]),
            ("wxsim test, 300 KB, 21 tests", "big21", [wxsim, "test"]),
            *((f"wxsim test, 300 KB, {count} {what}", f"{name}{count}", [wxsim, "test"])
              for what, name in (("launching", "launch"), ("idle", "idle")) for count in (1, 21)),
            ("node flow.js", "one", ["node", "node/flow.js"]),
            ("node --test, 1 file", "one", ["node", "--test", "node/0.node.js"]),
            ("node --test, 20 files", "twenty", ["node", "--test", *[f"node/{n}.node.js" for n in range(20)]]),
        ]
        if arguments.peers:
            modules = arguments.peers.resolve() / "node_modules"
            for name in ("one", "twenty"):
                (place / name / "node_modules").symlink_to(modules)
                write(place / name / "jest.config.js", "module.exports = { testEnvironment: 'jsdom', "
                      "testMatch: ['**/*.jest.js'], cache: false }")
            jest = ["node", str(modules / "jest/bin/jest.js"), "--silent"]
            cases += [("jest, 1 file", "one", jest), ("jest, 20 files", "twenty", jest)]
        found = {}
        for _ in range(arguments.runs):  # In turn, so that a busy moment hits all alike.
            for title, name, command in cases:
                found.setdefault(title, []).append(measured(command, place / name))
    rows = {title: [statistics.median(values) for values in zip(*runs)] for title, runs in found.items()}
    if arguments.json:
        keys = ("cpu_ms", "wall_ms", "largest_kb", "tree_kb")
        print(json.dumps({title: dict(zip(keys, row)) for title, row in rows.items()}))
        return
    print(f"{'':<32}{'CPU ms':>9}{'wall ms':>9}{'largest MB':>12}{'tree MB':>9}")
    for title, (cpu, wall, largest, tree) in rows.items():
        print(f"{title:<32}{cpu:>9.0f}{wall:>9.0f}{largest / 1024:>12.1f}{tree / 1024:>9.1f}")
    def further(kind):
        return (rows[f"wxsim test, 300 KB, 21 {kind}"][0] - rows[f"wxsim test, 300 KB, 1 {kind}"][0]) / 20

    whole, launching, idle = further("tests"), further("launching"), further("idle")
    print(f"\na further test of the 300 KB program, ms CPU: {whole:.1f}, of which its launch {launching - idle:.1f}; "
          f"on top of that {whole - launching + idle:.1f} (a test that does nothing: {idle:.1f})")


if __name__ == "__main__":
    main()
