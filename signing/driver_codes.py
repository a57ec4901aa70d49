"""What a driver's return codes mean here: the one table, for the child that meets them and the page that explains them.

A code is known by the class that the driver's binding gives it, or by its number where the binding has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from signing.wire import Fault


@dataclass(frozen=True, slots=True)
class DriverCode:
    """One return code of PKCS#11 (without CKR_) and the fault that it is to us."""

    name: str
    number: int
    fault: Fault
    binding: str = ""  # class in the binding; empty: it only tells the number


CODES = (
    DriverCode("PIN_INCORRECT", 0xA0, Fault.PIN_INCORRECT, "PinIncorrect"),
    DriverCode("PIN_INVALID", 0xA1, Fault.PIN_INVALID, "PinInvalid"),
    DriverCode("PIN_LEN_RANGE", 0xA2, Fault.PIN_LENGTH, "PinLenRange"),
    DriverCode("PIN_EXPIRED", 0xA3, Fault.PIN_EXPIRED, "PinExpired"),
    DriverCode("PIN_LOCKED", 0xA4, Fault.PIN_LOCKED, "PinLocked"),
    DriverCode("USER_PIN_NOT_INITIALIZED", 0x102, Fault.PIN_UNSET, "UserPinNotInitialized"),
    DriverCode("USER_ALREADY_LOGGED_IN", 0x100, Fault.TOKEN_TAKEN, "UserAlreadyLoggedIn"),
    DriverCode("USER_ANOTHER_ALREADY_LOGGED_IN", 0x104, Fault.TOKEN_TAKEN, "AnotherUserAlreadyLoggedIn"),
    DriverCode("USER_TOO_MANY_TYPES", 0x105, Fault.TOKEN_TAKEN, "UserTooManyTypes"),
    DriverCode("SESSION_COUNT", 0xB1, Fault.TOKEN_TAKEN, "SessionCount"),
    DriverCode("USER_NOT_LOGGED_IN", 0x101, Fault.LOGGED_OUT, "UserNotLoggedIn"),
    DriverCode("OPERATION_ACTIVE", 0x90, Fault.TOKEN_STUCK, "OperationActive"),
    DriverCode("OPERATION_NOT_INITIALIZED", 0x91, Fault.TOKEN_STUCK, "OperationNotInitialized"),
    DriverCode("FUNCTION_CANCELED", 0x50, Fault.PIN_PAD_CANCELLED, "FunctionCancelled"),
    DriverCode("FUNCTION_REJECTED", 0x200, Fault.PIN_PAD_CANCELLED, "FunctionRejected"),
    DriverCode("DEVICE_ERROR", 0x30, Fault.DEVICE_ERROR, "DeviceError"),
    DriverCode("DEVICE_MEMORY", 0x31, Fault.TOKEN_MEMORY, "DeviceMemory"),
    DriverCode("DEVICE_REMOVED", 0x32, Fault.TOKEN_REMOVED, "DeviceRemoved"),
    DriverCode("TOKEN_NOT_PRESENT", 0xE0, Fault.TOKEN_REMOVED, "TokenNotPresent"),
    DriverCode("TOKEN_NOT_RECOGNIZED", 0xE1, Fault.TOKEN_REMOVED, "TokenNotRecognised"),
    DriverCode("SESSION_HANDLE_INVALID", 0xB3, Fault.TOKEN_REMOVED, "SessionHandleInvalid"),
    DriverCode("SESSION_CLOSED", 0xB0, Fault.TOKEN_REMOVED, "SessionClosed"),
    DriverCode("HOST_MEMORY", 0x02, Fault.HOST_MEMORY, "HostMemory"),
    DriverCode("KEY_FUNCTION_NOT_PERMITTED", 0x68, Fault.KEY_NOT_PERMITTED),
    DriverCode("KEY_TYPE_INCONSISTENT", 0x63, Fault.MECHANISM, "KeyTypeInconsistent"),
    DriverCode("KEY_SIZE_RANGE", 0x62, Fault.MECHANISM, "KeySizeRange"),
    DriverCode("MECHANISM_INVALID", 0x70, Fault.MECHANISM, "MechanismInvalid"),
    DriverCode("MECHANISM_PARAM_INVALID", 0x71, Fault.MECHANISM, "MechanismParamInvalid"),
    DriverCode("DATA_INVALID", 0x20, Fault.DATA_REFUSED, "DataInvalid"),
    DriverCode("DATA_LEN_RANGE", 0x21, Fault.DATA_REFUSED, "DataLenRange"),
    DriverCode("GENERAL_ERROR", 0x05, Fault.TOKEN_ERROR, "GeneralError"),
    DriverCode("FUNCTION_FAILED", 0x06, Fault.TOKEN_ERROR, "FunctionFailed"),
)
BY_BINDING: Mapping[str, DriverCode] = {each.binding: each for each in CODES if each.binding}
BY_NUMBER: Mapping[int, DriverCode] = {each.number: each for each in CODES}


def fault_of(binding: str, words: str) -> tuple[Fault, str]:
    """Return the fault behind what the binding raised, and the code to show: a number where no name is known.

    Of its words only a number is read: a driver's own text stays behind.
    """
    known = BY_BINDING.get(binding)
    if known is None:
        number = _number(words)
        known = BY_NUMBER.get(number) if number is not None else None
        if known is None:
            return Fault.TOKEN_ERROR, binding if number is None else f"0x{number:X}"
    return known.fault, f"CKR_{known.name}"


def _number(words: str) -> int | None:
    head, found, digits = words.rpartition("0x")
    try:
        return int(digits, 16) if found and head.endswith(" ") else None
    except ValueError:
        return None
