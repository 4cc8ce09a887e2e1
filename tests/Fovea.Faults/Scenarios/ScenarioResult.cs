using System.Collections.Immutable;
using Fovea.Faults.Validators;

namespace Fovea.Faults.Scenarios;

/// <summary>What one run of a scenario has shown.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Verdicts">Verdict of each validator.</param>
internal sealed record ScenarioResult(Scenario Scenario, int Seed, ImmutableArray<Verdict> Verdicts)
{
    /// <summary>Gets the requests of clients.</summary>
    public int Requests { get; init; }

    /// <summary>Gets the attempts that they took.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets the requests that were given up.</summary>
    public int Unanswered { get; init; }

    /// <summary>Gets the attempts that failed after they were admitted.</summary>
    public int Broken { get; init; }

    /// <summary>Gets the time from the first attempt of a request to its answer, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Latencies { get; init; } = [];

    /// <summary>Gets the answers by plans that executors made themselves.</summary>
    public int Stale { get; init; }

    /// <summary>Gets the changes of policies that were acknowledged.</summary>
    public int Swaps { get; init; }

    /// <summary>Gets the snapshots that observers were sent.</summary>
    public int Updates { get; init; }

    /// <summary>Gets the time from the acknowledgement of a change until the last observer held it, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Lags { get; init; } = [];

    /// <summary>Gets why the run broke off; empty when it did not.</summary>
    public string Error { get; init; } = string.Empty;

    /// <summary>Gets whether everything came to rest in time.</summary>
    public bool HasRested { get; init; }

    /// <summary>Gets whether requests were answered and changes acknowledged before the fault and after it.</summary>
    public bool HasRecovered { get; init; }

    /// <summary>Gets the processes that have ended by themselves.</summary>
    public ImmutableArray<string> Dead { get; init; } = [];

    /// <summary>Gets what the scenario is about and did not happen.</summary>
    public IReadOnlyList<string> Missed { get; init; } = [];

    /// <summary>Gets the statuses of failed attempts, with how often each came.</summary>
    public ImmutableSortedDictionary<string, int> Failures { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Gets the statuses of changes that were not acknowledged, with how often each came.</summary>
    public ImmutableSortedDictionary<string, int> Refusals { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Gets all violations, those of the scenario's own bounds included.</summary>
    public IReadOnlyList<Violation> Violations =>
    [
        .. Verdicts.SelectMany(verdict => verdict.Violations),
        .. Scenario.MaxUnanswered < Unanswered ? new[] { new Violation("Served", 0, $"{Unanswered} requests stayed unanswered, at most {Scenario.MaxUnanswered} may") } : [],
        .. Scenario.MaxBroken < Broken ? new[] { new Violation("Whole", 0, $"{Broken} answers broke off after their admission, at most {Scenario.MaxBroken} may") } : [],
        .. Error.Length > 0 ? new[] { new Violation("Ran", 0, $"the run broke off: {Error}") } : [],
        .. Dead.Select(name => new Violation("Alive", 0, $"{name} has ended by itself")),
        .. Missed.Select(what => new Violation("Happened", 0, $"not so: {what}")),
        .. HasRecovered ? Array.Empty<Violation>() : [new Violation("Recovered", 0, "before or after the fault no request was answered or no change acknowledged in time")],
        .. HasRested ? Array.Empty<Violation>() : [new Violation("Rested", 0, "schedulers, executors and observers did not come to stand at one revision")],
    ];

    private double Slowest => Lags.Count > 0 ? Lags[^1].TotalSeconds : 0;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Scenario.Name} seed {Seed}: {Requests} requests in {Attempts} attempts, {Unanswered} unanswered, {Stale} stale, {Swaps} swaps, {Updates} updates (slowest {Slowest:0.00} s), "
        + $"failures [{Text(Failures)}], swaps refused [{Text(Refusals)}], {Violations.Count} violations";

    private static string Text(ImmutableSortedDictionary<string, int> statuses) => string.Join(", ", statuses.Select(status => $"{status.Key} {status.Value}"));
}
