"""Reads the reports of a test run as others do: JUnit against a schema, the page with an HTML parser.

usage: check.py FOLDER        (with junit.xml and report.html; needs the package xmlschema)
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

import xmlschema

from page import read


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
    return read(folder / "report.html").articles


folder = Path(sys.argv[1])
cases, articles = check_junit(folder), check_page(folder)
if cases != articles:
    sys.exit(f"{cases} test cases in junit.xml, {articles} in report.html")
print(f"junit.xml and report.html: {cases} tests")
