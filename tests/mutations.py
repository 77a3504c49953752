"""Breaks the worker on purpose, one line at a time, and demands that a test turns red: `python -m tests.mutations`.

A test that stays green when what it guards is gone guards nothing. Each mutation is made in a copy of the working tree.
Prints a table row for each; ends with 1 when a mutation survived, or no longer fits the code.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
WORKER, PAGE = "static/sw.js", "static/js/lib/worker.js"


class Mutation(NamedTuple):
    """A line of the code, what becomes of it, and the tests that should notice."""

    name: str
    file: str
    old: str
    new: str
    tests: str


MUTATIONS = (
    Mutation(
        "bytes of single fetches are not compared",
        WORKER,
        "if ((await hashOf(bytes)) === hash) return bytes;\n    isPage = found;",
        "return bytes;\n    isPage = found;",
        "network_faults.py::test_a_proxy_that_writes_into_pages_is_refused_and_told",
    ),
    Mutation(
        "bytes of a pack are not compared",
        WORKER,
        "if (missing.entries.has(entry.url) && (await hashOf(bytes)) === entry.hash) await",
        "if (missing.entries.has(entry.url)) await",
        "network_faults.py::test_a_pack_with_other_bytes_is_used_only_where_it_is_right",
    ),
    Mutation(
        "what an update makes is not compared",
        WORKER,
        "if (bytes && (await hashOf(bytes)) === entry.hash) await",
        "if (bytes) await",
        "editions.py::test_a_wrong_update_is_made_good_by_what_it_should_have_brought",
    ),
    Mutation(
        "stored bytes are not compared when they are read",
        WORKER,
        "if ((await hashOf(bytes)) === hash) return bytes;\n  await (await caches",
        "return bytes;\n  await (await caches",
        "stores.py::test_a_damaged_page_without_network_is_told_not_shown",
    ),
    Mutation(
        "nothing is read back before it is called ready",
        WORKER,
        "const found = await check(",
        "const found = {}; void (",
        "stores.py::test_any_damaged_entry_is_seen_at_the_next_opening_and_mended",
    ),
    Mutation(
        "detours are followed",
        WORKER,
        'redirect: "manual"',
        'redirect: "follow"',
        "network_faults.py::test_a_detour_to_a_log_in_is_recognised",
    ),
    Mutation(
        "silence is waited for without end",
        WORKER,
        "return Promise.race([promise, over])",
        "return promise",
        "network_faults.py::test_a_network_that_falls_silent_is_given_up_and_tried_again",
    ),
    Mutation(
        "the next edition is taken while another page is open",
        WORKER,
        "if (!next || (await othersAreOpen(",
        "if (!next || void (await othersAreOpen(",
        "editions.py::test_an_open_window_keeps_its_edition_until_it_is_closed",
    ),
    Mutation(
        "the button opens it while another page is open",
        WORKER,
        "await moveOn([event.source.id])",
        "await moveOn((await self.clients.matchAll({includeUncontrolled: true})).map(({id}) => id))",
        "editions.py::test_the_button_says_why_it_waits_for_other_windows",
    ),
    Mutation(
        "a newer worker takes over at once",
        WORKER,
        "current: state.current ?? EDITION }));\n}",
        "current: state.current ?? EDITION }));\n  await self.skipWaiting();\n}",
        "editions.py::test_a_newer_worker_waits_until_no_page_is_open",
    ),
    Mutation(
        "a page does not notice that its worker was replaced",
        PAGE,
        'worker.state === "redundant" && fail(REPLACED, null);',
        "false;",
        "editions.py::test_what_was_asked_of_a_worker_that_was_replaced_is_asked_again",
    ),
    Mutation(
        "a language that is being added keeps a whole edition waiting",
        WORKER,
        "if (!isAdded && !(await isWhole(edition, part))) return false;",
        "if (!(await isWhole(edition, part))) return false;",
        "editions.py::test_a_language_that_is_being_added_keeps_no_edition_waiting",
    ),
    Mutation(
        "an edition with holes is taken",
        WORKER,
        "const isReady = await replaces(next, current, keeps);",
        "const isReady = true;",
        "editions.py::test_an_edition_with_a_hole_does_not_take_over",
    ),
    Mutation(
        "an update brings the reader's language only",
        WORKER,
        "partsOf(EDITION, isCurrent ? [locale] : keeps)",
        "partsOf(EDITION, [locale])",
        "editions.py::test_all_languages_of_the_device_come_over_together",
    ),
    Mutation(
        "the next edition is announced before it is stored",
        WORKER,
        "  const isCurrent = current.name === EDITION.name;\n",
        "  const isCurrent = current.name === EDITION.name;\n"
        "  await changeState((state) => ({ ...state, next: isCurrent ? null : EDITION }));\n",
        "editions.py::test_a_half_published_edition_leaves_the_old_one_whole",
    ),
    Mutation(
        "old entries are never forgotten",
        WORKER,
        "await store.delete(keyOf(hash));\n      lists",
        "lists",
        "editions.py::test_ten_editions_leave_no_more_than_the_last",
    ),
    Mutation(
        "a host that refuses is asked again and again",
        WORKER,
        '["altered", "missing"].includes(kindOf(error)) ? 1 : FEW + 1',
        "0",
        "network_faults.py::test_a_host_that_limits_its_rate_is_left_alone_for_a_while",
    ),
    Mutation(
        "a language is called ready without the shell",
        PAGE,
        "if (isUsable(status, locale) && done === total)",
        "if (done === total)",
        "stores.py::test_any_damaged_entry_is_seen_at_the_next_opening_and_mended",
    ),
    Mutation(
        "installing waits for everything",
        WORKER,
        'await storePart(EDITION, "shell", () => {});',
        "for (const part in EDITION.parts) await storePart(EDITION, part, () => {});",
        "firefox.py::test_a_slow_network_ends_with_a_whole_guide",
    ),
    Mutation(
        "a full device opens nothing when it cannot note the next edition",
        WORKER,
        "await moveOn(mine).catch(() => false);",
        "await moveOn(mine);",
        "editions.py::test_a_device_that_is_full_when_an_edition_should_open_keeps_the_old_one",
    ),
    Mutation(
        "a language taken off comes back by itself",
        WORKER,
        "if (!isWished && ",
        "if (false && ",
        "stores.py::test_a_language_that_is_taken_off_before_its_turn_does_not_come",
    ),
    Mutation(
        "erasing waits for the network",
        WORKER,
        "fetching.forEach((abort) => abort.abort());",
        "",
        "stores.py::test_erasing_waits_for_no_network_and_is_said_when_it_is_done",
    ),
    Mutation(
        "other windows do not hear that everything was erased",
        WORKER,
        'client.postMessage("erased");',
        "",
        "stores.py::test_another_window_stores_nothing_again_after_erasing",
    ),
)


def main() -> int:
    survivors = 0
    print("| Broken | Test that turned red |\n|---|---|")
    for mutation in MUTATIONS:
        is_caught = _is_caught(mutation)
        survivors += not is_caught
        name = mutation.tests.partition("::test_")[2]
        print(f"| {mutation.name} | {name if is_caught else '**none**'} |", flush=True)
    print(f"\n{len(MUTATIONS) - survivors} of {len(MUTATIONS)} caught.")
    return 1 if survivors else 0


def _is_caught(mutation: Mutation) -> bool:
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        tree = Path(folder) / "guide"
        _copy(tree)
        file = tree / mutation.file
        text = file.read_text(encoding="utf-8")
        if text.count(mutation.old) != 1:
            raise SystemExit(f"{mutation.file}: {mutation.old!r} must stand there once. Mend “{mutation.name}”.")
        file.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
        test = f"tests/browser/test_{mutation.tests}"
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
        result = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
        if result.returncode not in (0, 1):  # neither green nor red
            raise SystemExit(result.stdout + result.stderr)
        return result.returncode == 1


def _copy(tree: Path) -> None:
    """What the tests need, without what they would have to build again."""
    names = ("build.py", "pyproject.toml", "guide", "static", "content", "tests", "docs")
    tree.mkdir()
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)


if __name__ == "__main__":
    sys.exit(main())
