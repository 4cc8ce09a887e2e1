using System.Buffers;

namespace Fovea.Executor.Decode;

/// <summary>Draws the tokens of one sequence: temperature, then the best k, then the smallest set of share p, then one of these by chance.</summary>
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
        var candidates = _options.TopK > 0 && _options.TopK < logits.Length
            ? Candidates.Best(logits, _options.TopK)
            : Candidates.All(logits);
        var weights = ArrayPool<double>.Shared.Rent(candidates.Length);
        try
        {
            var used = weights.AsSpan(0, candidates.Length);
            var total = 0.0;
            for (var index = 0; index < used.Length; index++)
            {
                used[index] = Math.Exp((candidates[index].Logit - largest) / _options.Temperature);
                total += used[index];
            }

            return _options.TopP < 1 ? DrawNucleus(candidates, used, total) : DrawFrom(candidates, used, total);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(weights);
        }
    }

    private int DrawNucleus(Candidate[] candidates, ReadOnlySpan<double> weights, double total)
    {
        // All below this weight together weigh less than 1 - p, so the nucleus lies among the others and only these need an order.
        var floor = (1 - _options.TopP) * total / weights.Length;
        var likely = new List<(Candidate Candidate, double Weight)>();
        for (var index = 0; index < weights.Length; index++)
        {
            if (weights[index] >= floor)
            {
                likely.Add((candidates[index], weights[index]));
            }
        }

        likely.Sort(static (a, b) => Candidates.Compare(a.Candidate, b.Candidate));
        var count = 0;
        var share = 0.0;
        while (count < likely.Count && (count == 0 || share < _options.TopP * total))
        {
            share += likely[count++].Weight;
        }

        var kept = likely[..count];
        return DrawFrom([.. kept.Select(static item => item.Candidate)], [.. kept.Select(static item => item.Weight)], share);
    }

    private int DrawFrom(Candidate[] candidates, ReadOnlySpan<double> weights, double total)
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

        return candidates[last].Id;
    }
}
