"""Measure and write `bench/results/latest.json`: `python -m bench [KEY ...]`."""

import json
import sys
from pathlib import Path

from bench import archive_intake, archive_search, batch, intake, line, sign_large, sign_one, start, verify_one
from bench.figure import Bench, as_row

BENCHES = (
    Bench("start.first_paint_cpu", start.first_paint_cpu),
    Bench("start.memory", start.memory),
    Bench("sign.one_cpu", sign_one.one_cpu),
    Bench("sign.one_vs_text_stamp", sign_one.against_text_stamp),
    Bench("sign.one_vs_pdfbox", sign_one.against_pdfbox),
    Bench("sign.100mb_cpu", sign_large.cost_of_100_mb),
    Bench("verify.one", verify_one.verify_one),
    Bench("sign.batch_rate", batch.batch_rate),
    Bench("intake.last_page_to_signed", intake.last_page_to_signed),
    Bench("archive.search_p95_100k", archive_search.search_p95_100k),
    Bench("archive.search_p95_1m", archive_search.search_p95_1m),
    Bench("archive.growth_search", archive_search.growth_search),
    Bench("archive.growth_search_whole", archive_search.growth_search_whole),
    Bench("archive.growth_intake", archive_intake.growth_intake),
    Bench("sync.drain_10mbps", line.drain_10mbps),
    Bench("sync.drain_1mbps_lossy", line.drain_1mbps_lossy),
    Bench("sync.idle_bytes", line.idle_bytes),
)
RESULTS = Path(__file__).parent / "results" / "latest.json"


def main(wanted: list[str]) -> int:
    """Measure the wanted keys (all if none is named); keep the other rows as they were."""
    unknown = set(wanted) - {bench.key for bench in BENCHES}
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(bench.key for bench in BENCHES)}")
        return 2
    rows = {row["key"]: row for row in json.loads(RESULTS.read_text("utf-8"))} if RESULTS.exists() else {}
    for bench in BENCHES:
        if wanted and bench.key not in wanted:
            continue
        row = as_row(bench.key, bench.measure())
        rows[bench.key] = row
        print("{key}: ours {ours} {unit}, yardstick {yardstick}, ratio {ratio} ({min}-{max})".format(**row))
    RESULTS.parent.mkdir(exist_ok=True)
    ordered = [rows[bench.key] for bench in BENCHES if bench.key in rows]
    RESULTS.write_text(json.dumps(ordered, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
