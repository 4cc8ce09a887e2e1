using System.Collections.Immutable;
using Fovea.Cli.Evaluations;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Comparison;

/// <summary>Finds VTW's layer by its published rule: the smallest whose next-token distributions stay close to the full model's.</summary>
internal static class VtwKlSearch
{
    /// <summary>First layer tried, as published.</summary>
    public const int FirstLayer = 5;

    /// <summary>Questions whose mean decides, as published.</summary>
    public const int Samples = 20;

    /// <summary>Largest mean divergence in nats, as published for LLaVA-1.5-7B.</summary>
    public const double Threshold = 0.003;

    /// <summary>Scores a withdrawal before each layer from the first one on and chooses.</summary>
    public static async Task<VtwChoice> RunAsync(
        FleetEvaluator evaluator, string setDigest, CompareSubject subject, VtwOptions options, CancellationToken cancellationToken)
    {
        var layers = subject.Shape.Layers;
        var tried = Enumerable.Range(FirstLayer, Math.Max(0, layers - FirstLayer)).Reverse().ToArray();
        ImmutableArray<Candidate> candidates = [.. tried.Select(layer => Withdrawal(layer, layers))];
        CandidateOrder.Share(candidates);
        var request = new EvaluationRequest(setDigest, options.Samples, candidates, Metric.Kl);
        var scores = await evaluator.RunAsync(request, (_, _) => { }, cancellationToken);
        var means = tried.Select((layer, index) => KeyValuePair.Create(layer, scores.Of(index).Average(score => score.Kl)))
            .ToImmutableSortedDictionary();
        return Choose(means, layers, options);
    }

    /// <summary>Returns the smallest layer whose divergence is at most the threshold.</summary>
    public static VtwChoice Choose(ImmutableSortedDictionary<int, double> means, int layers, VtwOptions options)
    {
        var close = means.Where(pair => pair.Value <= options.Threshold).Select(pair => pair.Key).ToArray();
        return new(close.Length == 0 ? layers : close[0], options.Threshold, options.Samples.Length, means);
    }

    /// <summary>Returns the candidate that has no vision tokens from a layer on.</summary>
    public static Candidate Withdrawal(int layer, int layers) =>
        CandidateBuilder.Trial(Enumerable.Range(0, layers).Select(index => index < layer ? 1.0 : 0), 0, Scorer.Last);
}
