"""The package from outside: what importing it costs, which names it has, whether what is published is current."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import samsyn
from samsyn.models.agreement import Agreement
from samsyn.write.as_json import agreement_schema
from tests.agreements import agreement

ROOT = Path(samsyn.__file__).parent.parent
HEAVY = (
    "docx", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "pdfminer", "pdfplumber", "PIL", "pydantic", "pypdfium2",
    "rapidfuzz", "rich", "scipy", "simplemma", "snowballstemmer", "spacy", "sqlite3", "yaml",
)  # fmt: skip


def imported_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running the code."""
    report = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    modules: list[str] = json.loads(shown.stdout.splitlines()[-1])
    return set(modules)


@pytest.mark.parametrize(
    "code",
    [
        "import samsyn",
        "import samsyn.cli",
        "import samsyn.cli; [samsyn.cli.samsyn.get_command(None, name) for name in samsyn.cli.COMMANDS]",
    ],
)
def test_nothing_heavy_is_imported_to_show_help(code: str) -> None:
    """Protects `samsyn --help` in a blink: the libraries are imported by the commands that need them."""
    assert not imported_after(code) & set(HEAVY)


@pytest.mark.parametrize("name", samsyn.__all__)
def test_public_name_is_there(name: str) -> None:
    """Protects the public face: each name that the package promises can be had."""
    assert getattr(samsyn, name).__doc__
    assert name in dir(samsyn)


def test_public_names_are_the_same_for_type_checkers() -> None:
    """Protects editors and mypy: the names loaded late are those imported under TYPE_CHECKING."""
    tree = ast.parse(Path(samsyn.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    statements = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    declared = {alias.name: statement.module for statement in statements for alias in statement.names}
    assert set(declared) == set(samsyn.__all__)
    for name, module in declared.items():
        assert getattr(samsyn, name) is getattr(importlib.import_module(module or ""), name)


def test_unknown_name_is_an_attribute_error() -> None:
    """Protects `hasattr` and spelling mistakes."""
    assert not hasattr(samsyn, "extract_agrements")


def test_version_is_the_installed_one() -> None:
    """Protects the version in bug reports."""
    assert samsyn.__version__.count(".") >= 2


def test_published_schema_is_current() -> None:
    """Protects those who build on docs/agreement.schema.json; `make schema` writes it anew."""
    assert (ROOT / "docs" / "agreement.schema.json").read_text(encoding="utf-8") == agreement_schema()


def test_schema_names_every_field_and_forbids_others() -> None:
    """Protects the schema's worth: it follows the model, with nothing left open."""
    schema = json.loads(agreement_schema())
    assert set(schema["properties"]) == set(Agreement.model_fields)
    assert set(schema["required"]) == set(Agreement.model_fields)
    assert schema["additionalProperties"] is False
    assert set(agreement().model_dump(mode="json")) == set(schema["properties"])


def test_version_is_the_same_everywhere() -> None:
    """Protects citations and bug reports: pyproject.toml has the version; changelog, citation and install agree."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    released = re.findall(r"^## (\d\S*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert released[0] == version == samsyn.__version__
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == version
    assert f"Version {version}." in (ROOT / "docs" / "how-to-cite.md").read_text(encoding="utf-8")


def test_notices_name_everything_that_is_needed() -> None:
    """Protects those who pass samsyn on: NOTICE.md names each package that it or an extra needs, with a licence."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *(one for some in project["optional-dependencies"].values() for one in some)]
    named = dict(re.findall(r"^\| (\S+) \| (.+?) \|", (ROOT / "NOTICE.md").read_text(encoding="utf-8"), flags=re.M))
    for requirement in needed:
        name = re.split(r"[\[>]", requirement)[0].lower()
        assert name == "samsyn" or named.get(name), f"{name}: make notices"


def test_all_brings_every_extra() -> None:
    """Protects `samsyn[all]`: an extra that is added is in it, and in what CI tries."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    assert set(everything.removeprefix("samsyn[").removesuffix("]").split(",")) == set(extras) - {"all"}
    tried = (ROOT / ".ci" / "packages").read_text(encoding="utf-8")
    assert all(extra in tried for extra in extras)
