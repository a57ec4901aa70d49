"""Who may do what: checked before a PIN is used."""

from clerk_app.domain.officer import Officer, Role
from clerk_app.errors import OfficeError

_WORDS = {Role.OFFICER: "người tiếp nhận", Role.LEADER: "lãnh đạo", Role.REGISTRAR: "văn thư"}


class NotYourRole(OfficeError):
    message = "{officer} không có vai trò {role} ở quầy này."
    remedy = "Đổi sang đúng người, hoặc nhờ người quản trị thêm vai trò."


def require_role(officer: Officer, role: Role) -> None:
    """Raise `NotYourRole` unless the officer has the role."""
    if role not in officer.roles:
        raise NotYourRole(officer=officer.name, role=_WORDS[role])
