"""From files to a corpus: takes paths, reads what the corpus has not, keeps each outcome as soon as it is known.

Whatever ends the program, even the power, ends it between two files: what is kept is whole, and the next run skips it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from samsyn.batch import OnPage, Task, read_files, read_files_with
from samsyn.batch import Outcome as ReadOutcome
from samsyn.corpora.corpus import Corpus, Outcome
from samsyn.corpora.intake import Incoming, Opened, found_again, list_files, opened
from samsyn.corpora.truth import Reading, Sighting
from samsyn.corpora.versions import extractor_version
from samsyn.errors import CorpusError
from samsyn.limits import MEMORY, SECONDS
from samsyn.models.reading import READ_AS_USUAL, ReadOptions

_CONNECT_SECONDS = 20


class ReadSettings(NamedTuple):
    """How files are read: by so many processes, or wherever `executor` runs; seconds and bytes that a file may take."""

    jobs: int = 1
    timeout: float = SECONDS
    memory: int = MEMORY
    options: ReadOptions = READ_AS_USUAL
    register: Path | None = None
    executor: Executor | None = None
    on_page: OnPage | None = None
    """Told of which file how many pages have been recognised, of how many; not by an executor."""

    def task(self, path: Path, name: str) -> Task:
        """The task to read a file that is to be kept."""
        return Task(str(path), name, self.options, str(self.register) if self.register else None, keep=True)


ONE_PROCESS = ReadSettings()


class _Under(NamedTuple):
    """A file that is being read, and what must be let go of afterwards."""

    incoming: Incoming
    file: Opened
    stack: ExitStack


def collect_files(
    corpus: Corpus, paths: Iterable[str | Path], settings: ReadSettings = ONE_PROCESS
) -> Generator[Outcome, None, None]:
    """Add the files to the corpus; their outcomes, as they are kept. Never raises for what a file holds.

    Paths are files, folders, archives (.zip) and lists (.csv). Raises CorpusError for a list that is none, and for a
    corpus that cannot be written to.
    """
    yield from collect(corpus, list_files(paths), settings)


def collect(
    corpus: Corpus, files: Sequence[Incoming], settings: ReadSettings = ONE_PROCESS
) -> Generator[Outcome, None, None]:
    """The same for files that have been listed (`samsyn.corpora.intake.list_files`)."""
    extractor = extractor_version(settings.register)
    run = corpus.start_run("add", extractor, _recorded(settings, len(files)))
    collector = _Collector(corpus, run, extractor, settings)
    yield from collector.collect(files)
    corpus.settle()
    corpus.finish_run(run)


def refresh_files(
    corpus: Corpus, settings: ReadSettings = ONE_PROCESS, *, everything: bool = False
) -> Generator[Outcome, None, None]:
    """Read again what another version of the extractor read, or everything; the outcomes, as they are kept.

    A file that is no longer where it was, or is another now, is understood anew from the document that was kept.
    """
    extractor = extractor_version(settings.register)
    run = corpus.start_run("refresh", extractor, _recorded(settings, 0))
    yield from refresh(corpus, corpus.outdated("" if everything else extractor), run, settings)
    corpus.settle()
    corpus.finish_run(run)


def refresh(
    corpus: Corpus, sources: Sequence[str], run: int, settings: ReadSettings = ONE_PROCESS
) -> Generator[Outcome, None, None]:
    """The same for sources by their hashes, in a run that has been started."""
    refresher = _Refresher(corpus, run, extractor_version(settings.register), settings)
    yield from refresher.refresh(sources)


class _Again(NamedTuple):
    """A source that is being read again: where it was met, and what from."""

    sha256: str
    sighting: Sighting
    size: int
    read_from: str
    stack: ExitStack


class _Refresher:
    """Reads sources again and keeps the outcomes."""

    def __init__(self, corpus: Corpus, run: int, extractor: str, settings: ReadSettings) -> None:
        self._corpus = corpus
        self._run = run
        self._extractor = extractor
        self._settings = settings
        self._under: deque[_Again] = deque()
        self._settled: deque[Outcome] = deque()

    def refresh(self, sources: Iterable[str]) -> Generator[Outcome, None, None]:
        try:
            with closing(read_with(self._tasks(sources), self._settings)) as outcomes:
                for outcome in outcomes:
                    yield from self._flush()
                    yield self._keep(self._under.popleft(), outcome)
            yield from self._flush()
        finally:
            for again in self._under:
                again.stack.close()

    def _flush(self) -> Iterator[Outcome]:
        while self._settled:
            yield self._settled.popleft()

    def _tasks(self, sources: Iterable[str]) -> Iterator[Task]:
        for sha256 in sources:
            sightings = self._corpus.sightings(sha256)
            task = self._from_file(sha256, sightings) or self._from_document(sha256, sightings[0])
            if task is not None:
                yield task
                continue
            reason = "not read again: the file is gone, and no document of it was kept"
            self._settled.append(self._corpus.keep_failure(self._run, sightings[0], reason))

    def _from_file(self, sha256: str, sightings: Iterable[Sighting]) -> Task | None:
        for sighting in sightings:
            incoming = found_again(sighting)
            if incoming is None:
                continue
            with ExitStack() as stack, suppress(CorpusError):
                file = stack.enter_context(opened(incoming))
                if file.sha256 == sha256:
                    self._under.append(_Again(sha256, sighting, file.size, "file", stack.pop_all()))
                    return self._settings.task(file.path, sighting.name)
        return None

    def _from_document(self, sha256: str, sighting: Sighting) -> Task | None:
        packed = self._corpus.document(sha256)
        if packed is None:
            return None
        with ExitStack() as stack:
            path = Path(stack.enter_context(TemporaryDirectory(prefix="samsyn-"))) / "document"
            path.write_bytes(packed)
            self._under.append(_Again(sha256, sighting, len(packed), "document", stack.pop_all()))
        return self._settings.task(path, sighting.name)._replace(stored=True)

    def _keep(self, again: _Again, outcome: ReadOutcome) -> Outcome:
        again.stack.close()
        reading = Reading(
            again.sha256,
            again.size,
            self._extractor,
            outcome.agreements,
            outcome.document,
            outcome.error,
            outcome.seconds,
            again.read_from,
        )
        return self._corpus.renew(self._run, again.sighting, reading)


class _Collector:
    """Keeps the outcomes of one run; what needs no reading is settled while others are read."""

    def __init__(self, corpus: Corpus, run: int, extractor: str, settings: ReadSettings) -> None:
        self._corpus = corpus
        self._run = run
        self._extractor = extractor
        self._settings = settings
        self._under: deque[_Under] = deque()
        self._twins: dict[str, list[Incoming]] = {}
        self._settled: deque[Outcome] = deque()

    def collect(self, files: Iterable[Incoming]) -> Generator[Outcome, None, None]:
        try:
            with closing(read_with(self._tasks(files), self._settings)) as outcomes:
                for outcome in outcomes:
                    yield from self._flush()
                    yield self._keep(self._under.popleft(), outcome)
            yield from self._flush()
        finally:
            for under in self._under:
                under.stack.close()

    def _flush(self) -> Iterator[Outcome]:
        while self._settled:
            yield self._settled.popleft()

    def _tasks(self, files: Iterable[Incoming]) -> Iterator[Task]:
        for incoming in files:
            task = self._task(incoming)
            if task is not None:
                yield task

    def _task(self, incoming: Incoming) -> Task | None:
        """What is to be read; None when the file can be settled at once."""
        with ExitStack() as stack:
            try:
                file = stack.enter_context(opened(incoming))
            except CorpusError as error:
                self._settled.append(self._corpus.keep_failure(self._run, incoming.sighting, str(error)))
                return None
            if self._corpus.is_read(file.sha256):
                self._settled.append(self._corpus.keep_known(self._run, incoming.sighting, file.sha256))
                return None
            if file.sha256 in self._twins:
                self._twins[file.sha256].append(incoming)
                return None
            self._twins[file.sha256] = []
            self._under.append(_Under(incoming, file, stack.pop_all()))
        return self._settings.task(file.path, incoming.sighting.name)

    def _keep(self, under: _Under, outcome: ReadOutcome) -> Outcome:
        under.stack.close()
        sighting = under.incoming.sighting
        reading = Reading(
            under.file.sha256,
            under.file.size,
            self._extractor,
            outcome.agreements,
            outcome.document,
            outcome.error,
            outcome.seconds,
        )
        try:
            kept = self._corpus.keep(self._run, sighting, reading)
        except Exception as error:  # a file that cannot be kept costs its own outcome, as one that cannot be read
            kept = self._corpus.keep_failure(self._run, sighting, f"could not be kept: {error or type(error).__name__}")
        for twin in self._twins.pop(under.file.sha256):
            self._settled.append(self._corpus.keep_known(self._run, twin.sighting, under.file.sha256))
        return kept


@contextmanager
def executor_at(address: str) -> Iterator[Executor]:
    """The executor that the address names: 'dask://host:port', a Dask cluster whose workers have samsyn installed.

    Raises CorpusError for another kind of address, without the extra 'dask', and when no cluster answers.
    """
    scheme, _, where = address.partition("://")
    if scheme != "dask" or not where:
        raise CorpusError(f"{address!r} names no executor such as dask://host:8786")
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise CorpusError("reading on a Dask cluster needs the extra: pip install 'samsyn[dask]'") from error
    try:
        client = distributed.Client(f"tcp://{where}", timeout=_CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise CorpusError(f"no Dask cluster answers at {where}") from error
    with client, client.get_executor() as executor:
        yield executor


def read_with(tasks: Iterable[Task], settings: ReadSettings) -> Generator[ReadOutcome, None, None]:
    """The outcome of each task, in order, read as the settings say."""
    timeout, memory = settings.timeout, settings.memory
    if settings.executor is not None:
        return read_files_with(settings.executor, tasks, timeout=timeout, memory=memory)
    return read_files(tasks, jobs=settings.jobs, timeout=timeout, memory=memory, on_page=settings.on_page)


def _recorded(settings: ReadSettings, files: int) -> dict[str, object]:
    """What is written down of the settings; never the password."""
    return {
        "files": files,
        "jobs": settings.jobs,
        "timeout": settings.timeout,
        "memory": settings.memory,
        "reading": {key: value for key, value in settings.options._asdict().items() if key != "password"},
        "register": settings.register.name if settings.register else None,
        "executor": type(settings.executor).__name__ if settings.executor else None,
    }
