"""What can go wrong, as exceptions. Each is an `Error` and the built-in kind."""


class Error(Exception):
    """Something could not be done. The message says why, in one sentence."""

    __module__ = "threadline"


class NotFoundError(Error, KeyError):
    """No event, topic, story or cluster of that name; near ones are named."""

    __module__ = "threadline"

    def __str__(self) -> str:
        # KeyError would show the message in quotes.
        return Exception.__str__(self)


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
