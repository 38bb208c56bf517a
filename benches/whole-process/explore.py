#!/usr/bin/env python3
"""How many choices a second `wxsim explore` makes: usage explore.py WXSIM [PROJECT...].

For the login sample and each PROJECT it prints choices, seconds and choices a second, with one copy at a time and with one for
each processor, and from the beginning each time (--no-fork) to a small depth.
"""
import json
import subprocess
import sys
import time

LOGIN = ["sample-apps/login", "--route", 'POST https://api.example/* = 200 {"token": "t1"}']


def measure(wxsim, words, more):
    began = time.monotonic()
    ran = subprocess.run([wxsim, "explore", *words, "--json", *more], capture_output=True, text=True, check=False)
    seconds = time.monotonic() - began
    outcome = json.loads(ran.stdout)
    return outcome["transitions"], seconds, outcome["states"]


def main():
    wxsim, projects = sys.argv[1], sys.argv[2:]
    print(f"{'project':40} {'how':22} {'choices':>8} {'states':>7} {'s':>7} {'/s':>7}")
    for words in [LOGIN, *([project] for project in projects)]:
        bound = [] if words is LOGIN else ["--budget", "20s"]
        for how, more in [
            ("one copy at a time", ["--jobs", "1", *bound]),
            ("a copy a processor", bound),
            ("from the beginning", ["--no-fork", "--depth", "2", *bound]),
        ]:
            choices, seconds, states = measure(wxsim, words, more)
            print(f"{words[0][-40:]:40} {how:22} {choices:8} {states:7} {seconds:7.1f} {choices / seconds:7.0f}")


main()
