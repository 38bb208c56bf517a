#!/usr/bin/env python3
"""Writes src/api/names.rs: what the official typings say of every member of `wx`.

    generate.py PACKAGE > src/api/names.rs

PACKAGE is the folder of the npm package miniprogram-api-typings. Only facts are taken: name, how
the member is called, the base library that introduced it, whether it gives a promise.
"""

import json
import re
import sys
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
DECLARATION = re.compile(r"^( *)(?:export |declare )*interface (\w+)[^{]*\{", re.M)
MEMBER = re.compile(r"(?:readonly )?(\w+)\??(?=[<(:])")
SINCE = re.compile(r"需要基础库[：:]\s*`(\d+)\.(\d+)\.(\d+)`")
CALLBACKS = {"success", "fail", "complete"}

# Interfaces whose members are members of an object in `wx`, with the base library of the object
# where the typings do not tell it.
OBJECTS = {"WxCloud": (2, 2, 3), "Router": None, "Worklet": None}

HEADER = """\
//! Every member of `wx` in the official typings, simulated or not. Generated: do not edit.
//!
//! From the npm package miniprogram-api-typings {version} by `tests/external/run --write`. A version
//! of 1.0.0 stands for none given.

use super::unmodelled::Kind::{{{kinds}}};
use super::unmodelled::{{Name, name}};

/// The names in the order of their characters; `object.member` follows its object.
#[rustfmt::skip]
pub const NAMES: &[Name] = &[
"""


class Member:
    """One member of an interface: its name, documentation and declaration without comments."""

    def __init__(self, name, doc, code):
        self.name, self.doc, self.code = name, doc, code

    def since(self):
        # Only the head of the documentation speaks of the member itself.
        found = SINCE.search(self.doc.split("在插件中使用")[0])
        return tuple(int(part) for part in found.groups()) if found else None

    def signature(self):
        """What stands before the result, and the result; the latter alone for a property."""
        code = self.code
        if not code.startswith(("(", "<")):
            code = code.lstrip("?: ")
            if not (code.startswith("(") and "=>" in code):
                return None, code
            head, result = code.rsplit("=>", 1)
            return head, result.strip()
        depth = 0
        for at, char in enumerate(code):
            # The `>` of an arrow closes nothing.
            depth += (char in "(<{[") - (char in ")>}]" and code[at - 1] != "=")
            if depth == 0 and code[at] == ")":
                return code[: at + 1], code[at + 1 :].lstrip(": ").strip()
        raise SystemExit(f"{self.name}: no end of its parameters")


def interface_members(text, declaration):
    """The members of the interface that starts at the match `declaration` of `text`."""
    indent = len(declaration[1]) + 4
    at, doc, code, name = declaration.end(), "", [], None
    members, depth = [], 0

    def end():
        if name is not None:
            members.append(Member(name, doc, " ".join("".join(code).split())))

    while True:
        comment = COMMENT.match(text, at)
        if comment:
            if depth == 0 and column(text, at) == indent:
                end()
                name, doc, code = None, comment[0], []
            at = comment.end()
            continue
        char = text[at]
        if char == "}" and depth == 0:
            end()
            return members
        start = MEMBER.match(text, at)
        if depth == 0 and start and column(text, at) == indent:
            if name is not None:
                end()
                doc, code = "", []
            name, at = start[1], start.end()
            continue
        depth += (char in "({[") - (char in ")}]")
        code.append(char)
        at += 1


def column(text, at):
    """Blanks between the line's start and `at`; -1 when something else stands there."""
    start = text.rfind("\n", 0, at) + 1
    return at - start if text[start:at].strip() == "" else -1


class Typings:
    """All interfaces of the package by name."""

    def __init__(self, package):
        self.interfaces, self.bases = {}, {}
        for path in sorted((package / "types" / "wx").glob("*.d.ts")):
            text = path.read_text(encoding="utf-8")
            # Examples inside comments may look like declarations.
            hidden = COMMENT.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
            for found in DECLARATION.finditer(hidden):
                name = found[2]
                here = name not in self.interfaces or path.name == "lib.wx.api.d.ts"
                if here:
                    self.interfaces[name] = interface_members(text, found)
                    self.bases[name] = re.findall(r"\w+", found[0].partition("extends")[2])

    def members(self, name):
        found = list(self.interfaces.get(name, []))
        for base in self.bases.get(name, []):
            found += self.members(base) if base != name else []
        return found

    def takes_callbacks(self, head):
        words = re.findall(r"\w+", head)
        if "OQ" in words or "RQ" in words:
            return True
        return any(CALLBACKS & {m.name for m in self.members(word)} for word in words)

    def has_methods(self, result):
        """Whether the result is an object with methods."""
        if result.startswith("import("):
            return True
        word = re.match(r"[\w.]+", result)
        members = self.members(word[0].split(".")[-1]) if word else []
        return any(member.signature()[0] is not None for member in members)

    def kind(self, member, inside):
        head, result = member.signature()
        if head is None:
            return "Object"
        if re.match(r"on[A-Z]", member.name):
            return "On"
        if re.match(r"off[A-Z]", member.name):
            return "Off"
        if self.takes_callbacks(head):
            promised = result.startswith(("Promise", "PromisifySuccessResult"))
            return "Task" if self.has_methods(result) and not promised else "Async"
        if self.has_methods(result) or (inside and result != "void"):
            return "Factory"
        return "Sync"

    def rows(self):
        """Rows (name, kind, promise, version) of `wx` and of the objects in it, overloads as one."""
        rows = {}

        def add(prefix, members, fallback):
            for member in members:
                name = prefix + member.name
                kind = self.kind(member, bool(prefix))
                promise = "Promise" in member.code or "Promisify" in member.code
                since = member.since() or fallback
                result = member.signature()[1]
                if kind == "Object" and result in OBJECTS:
                    since = member.since() or OBJECTS[result] or fallback
                    add(f"{name}.", self.members(result), since)
                if kind == "Object" and result in self.constructors():
                    kind = "Factory"
                known = rows.get(name)
                if known is not None:
                    # Overloads: the form with a task or a promise says more.
                    promise = promise or known[2]
                    kind = "Async" if prefix and promise else known[1]
                    since = min(since, known[3])
                rows[name] = (name, kind, promise and kind == "Async", since)

        add("", self.members("Wx"), (1, 0, 0))
        return [rows[name] for name in sorted(rows)]

    def constructors(self):
        return {f"ICloud.{name}" for name in self.interfaces if name.endswith("Constructor")}


def main():
    package = Path(sys.argv[1])
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    rows = Typings(package).rows()
    kinds = ", ".join(sorted({kind for _, kind, _, _ in rows}))
    print(HEADER.format(version=version, kinds=kinds), end="")
    for name, kind, promise, since in rows:
        version = ", ".join(str(part) for part in since)
        print(f'    name("{name}", {kind}, {str(promise).lower()}, {version}),')
    print("];")


if __name__ == "__main__":
    main()
