using System.Collections.Immutable;
using Fovea.Planning.Schedules;

namespace Fovea.Scheduler.Search.Algorithms;

/// <summary>Says which budgets P-Sigmoid spends best, and how long it looks.</summary>
internal sealed record PSigmoidOptions
{
    /// <summary>Gets the model, the largest number of vision tokens with its text, the floor and the accounting of FLOPs.</summary>
    public required ScheduleContext Context { get; init; }

    /// <summary>Gets the budgets, at least one.</summary>
    public required ImmutableArray<Budget> Budgets { get; init; }

    /// <summary>Gets the first 0-based layer that sees fewer tokens.</summary>
    /// <value>Default 3; 1 or more.</value>
    public int FirstLayer { get; init; } = ScheduleSpec.DefaultFirst;

    /// <summary>Gets the candidates of each budget, warm start and Sobol start included.</summary>
    /// <value>Default 32; 1 or more.</value>
    public int Trials { get; init; } = 32;

    /// <summary>Gets the Sobol candidates that come before expected improvement.</summary>
    /// <value>Default 8.</value>
    public int SobolTrials { get; init; } = 8;

    /// <summary>Gets the schedule whose least-squares sigmoid is the first candidate, or null for the published fit.</summary>
    public KeepRates? WarmStart { get; init; }

    /// <summary>Gets the seed.</summary>
    /// <value>Default 0.</value>
    public ulong Seed { get; init; }

    /// <summary>Gets the slopes looked at, on a logarithmic scale.</summary>
    /// <value>Default 0.02 .. 2 per layer.</value>
    public (double Low, double High) Slopes { get; init; } = (0.02, 2);

    /// <summary>Gets the amplitudes looked at.</summary>
    /// <value>Default 0.1 .. 1.5.</value>
    public (double Low, double High) Amplitudes { get; init; } = (0.1, 1.5);

    /// <summary>
    /// Gets the loss above the best so far from which candidates are not told apart any more: they are all taken for this bad.
    /// </summary>
    /// <value>Default 0.1: ten points of accuracy, or 0.1 nats.</value>
    public double RaceMargin { get; init; } = 0.1;

    /// <summary>Gets whether a trial ends once its loss is certain to be beyond <see cref="RaceMargin"/>.</summary>
    /// <value>Default true.</value>
    public bool UseRacing { get; init; } = true;
}
