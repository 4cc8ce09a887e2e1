using System.Collections.Immutable;
using Fovea.Executor.Decode;
using Fovea.Executor.Models.Layers;
using Fovea.Torch;

namespace Fovea.Executor.Calibration.Trials;

/// <summary>Asks a prompt that has run for its answer, and for the likelihood of an expected one.</summary>
internal sealed class AnswerProbe
{
    private readonly DecodeRunner _decoder;
    private readonly ImmutableArray<int> _eosIds;

    /// <summary>Asks a model.</summary>
    /// <param name="model">Runs tokens.</param>
    /// <param name="eosIds">Ids that end an answer; the first is the one that an expected answer ends with.</param>
    public AnswerProbe(ILanguageModel model, ImmutableArray<int> eosIds)
    {
        _decoder = new DecodeRunner(model);
        _eosIds = eosIds;
    }

    /// <summary>Returns the mean negative log-likelihood of the expected tokens and the end, in nats, from one step over all of them.</summary>
    /// <param name="run">Finished; its cache is as before afterwards.</param>
    /// <param name="expected">The tokens, without the end.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    public double Likelihood(PromptRun run, ImmutableArray<int> expected, CancellationToken cancellationToken)
    {
        ImmutableArray<int> targets = _eosIds.IsEmpty ? expected : expected.Add(_eosIds[0]);
        if (targets.IsEmpty)
        {
            return 0;
        }

        var sum = Distributions.LogProbability(run.Logits, targets[0]);
        if (targets.Length > 1)
        {
            using var scope = torch.NewDisposeScope();
            var given = targets.AsSpan()[..^1];
            var logits = _decoder.Steps(given, run.NextPosition, run.Plan.Positions, run.Cache, cancellationToken).ToSingleArray(); // [n, vocabulary]
            for (var row = 0; row < given.Length; row++)
            {
                var vocabulary = run.Logits.Length;
                sum += Distributions.LogProbability(logits.AsSpan(row * vocabulary, vocabulary), targets[row + 1]);
            }

            run.Rewind();
        }

        return -sum / targets.Length;
    }

    /// <summary>Generates greedily, as a served request without options would.</summary>
    /// <param name="run">Finished; its cache is as before afterwards.</param>
    /// <param name="watch">Takes the tokens.</param>
    /// <param name="maxTokens">Most tokens.</param>
    /// <param name="whole">Whether to go on when the rest of the answer does not matter any more.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    public void Generate(PromptRun run, AnswerWatch watch, int maxTokens, bool whole, CancellationToken cancellationToken)
    {
        var logits = run.Logits;
        for (var count = 1; ; count++)
        {
            var id = TokenSampler.IndexOfBest(logits);
            if (_eosIds.Contains(id))
            {
                break;
            }

            watch.Push(id);
            if (count >= maxTokens || !(whole || watch.IsOpen))
            {
                break;
            }

            using var scope = torch.NewDisposeScope();
            logits = _decoder.Step(id, run.NextPosition + count - 1, run.Plan.Positions, run.Cache, cancellationToken).ToSingleArray(); // [1, vocabulary]
        }

        watch.End();
        run.Rewind();
    }
}
