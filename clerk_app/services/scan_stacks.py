"""Keep a stack of sheets while it is scanned: each page is on the stored draft as soon as it is filed."""

from dataclasses import dataclass, replace

from clerk_app.domain.dossier import Draft
from clerk_app.domain.paper import PaperFile
from clerk_app.domain.stack import ScanStack
from clerk_app.services.lay_papers import laid
from clerk_app.services.save_draft import SaveDraft


@dataclass(frozen=True, slots=True)
class ScanStacks:
    save: SaveDraft

    def put(self, draft: Draft, key: str, file: PaperFile) -> None:
        """Note one more page of the stack that goes to line `key`."""
        self.save.step(draft, lambda stored: _with_page(stored, key, file))

    def end(self, draft: Draft) -> Draft:
        """The stack is whole: lay its pages on their line and return the saved draft. Harmless where there is none.

        Pages that the window has not saved on its own draft yet stay noted until it has.
        """
        return self.save.step(draft, _ended)


def unpacked(draft: Draft) -> Draft:
    """Return the draft with the pages of its stack laid on their line."""
    stack = draft.stack
    for file in stack.arrived if stack else ():
        draft = laid(draft, stack.paper if stack else "", file)
    return draft


def _with_page(stored: Draft, key: str, file: PaperFile) -> Draft:
    stack = stored.stack
    if (
        stack is None or stack.paper != key or not stack.open
    ):  # what is left of the one before goes to its line
        stored, stack = unpacked(stored), ScanStack(key)
    return replace(stored, stack=stack.with_page(file))


def _ended(stored: Draft) -> Draft:
    stack = stored.stack
    return replace(unpacked(stored), stack=stack.ended() if stack and stack.arrived else None)
