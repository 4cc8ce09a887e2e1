using Fovea.Planning.Schedules;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

/// <summary>Scores candidates by a rule on their counts, a few samples at a time, in the order of the samples or at random.</summary>
internal sealed class OracleEvaluator : ITrialEvaluator
{
    private readonly int _visionTokens;
    private readonly Func<int[], int, double> _loss;
    private readonly Random? _order;

    public OracleEvaluator(int samples, int visionTokens, Func<int[], int, double> loss, Random? order = null) =>
        (Samples, _visionTokens, _loss, _order) = (samples, visionTokens, loss, order);

    public int Samples { get; }

    /// <summary>Gets the candidates scored, in order.</summary>
    public List<TrialRequest> Requests { get; } = [];

    public List<int[]> Counts { get; } = [];

    public long Scored { get; private set; }

    /// <summary>Makes the oracle whose samples are right where each layer has its essential count; some are wrong anyway.</summary>
    public static OracleEvaluator OfEssentials(int visionTokens, int[][] essentials, Random? order = null) =>
        new(essentials.Length, visionTokens, (counts, sample) => counts.Zip(essentials[sample]).All(layer => layer.First >= layer.Second) ? 0 : 1, order);

    public Task<TrialScores> EvaluateAsync(TrialRequest request, Func<TrialScores, bool>? isDecided, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Requests.Add(request);
        int[] counts = [.. KeepCounts.From(request.Rates, _visionTokens, 0)];
        Counts.Add(counts);
        int[] order = [.. Enumerable.Range(0, Samples)];
        _order?.Shuffle(order);
        var losses = Enumerable.Repeat(double.NaN, Samples).ToArray();
        var scores = new TrialScores([.. losses], 0);
        for (var done = 0; done < Samples;)
        {
            var batch = Math.Min(_order?.Next(1, 5) ?? 1, Samples - done);
            foreach (var sample in order.AsSpan(done, batch))
            {
                losses[sample] = _loss(counts, sample);
            }

            done += batch;
            Scored += batch;
            scores = new([.. losses], (long)done * (counts.Length - request.SharedLayers));
            if (isDecided?.Invoke(scores) == true)
            {
                break;
            }
        }

        return Task.FromResult(scores);
    }
}
