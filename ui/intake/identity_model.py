"""What a card or a passport fills in, and what it says that differs from what was typed. No window."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from clerk_app.domain.applicant import Person, PersonKind
from clerk_app.domain.country import Countries
from clerk_app.domain.identity import Identity
from clerk_app.domain.identity_card import IdentityCard
from clerk_app.domain.mrz import TravelDocument
from clerk_app.domain.text import NameMatch, fold, nfc, same_name
from ui import language
from ui.intake.people_model import Gravity, Remark, Who, number_remarks

VIETNAM = "VNM"
PERSONAL_NUMBER = 12  # digits
translate = QCoreApplication.translate


def filled(person: Person, told: Identity, countries: Countries) -> Person:
    """Return the person with what is told; phone and e-mail stay, and what is not told stays as typed."""
    if isinstance(told, IdentityCard):
        return replace(
            person,
            kind=PersonKind.CITIZEN,
            name=nfc(told.name),
            id_number=told.number,
            birth_date=told.birth_date,
            sex=told.sex or person.sex,
            address=nfc(told.address) or person.address,
        )
    person = replace(person, birth_date=told.birth_date or person.birth_date, sex=told.sex or person.sex)
    if told.nationality == VIETNAM:
        number = told.personal_number if _is_personal(told.personal_number) else person.id_number
        kept = fold(person.name).split() == fold(told.name).split()  # typed with its accents
        name = person.name if kept else told.name
        return replace(person, kind=PersonKind.CITIZEN, name=name, id_number=number)
    country = countries.by_code(told.nationality)
    return replace(
        person,
        kind=PersonKind.FOREIGNER,
        name=told.name,
        id_number=told.number,
        nationality=country.name if country else person.nationality,
        id_expires_on=told.expires_on,
    )


def remarks_on(
    who: Who, before: Person, after: Person, told: Identity, countries: Countries
) -> tuple[Remark, ...]:
    """Return what the eye should compare: doubts of the reading, and what was typed otherwise before."""
    known = {remark.text for remark in number_remarks(who, after)}
    warnings = (language.told(text) for text in told.warnings)
    doubts = (Remark(who, "name", text, Gravity.WARNS) for text in warnings if text not in known)
    unsure = (Remark(who, name, _unsure(name), Gravity.WARNS) for name in told.doubtful)
    said = (*doubts, *unsure, *_name_remarks(who, before, after), *_other_remarks(who, before, after))
    return (
        said if isinstance(told, IdentityCard) else (*said, *_passport_remarks(who, after, told, countries))
    )


def expiry_remarks(who: Who, person: Person, today: date) -> tuple[Remark, ...]:
    """Say that a foreigner's passport or card has ended."""
    ended = person.id_expires_on
    if person.kind is not PersonKind.FOREIGNER or ended is None or ended >= today:
        return ()
    words = translate("Intake", "Giấy tờ đã hết hạn ngày {day}.").format(day=f"{ended:%d/%m/%Y}")
    return (Remark(who, "id_expires_on", words, Gravity.WARNS),)


def nationality_remarks(who: Who, person: Person, countries: Countries) -> tuple[Remark, ...]:
    """Say that nobody knows such a nationality."""
    typed = person.nationality.strip()
    if person.kind is not PersonKind.FOREIGNER or not typed or not countries.rows or countries.named(typed):
        return ()
    words = translate("Intake", "Quốc tịch “{name}” không có trong danh mục.").format(name=typed)
    return (Remark(who, "nationality", words, Gravity.WARNS),)


def _is_personal(number: str) -> bool:
    return len(number) == PERSONAL_NUMBER and number.isdecimal()


def _unsure(field: str) -> str:
    if field == "address":
        return translate("Intake", "Kiểm tra lại địa chỉ: bộ gõ tiếng Việt đã xen vào.")
    return translate("Intake", "Kiểm tra lại họ tên: bộ gõ tiếng Việt đã xen vào.")


def _name_remarks(who: Who, before: Person, after: Person) -> Iterator[Remark]:
    typed = before.name.strip()
    match same_name(typed, after.name) if typed else NameMatch.SAME:
        case NameMatch.OTHER_TONE_PLACEMENT:
            words = translate("Intake", "Tên đã nhập “{name}”: khác cách đặt dấu.").format(name=typed)
            yield Remark(who, "name", words, Gravity.NOTES)
        case NameMatch.DIFFERENT:
            words = translate("Intake", "Tên đã nhập “{name}” khác tên trên thẻ.").format(name=typed)
            yield Remark(who, "name", words, Gravity.WARNS)


def _other_remarks(who: Who, before: Person, after: Person) -> Iterator[Remark]:
    """Keep in sight what was typed in the other fields and is exchanged now."""
    typed = {
        "id_number": (before.id_number, after.id_number),
        "birth_date": (_day(before.birth_date), _day(after.birth_date)),
        "address": (before.address, after.address),
        "nationality": (before.nationality, after.nationality),
    }
    for field, (old, new) in typed.items():
        if old.strip() and nfc(old).split() != new.split():
            words = translate("Intake", "Đã nhập “{old}”, thay bằng “{new}”.").format(
                old=old.strip(), new=new
            )
            yield Remark(who, field, words, Gravity.NOTES if field == "address" else Gravity.WARNS)


def _passport_remarks(
    who: Who, after: Person, told: TravelDocument, countries: Countries
) -> Iterator[Remark]:
    if told.nationality == VIETNAM:
        if after.name == told.name:
            words = translate("Intake", "Dòng mã không có dấu tiếng Việt: gõ lại họ tên theo giấy tờ.")
            yield Remark(who, "name", words, Gravity.WARNS)
        if not _is_personal(told.personal_number):
            words = translate("Intake", "Hộ chiếu không ghi số định danh: hỏi thẻ căn cước.")
            yield Remark(who, "id_number", words, Gravity.NOTES)
    elif countries.by_code(told.nationality) is None:
        words = translate("Intake", "Không biết mã quốc tịch {code}: gõ quốc tịch như trên hộ chiếu.")
        yield Remark(who, "nationality", words.format(code=told.nationality), Gravity.WARNS)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
