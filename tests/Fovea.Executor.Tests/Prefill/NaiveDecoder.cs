using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>A decoder in plain loops and double precision, in which a dropped token is one that nobody may look at.</summary>
internal sealed class NaiveDecoder
{
    private readonly DecoderWeights _weights;
    private readonly DecoderOptions _options;

    public NaiveDecoder(DecoderWeights weights, DecoderOptions options)
    {
        _weights = weights;
        _options = options;
    }

    /// <summary>Attention probabilities [H][S][S] of a layer for rows that enter it; dead rows get none.</summary>
    public double[][][] Attention(int layer, double[][] rows, int[] positions, bool[] alive, double[]? copies = null)
    {
        var weights = _weights.Layers[layer];
        var shape = _options.Shape;
        var normed = rows.Select(row => Norm(row, weights.AttentionNorm)).ToArray();
        var queries = Heads(normed, weights.Query, shape.Heads, positions);
        var keys = Heads(normed, weights.Key, shape.KvHeads, positions);
        return [.. Enumerable.Range(0, shape.Heads).Select(head =>
        {
            var key = keys[head / (shape.Heads / shape.KvHeads)];
            return rows.Select((_, row) => Softmax(
                [.. rows.Select((_, other) => other <= row && alive[other] ? Dot(queries[head][row], key[other]) / Math.Sqrt(shape.HeadDim) + Math.Log(copies?[other] ?? 1) : double.NegativeInfinity)]))
                .ToArray();
        })];
    }

    /// <summary>Runs a layer over all rows, dead ones unseen.</summary>
    public double[][] Run(int layer, double[][] rows, int[] positions, bool[] alive, double[]? copies = null)
    {
        var weights = _weights.Layers[layer];
        var shape = _options.Shape;
        var attention = Attention(layer, rows, positions, alive, copies);
        var values = rows.Select(row => Apply(weights.Value, Norm(row, weights.AttentionNorm))).ToArray();
        return [.. rows.Select((row, index) =>
        {
            var mixed = new double[shape.QuerySize];
            for (var head = 0; head < shape.Heads; head++)
            {
                var offset = head / (shape.Heads / shape.KvHeads) * shape.HeadDim;
                for (var d = 0; d < shape.HeadDim; d++)
                {
                    mixed[(head * shape.HeadDim) + d] = Enumerable.Range(0, index + 1).Where(other => alive[other])
                        .Sum(other => attention[head][index][other] * values[other][offset + d]);
                }
            }

            var attended = Add(row, Apply(weights.Output, mixed));
            var normed = Norm(attended, weights.FeedForwardNorm);
            var up = Apply(weights.Up, normed);
            double[] gated = [.. Apply(weights.Gate, normed).Select((x, i) => x / (1 + Math.Exp(-x)) * up[i])];
            return Add(attended, Apply(weights.Down, gated));
        })];
    }

    /// <summary>Logits of a row that left the last layer.</summary>
    public double[] Head(double[] row) => Apply(_weights.Head, Norm(row, _weights.Norm));

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    public static double[] Softmax(double[] logits)
    {
        var largest = logits.Max();
        if (double.IsNegativeInfinity(largest))
        {
            return new double[logits.Length]; // a dead row before anything alive
        }

        double[] powers = [.. logits.Select(logit => Math.Exp(logit - largest))];
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private double[][][] Heads(double[][] normed, Linear linear, int heads, int[] positions)
    {
        var size = _options.Shape.HeadDim;
        return [.. Enumerable.Range(0, heads).Select(head => normed
            .Select((row, index) => Turn(Apply(linear, row)[(head * size)..((head + 1) * size)], positions[index])).ToArray())];
    }

    private double[] Turn(double[] x, int position)
    {
        var half = x.Length / 2;
        var turned = new double[x.Length];
        for (var i = 0; i < half; i++)
        {
            var (sin, cos) = Math.SinCos(position * (double)_options.InverseFrequencies[i]);
            turned[i] = (x[i] * cos) - (x[i + half] * sin);
            turned[i + half] = (x[i + half] * cos) + (x[i] * sin);
        }

        return turned;
    }

    private double[] Norm(double[] row, Tensor weight)
    {
        var scale = 1 / Math.Sqrt((row.Sum(x => x * x) / row.Length) + _options.NormEpsilon);
        var weights = weight.ToSingleArray();
        return [.. row.Select((x, i) => x * scale * weights[i])];
    }

    private static double[] Apply(Linear linear, double[] x)
    {
        var weight = linear.Weight.ToSingleArray();
        return [.. Enumerable.Range(0, weight.Length / x.Length).Select(row => x.Select((value, i) => value * weight[(row * x.Length) + i]).Sum())];
    }

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
