namespace Fovea.Faults.Reports;

/// <summary>Holds what the page about faults says besides results.</summary>
internal static class FaultPage
{
    /// <summary>Gets the text before the results.</summary>
    public const string Head = """
        # Faults

        `tests/Fovea.Faults` starts real schedulers, executors and Redis as processes, loads them with requests and policy changes,
        breaks them, and writes down everything that clients, observers of the feed and operators see. Pure functions then check that
        history against ten guarantees. This page is written by `make faults`; a short run of the most telling scenarios is part of
        `make test`.

        ```
        make faults                                   # all scenarios, about an hour
        scripts/faults.sh --list
        scripts/faults.sh --scenario scheduler-kill --runs 10 --seed 42
        ```

        A run with violations leaves the logs of all processes, its history and its violations in `build/faults/SCENARIO-SEED`.

        ## How

        Every connection between two processes goes through a TCP proxy that delays, throttles, holds back, freezes, resets or harms it.
        Clients send small requests to all executors and repeat attempts that end with UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED or at their
        own deadline. Swappers change policies by compare-and-set; no two changes are alike, so that no two revisions serve
        by equal plans. Observers watch the feed as executors do and go on from what they hold when a stream ends. At the end everything has
        to come to rest at one revision. Which of several is killed first follows from the seed.

        ## Guarantees

        | guarantee | definition |
        |---|---|
        | Ordered | On one stream of the feed no update is older than one before it. |
        | Unique | On one stream no revision comes twice. |
        | Reliable | Nothing that was acknowledged is lost: at rest all schedulers stand at one revision and store the last acknowledged change of each policy or a later one; every observer holds that revision. |
        | Atomic | One (epoch, revision) is one content, whoever brings it; it holds every change acknowledged up to it and nothing of a later one. |
        | Resumable | A stream opened with what its observer holds goes on from exactly there. |
        | Bookmarkable | A heartbeat with a revision says that everything up to it was delivered, and nothing as old comes after it. |
        | NoTear | A request has one (epoch, revision, digest) from admission to its last token; the applied counts are the plan's; and the plan is the one that the planning library makes, once more, from what the store held at exactly that revision. |
        | NoRegression | A request sent after another was admitted by the same executor has its revision or a newer one; what an executor says that it has applied never gets older. |
        | ExactApplied | At rest the schedulers' list of executors says exactly what each executor says itself. |
        | OneOutcome | Every attempt ends exactly once, with exactly the tokens that were streamed; every request ends once; client and executor counts agree. |

        Besides, a request may stay unanswered after all its attempts only where a scenario says so (Served), load and swaps must go on
        again after the fault (Recovered), no process may end by itself (Alive), everything must come to rest (Rested), and what a scenario
        is about must really have happened (Happened): a fault that did nothing is a violation.

        ## Results

        """;
}
