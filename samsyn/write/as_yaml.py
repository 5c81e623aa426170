"""Takes agreements, gives YAML: one document each, texts of several lines as blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from samsyn.models.agreement import Agreement

_WIDTH = 110


def write_yaml(agreements: Iterable[Agreement], stream: TextIO) -> None:
    """Write each agreement as a YAML document that begins with '---'."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes texts of several lines as blocks; knows plain values only."""

    Dumper.add_representer(str, _represent_text)
    Dumper.add_representer(list, _represent_list)
    for agreement in agreements:
        yaml.dump(
            agreement.model_dump(mode="json"),
            stream,
            Dumper=Dumper,
            allow_unicode=True,
            sort_keys=False,
            width=_WIDTH,
            explicit_start=True,
        )


def _represent_text(dumper, value: str):  # type: ignore[no-untyped-def]  # yaml's own types are private
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _represent_list(dumper, value: list[Any]):  # type: ignore[no-untyped-def]
    """Numbers, such as a box or pages, side by side; everything else one item a line."""
    numbers = bool(value) and all(isinstance(item, int | float) for item in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=numbers)
