"""Why a chain of ours begins."""

from enum import StrEnum


class Reason(StrEnum):
    """The word in the first entry of a chain."""

    ENROLLED = "enrolled"
    RESTORED = "restored"  # the file is older than its mark
    MOVED = "moved"  # no mark of this computer goes with the file
    SALVAGED = "salvaged"  # put together from what could be read
    DOUBTED = "doubted"  # central has other entries of this chain than we
    FOLLOWED = "followed"  # another chain has begun where this one still went on
