"""JSON that every reader keeps the same: whole letters and plain numbers."""

import json
import math

MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader and every database keeps exactly."""


def read(data: bytes) -> object:
    """Return the value in these UTF-8 bytes; raises ValueError, also for half letters, NaN, what is too large and endless nesting."""
    text = data.decode("utf-8")
    try:
        value: object = json.loads(text, parse_constant=_refuse, parse_float=_finite)
        if "\\u" in text:  # an escape may be half a letter, which no file and no database keeps
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


def _finite(number: str) -> float:
    value = float(number)
    if math.isinf(value):  # it could be read, and never written again
        raise ValueError(f"{number} is too large")
    return value


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")
