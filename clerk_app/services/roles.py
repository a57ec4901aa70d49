"""Who may do what: checked before a PIN is used. Central is told the same table, and looks again."""

from clerk_app.domain.kinds import KINDS, Kind
from clerk_app.domain.officer import Officer, Role
from clerk_app.errors import OfficeError

_WORDS = {Role.OFFICER: "người tiếp nhận", Role.LEADER: "lãnh đạo", Role.REGISTRAR: "văn thư"}


class NotYourRole(OfficeError):
    message = "{officer} không có vai trò {role} ở quầy này."
    remedy = "Đổi sang đúng người, hoặc nhờ người quản trị thêm vai trò."


_ROLES = {kind.name: kind.roles for kind in KINDS}


def require_for(officer: Officer, kind: Kind) -> None:
    """Raise `NotYourRole` unless one of the officer's roles may write this kind of entry."""
    may = [role for role in Role if role.value in _ROLES[kind]]
    if not officer.roles.intersection(may):
        raise NotYourRole(officer=officer.name, role=", ".join(_WORDS[role] for role in may))


def require_role(officer: Officer, role: Role) -> None:
    """Raise `NotYourRole` unless the officer has the role."""
    if role not in officer.roles:
        raise NotYourRole(officer=officer.name, role=_WORDS[role])
