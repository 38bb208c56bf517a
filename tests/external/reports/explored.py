"""Reads the reports of an exploration and an audit as others do: SARIF against its schema, the pages with an HTML parser.

usage: explored.py FOLDER SCHEMA        (with audit.sarif, page.html and audit.html; needs the package jsonschema)
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft4Validator

from page import read

folder = Path(sys.argv[1])
schema = json.loads(Path(sys.argv[2]).read_text("utf-8"))
log = json.loads((folder / "audit.sarif").read_text("utf-8"))
validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)
problems = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(log)]
if problems:
    sys.exit("\n".join(problems))
run = log["runs"][0]
rules = run["tool"]["driver"]["rules"]
for result in run["results"]:
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        sys.exit(f"{result['ruleId']} is not rule {result['ruleIndex']}")
results = len(run["results"])
articles = read(folder / "audit.html").articles
if articles != results:
    sys.exit(f"{results} results in audit.sarif, {articles} in audit.html")
read(folder / "page.html")
print(f"audit.sarif, audit.html and page.html: {results} results")
