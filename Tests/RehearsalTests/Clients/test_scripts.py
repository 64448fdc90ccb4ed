"""Every script under fixtures/scripts runs unmodified, and gets the verdict that stands beside it.

    python test_scripts.py [PART OF A NAME]...

A `.verdict` says, a line each: `options` of drydock exec; `status`; `deployments` as service and
outcome; `findings`, `refused` and `lacking` in their order; `assumed`; `elsewhere`; `needs`,
programs without which the script is left out; `command` and `arguments` around the script. A line
that is not there stands for nothing.
"""

import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("DRYDOCK", str(ROOT / ".build" / "debug" / "drydock"))
SCRIPTS = ROOT / "fixtures" / "scripts"
MOST_CALLS = 8


def expectation(path):
    """What stands in a `.verdict`; `*` where it depends on how fast the machine is."""
    lines = (line.split(":", 1) for line in path.read_text().splitlines() if line)
    return {key: value.strip() for key, value in lines}


def script(path):
    found = [one for one in path.parent.iterdir()
             if one.name in (path.stem, path.stem + ".sh", path.stem + ".py")]
    assert len(found) == 1, f"{path} belongs to one script, not to {found}"
    return found[0]


def observed(verdict, expected):
    """The verdict in the words of a `.verdict`."""
    calls = verdict["calls"]
    seen = {
        "status": str(verdict["status"]),
        "deployments": ", ".join(
            f"{one['service']} {one['outcome']}" for one in verdict["deployments"]),
        "findings": ", ".join(one["name"] for one in verdict["findings"]),
        "refused": ", ".join(one["code"] for one in calls if one["outcome"] == "refused"),
        "lacking": ", ".join(verdict["lacking"]),
        "assumed": ", ".join(f"{one['kind']} {one['name']}" for one in verdict["assumed"]),
        "elsewhere": ", ".join(one["host"] for one in verdict["elsewhere"]),
    }
    fails = [one["text"] for one in verdict["assertions"] if not one["holds"]]
    if fails:
        seen["assertions that fail"] = ", ".join(fails)
    return seen


def judge(path):
    """Runs a script; gives back what is wrong with its verdict, and how long it took."""
    expected = expectation(path)
    for need in expected.get("needs", "").split():
        if shutil.which(need) is None:
            return f"left out: needs {need}", 0, 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "verdict.json"
        command = [PROGRAM, "exec", "--json", str(file), *expected["options"].split(), "--",
                   *expected.get("command", "").split(), str(script(path)),
                   *expected.get("arguments", "").split()]
        began = time.monotonic()
        run = subprocess.run(
            command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=300)
        took = time.monotonic() - began
        if not file.exists():
            return f"no verdict: {run.stdout}{run.stderr}", took, 0
        verdict = json.loads(file.read_text())
    seen = observed(verdict, expected)
    seen["exit status"] = str(run.returncode)
    wanted = dict(expected, **{"exit status": expected["status"]})
    problems = [f"{key}: {seen.get(key, '')!r} instead of {wanted.get(key, '')!r}"
                for key in seen if wanted.get(key) != "*" and seen[key] != wanted.get(key, "")]
    number = sum(one["count"] for one in verdict["calls"])
    if path.parent.name == "mistakes" and number > MOST_CALLS:
        problems.append(f"{number} calls")
    if problems:
        problems.append(run.stdout[-4000:] + run.stderr[-2000:])
    return "\n".join(problems), took, verdict["emulatorSeconds"]


class Scripts(unittest.TestCase):
    def test_verdicts(self):
        paths = sorted([*SCRIPTS.glob("*.verdict"), *SCRIPTS.glob("*/*.verdict")])
        wanted = [one for one in sys.argv[1:] if not one.startswith("-")
                  and one not in ("test_scripts",)]
        if wanted:
            paths = [path for path in paths if any(one in str(path) for one in wanted)]
        self.assertTrue(paths)
        whole = emulator = 0
        # Each is a process of its own on a port of its own; two fit on two cores.
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for path, (problem, took, inside) in zip(paths, pool.map(judge, paths)):
                whole, emulator = whole + took, emulator + inside
                with self.subTest(path.relative_to(SCRIPTS)):
                    if problem.startswith("left out"):
                        print(f"{path.stem} is {problem}")
                        continue
                    self.assertEqual(problem, "", path.stem)
        print(f"{len(paths)} scripts: {whole:.1f} s in all, {emulator:.2f} s in the emulator")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
