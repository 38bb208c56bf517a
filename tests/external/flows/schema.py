"""Flows against docs/flow.schema.json: examples and good files are valid, each mistake of the bad file is found.

Usage: schema.py (from the root of the repository); needs jsonschema and PyYAML.
"""

import json
import pathlib
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2 as far as flows need it: days are texts, only true and false are flags."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if not tag.endswith((":timestamp", ":bool"))]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def problems(validator, text):
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(yaml.load(text, Loader))]


def main():
    schema = json.loads(pathlib.Path("docs/flow.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    page = pathlib.Path("docs/flows.md").read_text(encoding="utf-8")
    good = {f"docs/flows.md, example {at}": text for at, text in enumerate(re.findall("```yaml\n(.*?)```", page, re.S), 1)}
    folder = pathlib.Path("tests/flow_files")
    for path in sorted(folder.glob("*.yaml")):
        if path.name != "mistakes.flow.yaml":
            good[str(path)] = path.read_text(encoding="utf-8")
    failed = False
    for name, text in good.items():
        for problem in problems(validator, text):
            print(f"{name}: {problem}")
            failed = True
    bad = problems(validator, (folder / "mistakes.flow.yaml").read_text(encoding="utf-8"))
    if len(bad) < 10:
        print("mistakes.flow.yaml:", *bad, sep="\n")
        failed = True
    print(f"docs/flow.schema.json: {len(good)} flows are valid, {len(bad)} mistakes are found in one that is not")
    sys.exit(failed)


main()
