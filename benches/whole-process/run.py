#!/usr/bin/env python3
"""What whole processes cost: CPU time and peak memory, medians of several runs.

    cargo build --release
    python3 benches/whole-process/run.py [--runs N] [--program PATH] [--json]

CPU is user + system time from wait4(2). A parent's figure includes every descendant that it has
waited for, so that of `wxsim run` holds the supervisor, the worker and the worker's fork.

Memory is a peak of resident pages. `ru_maxrss` of wait4 is the largest single process of the tree,
which is the worker: exact, unless it is below this script's own size (a process starts as a copy of
its parent; such figures are marked `<`). Which process it was comes from a second, separate run in
which VmHWM of each process in /proc is read as often as possible: a little low, never too high.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HELLO = ROOT / "sample-apps" / "hello"
CALLS = 100_000
NAVIGATIONS = 1_000
SCRIPT_BYTES = 300 << 10


def measured(command):
    """Runs a command once: CPU milliseconds, wall milliseconds and peak kilobytes."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall_ms = (time.perf_counter() - started) * 1000
    child.stderr.close()
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        text = said.decode(errors="replace")
        sys.exit(f"{' '.join(map(str, command))}\nleft with {child.returncode}: {text}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall_ms, usage.ru_maxrss


def peaks(command):
    """Peak kilobytes by depth in the process tree: the program, its child, the child of that."""
    found = {}
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while child.poll() is None:
        waiting = [(child.pid, 0)]
        while waiting:
            pid, depth = waiting.pop()
            try:
                status = pathlib.Path(f"/proc/{pid}/status").read_text()
                children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
            except OSError:
                continue  # It has ended.
            waiting += [(int(word), depth + 1) for word in children.split()]
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    found[depth] = max(found.get(depth, 0), int(line.split()[1]))
    return [found[depth] for depth in sorted(found)]


def project(folder, page, extra=""):
    """A program with one page, whose code is given, and a second page to navigate to."""
    files = {
        "app.json": json.dumps({"pages": ["pages/a/a", "pages/b/b"]}),
        "app.js": extra + "\nApp({})\n",
        "pages/a/a.js": page,
        "pages/a/a.wxml": "<view/>\n",
        "pages/b/b.js": "Page({})\n",
        "pages/b/b.wxml": "<view/>\n",
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def script(size):
    """A script of about so many bytes, written as people write."""
    parts, length, number = [], 0, 0
    while length < size:
        number += 1
        part = f"""
// Totals of the order lines of kind {number}; lines without a price count as free.
function total{number}(lines, options) {{
  const {{ rate = {number}, currency = 'CNY' }} = options || {{}}
  let sum = 0
  for (const line of lines) {{
    if (!line || line.kind !== {number}) continue
    const price = line.price === undefined ? 0 : line.price * rate
    sum += price * (line.count || 1)
  }}
  return {{ sum, currency, label: `${{currency}} ${{sum.toFixed(2)}}`, empty: lines.length === 0 }}
}}
"""
        parts.append(part)
        length += len(part)
    return "".join(parts)


SYNC_CALLS = f"""
Page({{
  onLoad() {{
    wx.setStorageSync('key', {{ a: 1 }})
    for (let n = 0; n < {CALLS}; n += 1) wx.getStorageSync('key')
  }},
}})
"""

ASYNC_CALLS = f"""
Page({{
  onLoad() {{
    wx.setStorageSync('key', {{ a: 1 }})
    const next = (left) => {{
      if (left > 0) wx.getStorage({{ key: 'key', success: () => next(left - 1) }})
    }}
    next({CALLS})
  }},
}})
"""

NAVIGATE = f"""
Page({{
  onReady() {{
    const next = (left) => {{
      if (left === 0) return
      const back = () => wx.navigateBack({{ success: () => next(left - 1) }})
      wx.navigateTo({{ url: '/pages/b/b?left=' + left, success: back }})
    }}
    next({NAVIGATIONS // 2})
  }},
}})
"""


def workloads(program, folder):
    """Name, command and number of operations (0 for a start) of everything that is measured."""
    big = script(SCRIPT_BYTES)
    empty = project(folder / "empty", "Page({})\n")
    large = project(folder / "large", "Page({})\n", big)
    sync = project(folder / "sync", SYNC_CALLS)
    later = project(folder / "async", ASYNC_CALLS)
    pages = project(folder / "navigate", NAVIGATE)

    def run(path, *flags):
        return [program, "run", path, "--for", "0s", *flags]

    rows = [
        ("hello to its first page", run(HELLO), 0),
        ("hello, --json", run(HELLO, "--json"), 0),
        ("hello, --no-fork", run(HELLO, "--no-fork"), 0),
        ("hello under node", ["node", HERE / "hello_node.js", HELLO], 0),
        ("node, empty script", ["node", "-e", "0"], 0),
        ("empty program", run(empty), 0),
        ("300 KB program", run(large), 0),
        ("300 KB program, --no-fork", run(large, "--no-fork"), 0),
        (f"{CALLS:,} synchronous wx calls", run(sync), CALLS),
        (f"{CALLS:,} synchronous wx calls, --json", run(sync, "--json"), CALLS),
        (f"{CALLS:,} asynchronous wx calls", run(later), CALLS),
        (f"{NAVIGATIONS:,} navigations", run(pages), NAVIGATIONS),
    ]
    return [(name, [str(word) for word in command], count) for name, command, count in rows]


def measure(name, command, count, runs):
    # Long runs vary less and cost more time.
    runs = max(1, runs // 5) if count else runs
    measured(command)
    samples = [measured(command) for _ in range(runs)]
    cpu, wall, memory = (statistics.median(column) for column in zip(*samples))
    processes = [peaks(command) for _ in range(1 if count else 5)]
    depth = max(len(found) for found in processes)
    whole = [found for found in processes if len(found) == depth]
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "name": name,
        "command": command,
        "runs": runs,
        "cpu_ms": round(cpu, 2),
        "cpu_ms_min": round(min(sample[0] for sample in samples), 2),
        "wall_ms": round(wall, 2),
        "peak_kb": int(memory),
        "peak_is_upper_bound": memory <= own,
        "peak_kb_of_each_process": [int(max(column)) for column in zip(*whole)],
        "operations": count,
    }


def subtract_start(rows):
    """Cost of one operation: what is left without the start of an empty program."""
    start = next(row["cpu_ms"] for row in rows if row["name"] == "empty program")
    for row in rows:
        if row["operations"]:
            left_ms = max(0.0, row["cpu_ms"] - start)
            row["cpu_us_per_operation"] = round(left_ms * 1000 / row["operations"], 2)


def table(rows):
    lines = [
        "| what | CPU ms (median) | CPU ms (least) | wall ms | peak MB | peak MB of each process | µs per operation |",
        "|---|--:|--:|--:|--:|---|--:|",
    ]
    for row in rows:
        each = " · ".join(f"{kb / 1024:.1f}" for kb in row["peak_kb_of_each_process"])
        bound = "< " if row["peak_is_upper_bound"] else ""
        lines.append(
            f"| {row['name']} | {row['cpu_ms']:.1f} | {row['cpu_ms_min']:.1f} | {row['wall_ms']:.1f} "
            f"| {bound}{row['peak_kb'] / 1024:.1f} | {each} | {row.get('cpu_us_per_operation', '')} |"
        )
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--runs", type=int, default=25, help="runs of each start (25)")
    parser.add_argument("--program", default=ROOT / "target" / "release" / "wxsim")
    parser.add_argument("--only", default="", help="rows whose name contains this text")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            measure(*workload, arguments.runs)
            for workload in workloads(arguments.program, pathlib.Path(folder))
            if arguments.only in workload[0] or workload[0] == "empty program"
        ]
    subtract_start(rows)
    print(json.dumps(rows, indent=2) if arguments.json else table(rows))


if __name__ == "__main__":
    main()
