#!/usr/bin/env python3
"""What `wxsim check` of a 40-page program costs, with one core and with two.

    cargo build --release
    python3 benches/whole-process/check.py [--runs N] [--program PATH] [--project FOLDER]

The program is generated: 40 pages and 20 components, about 300 KB of script, of which half are modules
that pages share. CPU is user + system time of the whole process tree, from wait4(2); cores are taken
away with sched_setaffinity(2). `lazy` is the same program with `lazyCodeLoading`: each page loads its
own scripts. Another project is checked with --project.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from run import script  # noqa: E402

PAGES = 40
COMPONENTS = 20
SHARED = 8
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

PAGE = """
const shared = require('../../shared/m{shared}.js')
{code}
Page({{
  data: {{ lines: [], total: {{}} }},
  onLoad() {{
    const lines = []
    for (let n = 0; n < 50; n += 1) lines.push({{ kind: 1, price: n, count: 2 }})
    this.setData({{ lines, total: total1(lines), shared: shared.total1(lines) }})
    wx.setStorageSync('seen', this.data.total)
  }},
  onReady() {{
    wx.getStorage({{ key: 'seen', success: (res) => this.setData({{ seen: res.data }}) }})
    setTimeout(() => this.setData({{ late: true }}), 500)
  }},
}})
"""


def generate(folder, lazy):
    """The program, and how many bytes of script it has."""
    pages = [f"pages/p{n}/p{n}" for n in range(PAGES)]
    components = {f"x-c{n}": f"/components/c{n}/c{n}" for n in range(COMPONENTS)}
    app = {"pages": pages, "usingComponents": components}
    if lazy:
        app["lazyCodeLoading"] = "requiredComponents"
    files = {"app.json": json.dumps(app), "app.js": "App({ onLaunch() {} })\n"}
    for n in range(SHARED):
        files[f"shared/m{n}.js"] = script(150 * 1024 // SHARED) + "module.exports = { total1 }\n"
    for n, page in enumerate(pages):
        code = script(2 * 1024)
        files[f"{page}.js"] = PAGE.format(shared=n % SHARED, code=code)
        files[f"{page}.wxml"] = f"<view><x-c{n % COMPONENTS}/></view>\n"
        files[f"{page}.json"] = "{}"
    for n in range(COMPONENTS):
        path = f"components/c{n}/c{n}"
        files[f"{path}.js"] = script(2 * 1024) + "Component({ properties: { value: Number } })\n"
        files[f"{path}.wxml"] = "<view/>\n"
        files[f"{path}.json"] = '{"component": true}'
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return sum(len(text) for name, text in files.items() if name.endswith(".js"))


def measured(command, cores):
    """CPU and wall seconds, and how many pages were opened."""

    def confine():
        os.sched_setaffinity(0, cores)

    started = time.perf_counter()
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=confine,
    )
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.stdout.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))} left with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, wall, json.loads(said)["totals"]["pages"]


def row(name, command, cores, runs):
    measured(command, cores)
    samples = [measured(command, cores) for _ in range(runs)]
    cpu, wall = (statistics.median(sample[at] for sample in samples) for at in (0, 1))
    least = min(sample[1] for sample in samples)
    pages = samples[0][2]
    print(
        f"| {name} | {len(cores)} | {cpu * 1000:.0f} | {wall * 1000:.0f} | {least * 1000:.0f} "
        f"| {pages / least:.0f} |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--program", default=ROOT / "target" / "release" / "wxsim")
    parser.add_argument("--project", help="check this folder instead")
    arguments = parser.parse_args()
    there = sorted(os.sched_getaffinity(0))
    print("| program | cores | CPU ms | wall ms (median) | wall ms (least) | pages per second |")
    print("|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        projects = []
        if arguments.project:
            projects.append((pathlib.Path(arguments.project).name, arguments.project))
        else:
            for name, lazy in [("40 pages", False), ("40 pages, lazy", True)]:
                place = pathlib.Path(folder) / name.replace(", ", "-").replace(" ", "-")
                size = generate(place, lazy)
                projects.append((f"{name}, {size // 1024} KB", place))
        for name, place in projects:
            command = [str(arguments.program), "check", str(place), "--json"]
            for count in (1, 2):
                row(name, command, there[:count], arguments.runs)


if __name__ == "__main__":
    main()
