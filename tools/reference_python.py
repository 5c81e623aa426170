"""Takes the public names of the package, gives the reference of the Python API, made from their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, ForwardRef

from pydantic import BaseModel

import samsyn
from tools.markdown import code, made_by, table

_HEAD = """\
# The Python API

{made}

`import samsyn` costs next to nothing: each name is loaded when it is first used. All values are frozen. What cannot be
read raises `samsyn.UnreadableDocument`; every error of the package is a `samsyn.SamsynError`. A worked example:
[tutorial-programmer.md](tutorial-programmer.md).
"""

_GROUPS = {
    "Reading": ("extract_agreement", "extract_agreements", "UnreadableDocument"),
    "Comparing": ("compare_agreements", "compare_series", "Comparison", "Change", "Series"),
    "Drafting and checking": ("read_source", "draft_agreement", "Draft", "check_agreement", "CheckReport"),
    "Keeping a corpus": ("Corpus", "Filters", "ReadSettings", "collect_files", "refresh_files", "CorpusError"),
}
"""The names that are described in full, by subject; the parts of an agreement have a page of their own."""


def python_page() -> str:
    """The page: every public name, functions with their signatures, classes with their fields and methods."""
    lines = [_HEAD.format(made=made_by("make reference"))]
    for title, names in {**_GROUPS, "Other names": _others()}.items():
        lines += [f"## {title}", ""]
        for name in names:
            lines += _entry(name, getattr(samsyn, name))
    lines += ["## Parts of an agreement", "", "Described [field by field](reference-agreement.md):", ""]
    lines += [f"- [{name}](reference-agreement.md#{name.lower()})" for name in _parts()]
    return "\n".join(lines).rstrip() + "\n"


def _parts() -> list[str]:
    return [name for name in samsyn.__all__ if _home(name) in ("samsyn.models.agreement", "samsyn.models.source")]


def _others() -> tuple[str, ...]:
    told = {*(name for names in _GROUPS.values() for name in names), *_parts()}
    return tuple(name for name in samsyn.__all__ if name not in told)


def _home(name: str) -> str:
    return str(getattr(samsyn, name).__module__)


def _entry(name: str, value: Any) -> Iterator[str]:
    yield f"### {name}\n"
    if inspect.isclass(value):
        yield from _class(name, value)
    else:
        yield f"```text\nsamsyn.{name}{_signature(value)}\n```\n"
        yield _prose(value)


def _class(name: str, value: type) -> Iterator[str]:
    yield _prose(value)
    if issubclass(value, BaseException):
        return
    if issubclass(value, BaseModel):
        rows = [
            (code(field), code(_short(str(info.annotation))), info.description or "")
            for field, info in value.model_fields.items()
        ]
        yield from table(("field", "type", "what"), rows)
    else:
        yield f"```text\nsamsyn.{name}{_signature(value)}\n```\n"
    methods = [(one, member) for one, member in vars(value).items() if _is_public(one, member)]
    if methods:
        yield from table(("member", "what"), [_method(one, member) for one, member in methods])


def _is_public(name: str, member: Any) -> bool:
    function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
    return not name.startswith("_") and inspect.isfunction(function) and bool(inspect.getdoc(function))


def _method(name: str, member: Any) -> tuple[str, str]:
    if isinstance(member, property):
        return code(name), _first(member)
    function = getattr(member, "__func__", member)
    return code(f"{name}{_signature(function, without_self=True)}"), _first(function)


def _signature(function: Any, *, without_self: bool = False) -> str:
    signature = inspect.signature(function)
    parameters = [_plain(parameter) for parameter in signature.parameters.values()]
    if without_self and parameters and parameters[0].name in ("self", "cls"):
        parameters = parameters[1:]
    returns = signature.return_annotation
    shown = signature.replace(
        parameters=parameters, return_annotation=signature.empty if returns == "None" else returns
    )
    return _short(str(shown))


def _plain(parameter: inspect.Parameter) -> inspect.Parameter:
    """The parameter with a default and an annotation that print as one would write them."""
    default, annotation = parameter.default, parameter.annotation
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(default, Enum):
        default = _Written(str(default))
    elif inspect.isfunction(default):
        default = _Written("…")
    elif default is not inspect.Parameter.empty and type(default).__module__.startswith("samsyn"):
        default = _Written(f"{type(default).__name__}()")
    return parameter.replace(default=default, annotation=annotation)


class _Written:
    """A default that prints as the text it is given."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def _short(text: str) -> str:
    """The signature or type without quotes around annotations and without the modules of its names."""
    text = re.sub(r"<class '([\w.]+)'>", r"\1", text)
    text = re.sub(r"(?<=[:>] )'([^']*)'", r"\1", text)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", text)


def _prose(value: Any) -> str:
    """The docstring, its examples as code."""
    text = inspect.getdoc(value) or ""
    before, mark, examples = text.partition("    >>> ")
    lines = [line.strip().removeprefix(">>> ").partition("  # doctest")[0].rstrip() for line in examples.splitlines()]
    return f"{before}```text\n{chr(10).join(lines)}\n```\n" if mark else f"{text}\n"


def _first(value: Any) -> str:
    return (inspect.getdoc(value) or "").split("\n\n")[0]
