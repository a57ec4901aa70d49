"""The outage log as a spreadsheet: dates that sort, hours of Việt Nam, hashes whole."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from openpyxl import load_workbook
from openpyxl.cell import Cell

from clerk_app.domain.outage import Cause, Outage, OutageAct
from clerk_app.spreadsheet.outage_sheet import write_outages

SINCE = datetime(2026, 11, 23, 1, 42, 7, 250000, UTC)  # 08:42 in Việt Nam
DUE = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def outage(**changed: object) -> Outage:
    act = OutageAct(
        "d1",
        "H26.99.01-261123-0004",
        "=Trần Văn Được",
        "received",
        SINCE + timedelta(minutes=5),
        "ab" * 32,
        DUE,
    )
    facts = {
        "counter": "quay-03",
        "since": SINCE,
        "last_failed": SINCE + timedelta(minutes=70),
        "until": SINCE + timedelta(minutes=75),
        "lasts": False,
        "cause": Cause.NAME,
        "rounds": 40,
        "begun": "cd" * 32,
        "ended": "ef" * 32,
        "acts": (act,),
    }
    return Outage(**facts | changed)


def shown(row: Sequence[Cell]) -> list[object]:
    """Return the values of a row, moments as text."""
    values = [cell.value for cell in row]
    return [f"{each:%d/%m/%Y %H:%M:%S}" if isinstance(each, datetime) else each for each in values]


def test_an_outage_is_a_row_and_each_act_in_it_another() -> None:
    lasting = outage(until=None, lasts=True, ended="", acts=())
    data = write_outages([(outage(), "Mất mạng."), (lasting, "Mất mạng.")], SINCE + timedelta(hours=2))

    book = load_workbook(io.BytesIO(data))

    assert book.sheetnames == ["Mất kết nối", "Việc trong lúc mất kết nối"]
    first, second = (shown(row) for row in book["Mất kết nối"].iter_rows(min_row=2))
    begun, ended, asked = "23/11/2026 08:42:07", "23/11/2026 09:57:07", "23/11/2026 09:52:07"
    assert first == [1, "quay-03", begun, ended, asked, 75, "Mất mạng.", 40, 1, 1, "cd" * 32, "ef" * 32]
    assert second == [2, "quay-03", begun, None, asked, 120, "Mất mạng.", 40, 0, 0, "cd" * 32, None]
    [act] = book["Việc trong lúc mất kết nối"].iter_rows(min_row=2)
    assert shown(act) == [
        1,
        "H26.99.01-261123-0004",
        "=Trần Văn Được",
        "Tiếp nhận hồ sơ",
        "23/11/2026 08:47:07",
        "30/11/2026 17:00:00",
        "ab" * 32,
    ]
    assert act[2].data_type == "s"  # a name is never a formula


def test_a_log_without_outages_is_a_spreadsheet_with_headings() -> None:
    book = load_workbook(io.BytesIO(write_outages([], SINCE)))

    assert [cell.value for cell in book["Mất kết nối"][1]][:3] == ["Lần", "Quầy", "Mất từ"]
