#!/usr/bin/env python3
"""Adds up the test results below a folder and says what failed and what was skipped, and why.

The folder holds `projects` (name and exit status of each run), NAME.log and NAME/NAME.trx.
"""
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

NAMESPACE = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}
LOG_TAIL = 40


def message(result):
    """The result's error message, or what it printed."""
    for path in ("t:Output/t:ErrorInfo/t:Message", "t:Output/t:StdOut"):
        found = result.find(path, NAMESPACE)
        if found is not None and found.text:
            return found.text.strip()
    return "no reason given"


def stack(result):
    """The result's stack trace, or nothing."""
    found = result.find("t:Output/t:ErrorInfo/t:StackTrace", NAMESPACE)
    return found.text.rstrip() if found is not None and found.text else ""


def read_results(path):
    """All results of a trx file; None when it is missing or broken."""
    try:
        return ElementTree.parse(path).getroot().findall("t:Results/t:UnitTestResult", NAMESPACE)
    except (OSError, ElementTree.ParseError):
        return None


def report_failed(result):
    """Prints one failed test."""
    print(f"FAILED {result.get('testName')}\n  {message(result)}")
    if stack(result):
        print(stack(result))


def report_broken(folder, name, why):
    """Prints the end of a run that left no result."""
    print(f"FAILED {name}: {why}")
    log = folder / f"{name}.log"
    if log.exists():
        print("\n".join("  " + line for line in log.read_text(errors="replace").splitlines()[-LOG_TAIL:]))


def count(folder, name, status):
    """(passed, failed, skipped) of one project."""
    results = read_results(folder / name / f"{name}.trx")
    if not results:
        report_broken(folder, name, f"no test result (exit status {status})")
        return 0, 1, 0
    passed = sum(r.get("outcome") == "Passed" for r in results)
    skipped = [r for r in results if r.get("outcome") == "NotExecuted"]
    failed = [r for r in results if r.get("outcome") not in ("Passed", "NotExecuted")]
    for result in failed:
        report_failed(result)
    for result in skipped:
        print(f"SKIPPED {result.get('testName')}: {message(result)}")
    broken = status != 0 and not failed
    if broken:
        report_broken(folder, name, f"the run ended with status {status} (crash or hang)")
    return passed, len(failed) + broken, len(skipped)


def main():
    folder = Path(sys.argv[1])
    totals = [0, 0, 0]
    for line in (folder / "projects").read_text().splitlines():
        name, status = line.split()
        counts = count(folder, name, int(status))
        totals = [total + part for total, part in zip(totals, counts)]
        print(f"{name}: {counts[0]} passed, {counts[1]} failed, {counts[2]} skipped")
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or passed == 0 else 0


sys.exit(main())
