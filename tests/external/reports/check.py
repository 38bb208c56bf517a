"""Reads the reports of a test run as others do: JUnit against a schema, the page with an HTML parser.

usage: check.py FOLDER        (with junit.xml and report.html; needs the package xmlschema)
"""

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import xmlschema

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

    def handle_starttag(self, tag, attrs):
        self.attributes(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.attributes(tag, attrs)

    def attributes(self, tag, attrs):
        self.articles += tag == "article"
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
        if inside in ("style", "script") and re.search(r"https?://|@import|url\(|fetch\(|XMLHttpRequest", data):
            self.problems.append(f"<{inside}> loads something")


def check_junit(folder):
    path = folder / "junit.xml"
    xmlschema.XMLSchema(Path(__file__).with_name("junit.xsd")).validate(path)
    root = ElementTree.parse(path).getroot()
    for group in [root, *root.iter("testsuite")]:
        cases = list(group.iter("testcase"))
        found = {
            "tests": len(cases),
            "failures": sum(case.find("failure") is not None for case in cases),
            "errors": sum(case.find("error") is not None for case in cases),
            "skipped": sum(case.find("skipped") is not None for case in cases),
        }
        for name, count in found.items():
            if int(group.get(name)) != count:
                sys.exit(f"{group.get('name')}: {name} is {group.get(name)}, and there are {count}")
    return len(list(root.iter("testcase")))


def check_page(folder):
    page = Page()
    page.feed((folder / "report.html").read_text("utf-8"))
    page.close()
    problems = page.problems + [f"<{tag}> is not closed" for tag in page.open]
    problems += [f"nothing has the id {link}" for link in page.links - page.ids]
    if problems:
        sys.exit("\n".join(problems))
    return page.articles


folder = Path(sys.argv[1])
cases, articles = check_junit(folder), check_page(folder)
if cases != articles:
    sys.exit(f"{cases} test cases in junit.xml, {articles} in report.html")
print(f"junit.xml and report.html: {cases} tests")
