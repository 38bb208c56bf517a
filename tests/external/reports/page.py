"""Reads a report in HTML as a browser would: whether it is in order and loads nothing."""

import base64
import hashlib
import json
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "link", "img", "hr"}
LOADS = {"src", "srcset", "poster", "data", "action", "background"}


class Page(HTMLParser):
    """Whether every element is closed in order, and what is loaded."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.problems = []
        self.ids = set()
        self.links = set()
        self.articles = 0
        self.text = []
        self.policy = ""
        self.is_data = False

    def handle_starttag(self, tag, attrs):
        self.attributes(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.attributes(tag, attrs)

    def attributes(self, tag, attrs):
        self.articles += tag == "article"
        if tag == "script":
            self.is_data = ("type", "application/json") in attrs
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"]
        if tag in ("link", "iframe", "img", "object", "embed", "base"):
            self.problems.append(f"<{tag}> loads something")
        for name, value in attrs:
            if name == "id":
                if value in self.ids:
                    self.problems.append(f"two elements have the id {value}")
                self.ids.add(value)
            elif name in ("href", "xlink:href"):
                if not value.startswith("#"):
                    self.problems.append(f"{tag} leads to {value}")
                self.links.add(value[1:])
            elif name in LOADS or name.startswith("on"):
                self.problems.append(f"{tag} has {name}={value}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()} closes something else")

    def handle_data(self, data):
        self.text.append(data)
        inside = self.open[-1] if self.open else ""
        if inside == "script" and self.is_data:
            json.loads(data)
        elif inside in ("style", "script"):
            if re.search(r"https?://|@import|url\(|fetch\(|XMLHttpRequest", data):
                self.problems.append(f"<{inside}> loads something")
            digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
            if "'sha256-" in self.policy and f"{inside}-src 'sha256-{digest}'" not in self.policy:
                self.problems.append(f"the policy forbids <{inside}>")


def read(path):
    """The page at that path, which is in order, or this program ends."""
    page = Page()
    page.feed(path.read_text("utf-8"))
    page.close()
    problems = page.problems + [f"<{tag}> is not closed" for tag in page.open]
    problems += [f"nothing has the id {link}" for link in page.links - page.ids]
    if not page.policy.startswith("default-src 'none'; "):
        problems.append("the page may load something")
    if problems:
        sys.exit("\n".join(f"{path}: {problem}" for problem in problems))
    return page
