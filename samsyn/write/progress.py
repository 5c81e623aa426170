"""Bars on standard error: how many files are read, and how many pages of each scan."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Drawing:
    """The bars; drawn from when it is made until it is stopped."""

    def __init__(self, files: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        self._progress = Progress(*columns, console=console, transient=True, redirect_stdout=False)
        self._files = self._progress.add_task("reading", total=files, visible=files > 1)
        self._pages: dict[str, TaskID] = {}
        self._progress.start()

    def show_pages(self, name: str, done: int, total: int) -> None:
        """So many pages of the scan are recognised; its bar is gone when all are."""
        if name not in self._pages:
            self._pages[name] = self._progress.add_task(f"recognising {name[-40:]}", total=total)
        self._progress.update(self._pages[name], completed=done)
        if done >= total:
            self._progress.remove_task(self._pages.pop(name))

    def pause(self) -> None:
        """A file is done; take the bars away while something else is written."""
        self._progress.advance(self._files)
        self._progress.stop()

    def resume(self) -> None:
        """Draw the bars again."""
        self._progress.start()

    def stop(self) -> None:
        """Take the bars away."""
        self._progress.stop()
