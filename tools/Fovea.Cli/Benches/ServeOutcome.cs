using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Benches;

/// <summary>Is what became of one request of a load.</summary>
/// <param name="Name">Kind of end: <c>completed</c>, <c>unsent</c>, or the status in lower case.</param>
/// <param name="Latency">Seconds from its arrival to its end.</param>
internal sealed record ServeOutcome(string Name, double Latency)
{
    /// <summary>Names a whole answer.</summary>
    public const string Completed = "completed";

    /// <summary>Names a request that was not sent because too many were under way.</summary>
    public const string Unsent = "unsent";

    /// <summary>Gets the seconds from its arrival to the first text; null without any.</summary>
    public double? FirstText { get; init; }

    /// <summary>Gets the end of the answer; null unless complete.</summary>
    public Done? Done { get; init; }

    /// <summary>Gets the executor that admitted it; empty when none did.</summary>
    public string Executor { get; init; } = string.Empty;

    /// <summary>Gets whether the answer is the expected one.</summary>
    public bool IsRight { get; init; }

    /// <summary>Gets the milliseconds after which it may be tried again, as its refusal says; null when it says nothing.</summary>
    public double? PushBack { get; init; }

    /// <summary>Gets whether the answer is complete.</summary>
    public bool IsCompleted => Done is not null;

    /// <summary>Gets the mean over the layers of the share of vision tokens kept; 1 without any.</summary>
    public double MeanKeep => Done is { Usage.VisionTokens: > 0, AppliedCounts.Count: > 0 } done
        ? done.AppliedCounts.Sum() / ((double)done.AppliedCounts.Count * done.Usage.VisionTokens)
        : 1;

    /// <summary>Returns the name of a status.</summary>
    public static string NameOf(StatusCode code) =>
        string.Concat(code.ToString().Select((letter, index) => char.IsUpper(letter) && index > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
