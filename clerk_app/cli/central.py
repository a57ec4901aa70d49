"""The command that runs the reference central system; it loads nothing of a counter."""

import argparse
import errno
import signal
import sys
import threading

from clerk_app.cli.outcome import Outcome
from clerk_app.domain.record import as_json
from clerk_app.errors import OfficeError
from clerk_app.places import central_folder


class PortTaken(OfficeError):
    message = "Cổng {port} của máy này đang có chương trình khác dùng."
    remedy = "Chọn cổng khác bằng --port, hoặc --port 0 để lấy cổng trống bất kỳ."


class CentralNotInstalled(OfficeError):
    message = "Máy này chưa cài phần máy chủ trung tâm mẫu."
    remedy = "Cài thêm phần mở rộng “central” của chương trình (FastAPI, uvicorn) rồi chạy lại."


def central(options: argparse.Namespace) -> Outcome:
    """Run the reference central system until it is stopped; its first line is the address where it answers."""
    if options.with_parent:
        threading.Thread(target=_end_with_parent, daemon=True).start()

    def tell(port: int) -> None:
        print(f"{'https' if options.certificate else 'http'}://{options.host}:{port}", flush=True)

    try:
        # Deferred: a counter has no web server installed.
        from clerk_app.services.serve_central import Address, serve_central  # noqa: PLC0415 - see above

        at = (options.host, options.port, options.issuer, options.certificate, options.key, options.writers)
        where = (central_folder(options.data), Address(*at), options.database)
        serve_central(*where, tell, options.workers, options.upstream)
    except ModuleNotFoundError as missing:
        raise CentralNotInstalled from missing
    except OSError as refused:
        if refused.errno != errno.EADDRINUSE:
            raise
        raise PortTaken(port=options.port) from refused
    return None, 0


def enrol_hub(options: argparse.Namespace) -> Outcome:
    """Enrol a ward's hub at a central, and write the file that makes a PC of the ward this hub."""
    from clerk_app.services.hub_house import enrol_hub as enrol  # noqa: PLC0415 - as above

    device = enrol(central_folder(options.into), options.file, options.unit, options.database)
    return {"device": device, "file": str(options.file)}, 0


def backup(options: argparse.Namespace) -> Outcome:
    """Copy the database of a central to a new file, while it runs."""
    from clerk_app.services.central_house import back_up_central  # noqa: PLC0415 - as above

    count = back_up_central(central_folder(options.into), options.file, options.database)
    return {"file": str(options.file), "entries": count}, 0


def restored(options: argparse.Namespace) -> Outcome:
    """Begin a new life of a central whose database was put back from a backup."""
    from clerk_app.services.central_house import begin_new_life  # noqa: PLC0415 - as above

    return {"epoch": begin_new_life(central_folder(options.into), options.database, options.backup)}, 0


def alarms(options: argparse.Namespace) -> Outcome:
    """Tell what a central, or a hub, has noticed and a person must look at; exit code 1 while something waits."""
    from clerk_app.services.central_alarms import list_alarms  # noqa: PLC0415 - as above
    from clerk_app.services.central_enrolment import CentralPlace  # noqa: PLC0415 - as above

    place = CentralPlace(central_folder(options.into), options.database)
    is_hub, found = list_alarms(place, settled=options.all)
    waits = any(not each.settled_at for each in found)
    return {"hub": is_hub, "alarms": [as_json(each) for each in found]}, int(waits)


def _end_with_parent() -> None:
    """Wait for whoever started us to close our standard input, then stop as by Ctrl+C."""
    while sys.stdin.buffer.read(1):
        continue
    signal.raise_signal(signal.SIGINT)
