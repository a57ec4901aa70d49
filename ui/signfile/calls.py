"""What the screen that signs files asks of the office: plain callables, each of which may block."""

from collections.abc import Callable
from dataclasses import dataclass

from clerk_app.domain.file_act import FileAct, FileOrder, Place
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.progress import Progress
from clerk_app.services.sign_file import FileLook, FileSigned


@dataclass(frozen=True, slots=True)
class SignFileCalls:
    """The part of the office that this screen needs; each raises a `Notice` where it cannot."""

    acts: tuple[FileAct, ...]  # that the officer may do
    look: Callable[[str, Progress], FileLook]
    picture: Callable[[str, int, int, Progress], bytes]  # path, page from 0, width in px -> PNG
    place: Callable[[FileLook, FileOrder], tuple[Place, tuple[float, float]]]  # and the page's size in points
    size: Callable[[FileAct], tuple[float, float]]  # of the sign, points
    check: Callable[[FileLook, FileOrder, Progress], object]
    cards: Callable[[FileAct], tuple[TokenCard, ...]]
    sign: Callable[[FileLook, FileOrder, TypedPin, Progress], FileSigned]  # wipes the PIN
