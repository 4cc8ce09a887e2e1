using System.Collections.Immutable;
using Fovea.Contracts.Calibration;
using Fovea.Executor.Calibration;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Doubles;
using Fovea.Executor.Text;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Torch;
using Fovea.Torch.Images;

namespace Fovea.Executor.Tests.Calibration;

/// <summary>What is reused changes nothing, on the demo checkpoint in fp32.</summary>
[Collection(nameof(TensorCollection))]
public sealed class PrefixReuseTests
{
    private const TrialMetrics All = TrialMetrics.Accuracy | TrialMetrics.Agreement | TrialMetrics.Nll | TrialMetrics.Kl;

    // As G-Search asks: three full layers, then layer by layer from shallow to deep; sharing grows, jumps, and once goes back.
    private static readonly (int Shared, int[] Counts)[] Candidates =
    [
        (3, [256, 256, 256, 128, 128, 128, 128, 128, 128, 128, 128, 128]),
        (3, [256, 256, 256, 192, 192, 192, 192, 192, 192, 192, 192, 192]),
        (3, [256, 256, 256, 132, 132, 132, 132, 132, 132, 132, 132, 132]),
        (4, [256, 256, 256, 132, 66, 66, 66, 66, 66, 66, 66, 66]),
        (4, [256, 256, 256, 132, 109, 109, 109, 109, 109, 109, 109, 109]),
        (6, [256, 256, 256, 132, 109, 50, 50, 50, 50, 50, 50, 50]),
        (6, [256, 256, 256, 132, 109, 50, 20, 20, 10, 5, 0, 0]),
        (4, [256, 256, 256, 140, 109, 50, 20, 20, 10, 5, 0, 0]),
        (12, [256, 256, 256, 140, 109, 50, 0, 0, 0, 0, 0, 0]),
        (12, [256, 256, 256, 140, 109, 50, 0, 0, 0, 0, 0, 0]),
    ];

    [Theory]
    [InlineData(nameof(TokenScorer.Instruction), nameof(PositionMode.Keep))]
    [InlineData(nameof(TokenScorer.Last), nameof(PositionMode.Renumber))]
    [InlineData(nameof(TokenScorer.NextLast), nameof(PositionMode.Keep))]
    [InlineData(nameof(TokenScorer.Raters), nameof(PositionMode.Keep))]
    [InlineData(nameof(TokenScorer.Random), nameof(PositionMode.Renumber))]
    public void Run_DescendingCandidates_EveryBitIsThatOfThePlainRun(string scorer, string positions)
    {
        using var bench = new Bench();
        using var plain = new TrialDesk(new CalibrationOptions());
        using var reused = new TrialDesk(new CalibrationOptions());
        var (plainForwards, reusedForwards) = (0, 0);

        foreach (var candidate in Candidates)
        {
            var schedule = Schedule(candidate.Counts, candidate.Shared, Enum.Parse<TokenScorer>(scorer), Enum.Parse<PositionMode>(positions));
            foreach (var sample in bench.Samples)
            {
                var expected = bench.Run(plain, sample, schedule, isPlain: true);
                var actual = bench.Run(reused, sample, schedule, isPlain: false);

                Assert.Equal(Bits(expected), Bits(actual));
                plainForwards += expected.LayerForwards;
                reusedForwards += actual.LayerForwards;
            }
        }

        Assert.Equal(Candidates.Length * 12 * bench.Samples.Length, plainForwards);
        Assert.Equal((12 + 9 + 9 + 9 + 8 + 8 + 6 + 12 + 8 + 1) * bench.Samples.Length, reusedForwards);
    }

    [Fact]
    public void Run_PrefixesDoNotFit_WorkIsDoneAgainWithTheSameOutcome()
    {
        using var bench = new Bench();
        using var roomy = new TrialDesk(new CalibrationOptions());
        using var tight = new TrialDesk(new CalibrationOptions { PrefixCacheBytes = 1000, FeatureCacheBytes = 0, ReferenceCacheBytes = 0 });
        var schedule = Schedule(Candidates[0].Counts, 3, TokenScorer.Instruction, PositionMode.Keep);

        var expected = bench.Run(roomy, bench.Samples[0], schedule, isPlain: false);
        bench.Run(tight, bench.Samples[0], schedule, isPlain: false);
        var actual = bench.Run(tight, bench.Samples[0], schedule, isPlain: false);

        Assert.Equal(Bits(expected), Bits(actual));
        Assert.Equal((12, 0L), (actual.LayerForwards, tight.PrefixBytes));
        Assert.True(roomy.PrefixBytes > 0);
    }

    [Fact]
    public void Forget_SetOfAllTrials_LeavesNoTensorBehind()
    {
        using var bench = new Bench();
        var before = TensorStatistics.Read().Live;
        using var desk = new TrialDesk(new CalibrationOptions());
        foreach (var candidate in Candidates)
        {
            bench.Run(desk, bench.Samples[0], Schedule(candidate.Counts, candidate.Shared, TokenScorer.Raters, PositionMode.Keep), isPlain: false);
        }

        desk.Forget("set");

        Assert.Equal(before, TensorStatistics.Read().Live);
    }

    [Fact]
    public void Run_CancelledInTheMiddle_LeavesThePrefixWhole()
    {
        using var bench = new Bench();
        using var desk = new TrialDesk(new CalibrationOptions());
        var schedule = Schedule(Candidates[0].Counts, 3, TokenScorer.Instruction, PositionMode.Keep);
        var expected = bench.Run(desk, bench.Samples[0], schedule, isPlain: false);
        using var gone = new CancellationTokenSource();
        gone.Cancel();

        Assert.Throws<OperationCanceledException>(() => bench.Run(desk, bench.Samples[0], schedule, isPlain: false, gone.Token));
        var actual = bench.Run(desk, bench.Samples[0], schedule, isPlain: false);

        Assert.Equal(Bits(expected), Bits(actual));
        Assert.Equal(9, actual.LayerForwards);
    }

    private static (long Nll, long Kl, bool Correct, bool Agrees, string Text) Bits(TrialOutcome outcome) =>
        (BitConverter.DoubleToInt64Bits(outcome.Nll), BitConverter.DoubleToInt64Bits(outcome.Kl), outcome.Correct, outcome.Agrees, outcome.Text);

    private static TrialSchedule Schedule(int[] counts, int shared, TokenScorer scorer, PositionMode positions) => new()
    {
        Rates = KeepRates.Create([.. counts.Select(count => count / 256.0)]).Require(),
        Floor = 0,
        Scorer = scorer,
        Positions = positions,
        Seed = scorer == TokenScorer.Random ? 7UL : 0,
        SharedLayers = shared,
    };

    private sealed class Bench : IDisposable
    {
        private readonly InferenceMode _mode = torch.inference_mode();
        private readonly LoadedModel _model;
        private readonly TrialText _text;
        private readonly Dictionary<ImageKey, PixelValues> _pixels = [];

        public Bench()
        {
            var tokenizer = TestExecutor.Tokenizer;
            var front = ModelFront.Read(FixtureFiles.DemoModel, tokenizer);
            _text = new TrialText(tokenizer, [2]);
            _model = ModelLoader.Load(new ModelSource(FixtureFiles.DemoModel, "demo", ScalarType.Float32, torch.CPU));
            var parts = DemoSet.Parts(2, step: 9);
            Samples = [.. parts[0].Questions.Questions.Select((question, index) => new Sample(
                new SampleKey("set", index),
                new ImageKey("set", question.Image),
                front.Encode([ChatMessage.Ask(question.Question)], [new ImageSize(256, 256)]),
                question.Answer,
                [.. tokenizer.Encode(new PromptParts([new PromptPart.Text(question.Answer)]), addSpecialTokens: false)],
                8))];
            foreach (var part in parts.Skip(1))
            {
                _pixels[new ImageKey("set", part.Image.Key)] = front.Preprocess(ImageCodec.Decode(part.Image.Data.Span, ImageLimits.Default));
            }
        }

        public ImmutableArray<Sample> Samples { get; }

        public TrialOutcome Run(TrialDesk desk, Sample sample, TrialSchedule schedule, bool isPlain, CancellationToken ends = default) =>
            desk.Run(_model, new TrialRequest(sample, schedule, All, isPlain) { Pixels = _pixels[sample.Image] }, _text, ends)!;

        public void Dispose()
        {
            _model.Dispose();
            _mode.Dispose();
        }
    }
}
