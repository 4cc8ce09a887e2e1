using System.Collections.Immutable;
using System.Diagnostics;
using Fovea.Executor.Cache;
using Fovea.Executor.Models.Layers;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Torch;

namespace Fovea.Executor.Prefill;

/// <summary>Measures prefills of a randomly weighted model: full and pruned in turn, in one process.</summary>
/// <remarks>The prompt is <see cref="LeadingText"/> text rows, the vision tokens, then the remaining text.</remarks>
internal sealed class PrefillBench : IDisposable
{
    /// <summary>Text rows before the vision tokens.</summary>
    public const int LeadingText = 8;

    private readonly DecoderModel _model;
    private readonly IDisposable _weights;
    private readonly Tensor _embeddings; // [S, C]
    private readonly ImmutableArray<VisionSpan> _spans;

    /// <summary>Builds the model and a random prompt.</summary>
    public PrefillBench(DecoderOptions options, int visionTokens, int textTokens, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(textTokens, LeadingText);
        torch.tune_malloc();
        _model = RandomDecoder.Create(options, seed, out _weights);
        _spans = [new VisionSpan(LeadingText, visionTokens)];
        using var weights = new RandomWeights(options, seed + 1);
        _embeddings = weights.Matrix(visionTokens + textTokens, options.Shape.HiddenSize, 1.0).clone().DetachFromDisposeScope();
    }

    /// <summary>Runs one prefill.</summary>
    /// <param name="counts">Vision tokens of each layer [L].</param>
    /// <param name="scorer">What ranks them.</param>
    public PrefillRun Run(ImmutableArray<int> counts, TokenScorer scorer)
    {
        using var mode = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var vision = _spans[0].Length;
        var plan = KeepPlan.Full("bench", "random", counts.Length, vision) with { Schedule = "bench", Counts = counts, Scorer = scorer };
        var text = (int)_embeddings.shape[0] - vision;
        var cpu = Environment.CpuUsage.TotalTime;
        var begun = Stopwatch.GetTimestamp();
        using var cache = KvCache.Allocate(_model.Shape, plan, text, _model.DType, _model.Device);
        using var result = new PrefillRunner(_model).Run(new PrefillInput(_embeddings, _spans, plan), cache, CancellationToken.None);
        var check = result.Logits.ToSingleArray().Max();
        return new PrefillRun(Stopwatch.GetElapsedTime(begun), Environment.CpuUsage.TotalTime - cpu, result.Ranking, check);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _embeddings.Dispose();
        _model.Dispose();
        _weights.Dispose();
    }
}
