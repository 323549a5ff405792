"""What can go wrong, as exceptions. Each is an `Error` and the built-in kind."""

from __future__ import annotations

from collections.abc import Iterable


class Error(Exception):
    """Something could not be done. The message says why, in one sentence."""

    __module__ = "threadline"


class NotFoundError(Error, KeyError):
    """No event, topic, story or cluster of that name, or several; near ones are named."""

    __module__ = "threadline"

    def __str__(self) -> str:
        # KeyError would show the message in quotes.
        return Exception.__str__(self)


class AmbiguousError(NotFoundError):
    """A name means several events (or sagas): `candidates` has the key (or number) of
    each, which means it alone, the best first."""

    __module__ = "threadline"

    def __init__(self, message: str, candidates: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.candidates = list(candidates)


class InputError(Error, ValueError):
    """A question, an option or a frame that makes no sense."""

    __module__ = "threadline"


class FileError(Error, OSError):
    """The operating system refused: no permission, a full disk."""

    __module__ = "threadline"


class FileMissingError(FileError, FileNotFoundError):
    """There is no such file."""

    __module__ = "threadline"


class DamagedError(Error):
    """A graph file is cut, damaged, or of a version that is not known."""

    __module__ = "threadline"
