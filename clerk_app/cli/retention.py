"""The command that deletes the content of a dossier on a ground: shows what goes, and does it once the code is repeated."""

import argparse

from clerk_app.cli.counter import unlocked_desk
from clerk_app.cli.outcome import Outcome
from clerk_app.cli.words import in_language, sentences
from clerk_app.errors import say
from clerk_app.services.redact_dossier import Plan, Redacted


def redact(options: argparse.Namespace) -> Outcome:
    """Without --confirm: say what would be deleted, and change nothing."""
    with unlocked_desk(options) as desk:
        if not options.confirm:
            plan = desk.redact_dossier.preview(options.code)
            return (_as_json(plan) if options.json else _as_lines(plan)), 0
        done = desk.redact_dossier(options.code, options.ground, options.ordered_by, options.confirm)
    return _told(done), 1 if done.left else 0


def _as_json(plan: Plan) -> dict[str, object]:
    return {
        "code": plan.dossier.code,
        "procedure": plan.dossier.procedure_title,
        "owner": plan.dossier.applicant.owner.name,
        "entries": len(plan.entries),
        "files": len(plan.files),
        "shared_files": len(plan.shared),
        "done": False,
    }


def _as_lines(plan: Plan) -> str:
    dossier = plan.dossier
    lines = [
        say(
            "Sẽ xóa nội dung hồ sơ {code}, {title}, của {owner}:",
            code=dossier.code,
            title=dossier.procedure_title,
            owner=dossier.applicant.owner.name or "–",
        ),
        say(
            "{entries} việc và {files} tệp, ở máy này, máy chủ trung tâm và mọi quầy; không lấy lại được.",
            entries=len(plan.entries),
            files=len(plan.files),
        ),
    ]
    if plan.shared:
        lines.append(say("{count} tệp ở lại vì hồ sơ khác cũng dùng.", count=len(plan.shared)))
    lines.append(say("Chưa xóa gì. Để xóa, chạy lại với --confirm {code}.", code=dossier.code))
    return "\n".join(in_language(line) for line in lines)


def _told(done: Redacted) -> dict[str, object]:
    return {
        "code": done.code,
        "entries": done.entries,
        "files": done.files,
        "shared_files": done.shared,
        "done": True,
        "left": [f"{told.message} {told.remedy}" for told in map(sentences, done.left)],
    }
