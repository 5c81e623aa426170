"""Takes a corpus, checks every agreement in it as `samsyn check` does a file, from the documents that it keeps."""

from __future__ import annotations

from collections.abc import Iterator

from samsyn.check import check_agreement
from samsyn.checking.summary import Checked, checked
from samsyn.corpora.corpus import Corpus
from samsyn.corpora.filters import EVERYTHING, Filters
from samsyn.corpora.truth import Kept
from samsyn.extract.divide import divide_document
from samsyn.extract.generations import split_generations
from samsyn.models.section import Part
from samsyn.models.stored import unpack_document


def check_all(corpus: Corpus, filters: Filters = EVERYTHING) -> Iterator[Checked]:
    """The agreements that the filters let through with their reports, by id; one at a time, whatever their number."""
    for kept in corpus.kept(filters):
        report = check_agreement(kept.agreement, _parts(corpus, kept))
        yield checked(report, identity=kept.id, agreement=kept.agreement)


def _parts(corpus: Corpus, kept: Kept) -> tuple[Part, ...]:
    """The sections of the agreement's document; none where the corpus keeps no document of it."""
    packed = corpus.document(kept.source)
    if packed is None:
        return ()
    generations = split_generations(divide_document(unpack_document(packed)))
    return tuple(generations[kept.position]) if kept.position < len(generations) else ()
