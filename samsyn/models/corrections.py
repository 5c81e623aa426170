"""A corrections file: what a person said of the values found in one file; written by the page of `samsyn review`."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from samsyn.models.source import Frozen

CORRECTIONS_VERSION: Final = "1.0"


class ValueCorrection(Frozen):
    """The verdict on one value."""

    agreement: int = Field(default=1, ge=1, description="which agreement of the file, from 1")
    path: str = Field(description="such as period.start, goals[g3].text or targets[g3.t1].value")
    verdict: Literal["right", "wrong"]
    ground: str | None = Field(default=None, description="what was found there when it was judged")
    value: str | None = Field(
        default=None,
        description="the right value as a person writes it, several texts parted by semicolons; null: none",
    )


class Corrections(Frozen):
    """The verdicts on one file, which is known by its hash."""

    corrections_version: Literal["1.0"] = CORRECTIONS_VERSION
    file: str = Field(default="", description="the file's name when it was judged")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="hash of the file's bytes")
    corrections: tuple[ValueCorrection, ...] = ()
