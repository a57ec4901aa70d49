"""Where a dossier stands on the counter, from the first key to the printed slip."""

from enum import Enum, auto


class Stage(Enum):
    """What the officer sees. Each stage but the busy ones has a key that leads on."""

    EDITING = auto()  # a draft, saved as one types
    RECEIVING = auto()
    ACCEPTED = auto()  # it has its code, the slip is not signed yet
    ASKING_PIN = auto()
    ASKING_PEN = auto()  # Ký tay: the reason, then Enter
    SIGNING = auto()
    PRINTING = auto()
    DONE = auto()
    REPLYING = auto()  # Mẫu 02 or 03 is being filled in, the draft behind it untouched
    CORRECTING = auto()  # Cấp lại do sai sót: an issued slip's data, open again


BUSY = frozenset({Stage.RECEIVING, Stage.SIGNING, Stage.PRINTING})
WRITABLE = frozenset({Stage.EDITING, Stage.CORRECTING})
