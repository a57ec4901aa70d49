"""Who may do what: checked before a PIN is used, and at every door. Central is told the same table of acts, and looks again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from clerk_app.domain.access import Access, roles_for
from clerk_app.domain.kinds import KINDS, Kind
from clerk_app.domain.officer import ROLE_TITLES, Officer, Role
from clerk_app.errors import OfficeError

T = TypeVar("T")
Need = Access | Kind


class NotYourRole(OfficeError):
    message = "{officer} không có vai trò {role} ở quầy này."
    remedy = "Đổi sang đúng người, hoặc nhờ người quản trị thêm vai trò."


class DelegationOver(NotYourRole):
    message = "Ủy quyền ký duyệt cho {officer} đã hết hạn hoặc đã chấm dứt."
    remedy = "Văn bản chưa ký vẫn chờ trong danh sách: lãnh đạo ký, hoặc ủy quyền lại rồi ký tiếp."


_WRITERS = {kind.name: frozenset(role for role in Role if role.value in kind.roles) for kind in KINDS}


def roles_that(need: Need) -> frozenset[Role]:
    """Return the roles that may write this kind of entry, or go through this door."""
    return roles_for(need) if isinstance(need, Access) else _WRITERS[need]


def may(officer: Officer, *needs: Need) -> bool:
    """Tell whether one of the officer's roles is enough for one of the needs."""
    return any(officer.roles & roles_that(need) for need in needs)


def require_for(officer: Officer, *needs: Need) -> None:
    """Raise `NotYourRole` unless one of the officer's roles is enough for one of the needs."""
    if not may(officer, *needs):
        roles = frozenset[Role]().union(*(roles_that(need) for need in needs))
        raise NotYourRole(officer=officer.name, role=_in_words(roles))


def require_role(officer: Officer, role: Role) -> None:
    """Raise `NotYourRole` unless the officer has the role."""
    if role not in officer.roles:
        raise NotYourRole(officer=officer.name, role=_in_words(frozenset({role})))


def nothing_granted() -> frozenset[str]:
    """Return no kind: nobody let this officer do anything beyond their roles."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Permit:
    """What one officer may do by their roles, and by what others delegated to them at this moment."""

    officer: Officer
    granted: Callable[[], frozenset[str]] = nothing_granted  # kinds of entries

    def may(self, kind: Kind) -> bool:
        """Tell whether the officer may write this kind now."""
        return may(self.officer, kind) or kind in self.granted()

    def require(self, kind: Kind) -> None:
        """Raise `NotYourRole` unless the officer may write this kind now."""
        if not self.may(kind):
            require_for(self.officer, kind)

    def still(self, kind: Kind) -> None:
        """Raise `DelegationOver` for who was let in by `require` and may not write this kind any more."""
        if not self.may(kind):
            raise DelegationOver(officer=self.officer.name)


def behind_a_door(room: T, officer: Officer, *needs: Need) -> T:
    """Return what does the same as `room`, a callable with or without methods, and asks for the role before anything."""
    return cast("T", _Door(room, officer, needs))


class _Door:
    """Stands before something that a screen or a command may call."""

    def __init__(self, room: object, officer: Officer, needs: tuple[Need, ...]) -> None:
        self._room, self._officer, self._needs = room, officer, needs

    def __call__(self, *given: Any, **named: Any) -> Any:
        require_for(self._officer, *self._needs)
        return cast("Callable[..., Any]", self._room)(*given, **named)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._room, name)
        return _Door(found, self._officer, self._needs) if callable(found) else found


def _in_words(roles: frozenset[Role]) -> str:
    return ", ".join(ROLE_TITLES[role] for role in Role if role in roles)
