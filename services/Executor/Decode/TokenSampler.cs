using System.Buffers;

namespace Fovea.Executor.Decode;

/// <summary>
/// Draws the tokens of one sequence: temperature, then the best k, then the smallest set of share p, then one of these by chance.
/// </summary>
/// <remarks>Serves one sequence on one thread. Of equal logits the lower id comes first everywhere.</remarks>
internal sealed class TokenSampler
{
    private readonly SamplingOptions _options;
    private readonly SeededGenerator _generator;

    /// <summary>Draws by valid <paramref name="options"/>, starting the sequence of their seed.</summary>
    public TokenSampler(SamplingOptions options)
    {
        _options = options;
        _generator = new SeededGenerator(options.Seed);
    }

    /// <summary>The next token for logits [V]; throws <see cref="LogitsException"/> when one is not a number or none is finite.</summary>
    public SampledToken Sample(ReadOnlySpan<float> logits)
    {
        var best = IndexOfBest(logits);
        var id = _options.Temperature == 0 || _options.TopK == 1 ? best : Draw(logits, logits[best]);
        if (_options.LogProbs is not { } count)
        {
            return new SampledToken(id);
        }

        var normalizer = LogSumExp(logits, logits[best]);
        return new SampledToken(id)
        {
            LogProb = logits[id] - normalizer,
            Alternatives = [.. Candidates.Best(logits, count).Select(candidate => new TokenLogProb(candidate.Id, candidate.Logit - normalizer))],
        };
    }

    /// <summary>The first of the largest logits; throws <see cref="LogitsException"/> when one is not a number or none is finite.</summary>
    public static int IndexOfBest(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var id = 0; id < logits.Length; id++)
        {
            if (float.IsNaN(logits[id]) || float.IsPositiveInfinity(logits[id]))
            {
                throw new LogitsException($"The logit of token {id} is {logits[id]}");
            }

            if (logits[id] > logits[best])
            {
                best = id;
            }
        }

        if (logits.IsEmpty || float.IsNegativeInfinity(logits[best]))
        {
            throw new LogitsException($"None of {logits.Length} logits is finite");
        }

        return best;
    }

    private static double LogSumExp(ReadOnlySpan<float> logits, double largest)
    {
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - largest);
        }

        return largest + Math.Log(sum);
    }

    private int Draw(ReadOnlySpan<float> logits, double largest)
    {
        if (_options.TopK > 0 && _options.TopK < logits.Length)
        {
            var best = Candidates.Best(logits, _options.TopK);
            var bestWeights = Array.ConvertAll(best, candidate => Weight(candidate.Logit, largest));
            return best[DrawRanked(bestWeights, bestWeights.Sum())].Id;
        }

        var weights = ArrayPool<double>.Shared.Rent(logits.Length);
        try
        {
            var total = 0.0;
            for (var id = 0; id < logits.Length; id++)
            {
                weights[id] = Weight(logits[id], largest);
                total += weights[id];
            }

            var all = weights.AsSpan(0, logits.Length);
            return _options.TopP < 1 ? DrawNucleus(logits, all, total) : DrawIndex(all, total);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(weights);
        }
    }

    private double Weight(float logit, double largest) => Math.Exp((logit - largest) / _options.Temperature);

    private int DrawNucleus(ReadOnlySpan<float> logits, ReadOnlySpan<double> weights, double total)
    {
        // All below this weight together weigh less than 1 - p, so the nucleus lies among the others and only these need an order.
        var floor = (1 - _options.TopP) * total / weights.Length;
        var likely = new List<Candidate>();
        for (var id = 0; id < weights.Length; id++)
        {
            if (weights[id] >= floor)
            {
                likely.Add(new Candidate(id, logits[id]));
            }
        }

        likely.Sort(Candidates.Compare);
        var ranked = new double[likely.Count];
        for (var rank = 0; rank < ranked.Length; rank++)
        {
            ranked[rank] = weights[likely[rank].Id];
        }

        return likely[DrawRanked(ranked, total)].Id;
    }

    /// <summary>
    /// Draws among the first weights, largest first, that reach the share p of <paramref name="total"/>; returns the rank.
    /// </summary>
    private int DrawRanked(ReadOnlySpan<double> ranked, double total)
    {
        var count = 0;
        var share = 0.0;
        while (count < ranked.Length && (count == 0 || share < _options.TopP * total))
        {
            share += ranked[count++];
        }

        return DrawIndex(ranked[..count], share);
    }

    private int DrawIndex(ReadOnlySpan<double> weights, double total)
    {
        var target = _generator.NextDouble() * total;
        var last = 0;
        for (var index = 0; index < weights.Length; index++)
        {
            if (weights[index] <= 0)
            {
                continue;
            }

            last = index;
            target -= weights[index];
            if (target < 0)
            {
                break;
            }
        }

        return last;
    }
}
