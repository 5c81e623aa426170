"""Who may import whom: levels go one way, each foreign library has its place, no module imports the package root."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import samsyn

PACKAGE = Path(samsyn.__file__).parent
MODULES = {
    ".".join(("samsyn", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

LEVELS = (
    ("samsyn.limits", "samsyn.models", "samsyn.errors", "samsyn.programs", "samsyn.remember"),
    ("samsyn.vocabulary", "samsyn.similarity", "samsyn.words"),
    ("samsyn.match", "samsyn.matching", "samsyn.standing", "samsyn.discover", "samsyn.spacy_component"),
    ("samsyn.extract", "samsyn.write", "samsyn.corpora"),
    (
        "samsyn.pipeline",
        "samsyn.compare",
        "samsyn.comparing",
        "samsyn.draft",
        "samsyn.drafting",
        "samsyn.check",
        "samsyn.checking",
        "samsyn.explain",
        "samsyn.review",
        "samsyn.correct",
    ),
    (
        "samsyn.versions",
        "samsyn.doctor",
        "samsyn.worker",
        "samsyn.process",
        "samsyn.batch",
        "samsyn.terminal",
        "samsyn.collect",
        "samsyn.survey",
        "samsyn.overview",
    ),
    ("samsyn.commands",),
    ("samsyn.cli", "samsyn"),
)
"""From the bottom up. A module imports from its own level or below; packages of the middle not one another."""

APART = ("samsyn.extract", "samsyn.write", "samsyn.corpora")
"""Neighbours that do not know one another."""

WALLS = {
    "click": ("samsyn.cli", "samsyn.commands"),
    "distributed": ("samsyn.collect",),
    "docx": ("samsyn.extract.readers", "samsyn.write"),
    "matplotlib": ("samsyn.write.charts",),
    "openpyxl": ("samsyn.write.as_xlsx", "samsyn.write.diff_xlsx"),
    "pandas": ("samsyn.corpora.frames",),
    "pdfplumber": ("samsyn.extract.readers",),
    "polars": ("samsyn.corpora.frames",),
    "pyarrow": ("samsyn.write.as_dataset",),
    "pypdfium2": ("samsyn.extract.readers",),
    "rapidfuzz": ("samsyn.similarity",),
    "rich": (
        "samsyn.write.as_text",
        "samsyn.write.check_text",
        "samsyn.write.console",
        "samsyn.write.diff_text",
        "samsyn.write.progress",
    ),
    "spacy": ("samsyn.spacy_component",),
    "scipy": ("samsyn.comparing.pairing", "samsyn.comparing.vectors"),
    "sqlite3": ("samsyn.corpora",),
    "subprocess": ("samsyn.process", "samsyn.programs"),
    "yaml": ("samsyn.write.as_yaml",),
}
"""Where each library may be imported; anywhere else it would spread through the code."""


def imports_of(module: str) -> Iterator[tuple[str, bool]]:
    """Each module that the module imports, and whether only type checkers see the import."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    yield from _imports(tree, module, for_types=False)


def _imports(node: ast.AST, module: str, *, for_types: bool) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        types = for_types or (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING")
        if isinstance(child, ast.Import):
            yield from ((alias.name, types) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{module} has a relative import"
            for alias in child.names:
                full = f"{child.module}.{alias.name}"
                yield (full if full in MODULES else child.module or ""), types
        yield from _imports(child, module, for_types=types)


def is_within(module: str, package: str) -> bool:
    """True when the module is the package or lies in it; the root holds only itself."""
    return module == package or (package != "samsyn" and module.startswith(package + "."))


def level_of(module: str) -> int:
    """The level the module stands on; fails for a module that the table does not know."""
    for level, packages in enumerate(LEVELS):
        if any(is_within(module, package) for package in packages):
            return level
    pytest.fail(f"{module} stands on no level; add it to LEVELS")


@pytest.mark.parametrize("module", MODULES)
def test_module_says_what_it_is(module: str) -> None:
    """Protects the newcomer: each module opens with a sentence."""
    text = ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8")))
    assert text
    assert text.splitlines()[0].endswith((".", ":", "?")), f"{module} begins with: {text.splitlines()[0]}"


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_downwards(module: str) -> None:
    """Protects the order of the stages: a stage knows what it takes, never who takes from it."""
    for imported, _ in imports_of(module):
        if imported in MODULES:
            assert level_of(imported) <= level_of(module), f"{module} imports {imported} from above"


@pytest.mark.parametrize("module", MODULES)
def test_neighbours_do_not_know_one_another(module: str) -> None:
    """Protects the stages from each other: extraction, writing and corpora meet in the pipeline."""
    home = next((package for package in APART if is_within(module, package)), None)
    if home is None:
        return
    for imported, _ in imports_of(module):
        other = next((package for package in APART if is_within(imported, package)), home)
        assert other == home, f"{module} imports {imported}"


@pytest.mark.parametrize("module", MODULES)
def test_foreign_libraries_stay_in_their_places(module: str) -> None:
    """Protects exchangeability: a library that is replaced is replaced in one place."""
    for imported, _ in imports_of(module):
        places = WALLS.get(imported.partition(".")[0])
        if places is not None:
            assert any(is_within(module, place) for place in places), f"{module} imports {imported}"


@pytest.mark.parametrize("module", [module for module in MODULES if module != "samsyn"])
def test_no_module_imports_the_package_root(module: str) -> None:
    """Protects against rings: names are imported from the module that defines them."""
    assert "samsyn" not in {imported for imported, _ in imports_of(module)}


def test_there_are_no_rings() -> None:
    """Protects import order and thought: no module needs itself in a roundabout way."""
    graph = {
        module: [name for name, for_types in imports_of(module) if name in MODULES and not for_types]
        for module in MODULES
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module in done:
            return
        for imported in graph[module]:
            visit(imported, (*path, module))
        done.add(module)

    for module in graph:
        visit(module, ())


def test_nothing_prints_outside_the_border() -> None:
    """Protects standard output: results alone reach it, through the writers and the command line."""
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert "print" not in names, module


STEERING = ("samsyn.extract", "samsyn.matching", "samsyn.comparing", "samsyn.match", "samsyn.standing")
"""Where no Swedish word decides anything that is not in the vocabulary."""

KNOWING = ("samsyn.extract.readers", "samsyn.extract.ocr", "samsyn.extract.assemble")
"""Where Swedish is met that decides nothing: what warnings say, Word's names of styles, letters that look alike."""

SWEDISH = re.compile(
    r"\b(?:och|samt|eller|att|som|ska|skall|kommer|till|från|för|på|av|hos|vid|inte|den|det|detta|varje|år|mål|plan"
    r"|kommun\w*|stad\w*|polis\w*|\w*nämnd\w*|medborgare?|samverkan|ansvar\w*|bilaga|område\w*|varför)\b"
)


@pytest.mark.parametrize("module", [name for name in MODULES if any(is_within(name, home) for home in STEERING)])
def test_swedish_that_steers_is_in_the_vocabulary(module: str) -> None:
    """Protects who adds a word: it is data with examples, in one place, never a string in the code."""
    if any(is_within(module, home) for home in KNOWING):
        return
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for_people = {id(inner) for node in ast.walk(tree) for text in _for_people(node) for inner in ast.walk(text)}
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in for_people
    ]
    assert [text for text in found if SWEDISH.search(re.sub(r"\[[^\]]*\]", "", text).casefold())] == []


def _for_people(node: ast.AST) -> Iterator[ast.AST]:
    """What is written for people to read: docstrings, messages of warnings, reasons."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.keyword) and node.arg in ("message", "reasons"):
        yield node.value
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("message", "reasons"):
        yield node.value
