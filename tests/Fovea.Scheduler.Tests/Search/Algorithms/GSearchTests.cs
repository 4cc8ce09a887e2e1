using System.Collections.Immutable;
using Fovea.Planning.Schedules;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class GSearchTests
{
    [Theory]
    [InlineData(nameof(InnerSearch.Bisect), 3000)]
    [InlineData(nameof(InnerSearch.Bo), 300)]
    public async Task RunAsync_OracleOfOneSample_FindsTheEssentialCounts(string inner, int cases)
    {
        for (var seed = 0; seed < cases; seed++)
        {
            var search = RandomSearch.Draw(seed, samples: 1);
            var options = search.Options with { Inner = Enum.Parse<InnerSearch>(inner), UsePlateauTest = seed % 2 == 0, UseRacing = seed % 3 == 0 };

            var result = await RunAsync(options, search.Full, search.Evaluator());

            Assert.Equal(search.Essentials[0], result.Counts);
        }
    }

    [Fact]
    public async Task RunAsync_OraclesOfManySamples_IsTheScanOfEveryCount()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var search = RandomSearch.Draw(seed, samples: 12);
            var options = Vary(search.Options, seed);
            var expected = await ScanAsync(options, search);

            var result = await RunAsync(options, search.Full, search.Evaluator(new Random(seed)));

            Assert.Equal(expected, result.Counts);
            Assert.Equal(result.Counts.AsEnumerable(), result.Accepted?.Counts ?? Enumerable.Repeat(options.VisionTokens, options.Layers));
        }
    }

    [Fact]
    public async Task RunAsync_AnyShortcut_GivesTheSameBits()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var search = RandomSearch.Draw(seed, samples: 20);
            var plain = Vary(search.Options, seed) with { UsePlateauTest = false, UseRacing = false, UsePrefixReuse = false };
            var expected = await RunAsync(plain, search.Full, search.Evaluator());

            for (var shortcuts = 1; shortcuts < 8; shortcuts++)
            {
                var options = plain with
                {
                    UsePlateauTest = (shortcuts & 1) != 0,
                    UseRacing = (shortcuts & 2) != 0,
                    UsePrefixReuse = (shortcuts & 4) != 0,
                };
                var result = await RunAsync(options, search.Full, search.Evaluator(new Random(seed)));

                Assert.Equal(expected.Rates, result.Rates);
            }
        }
    }

    // Losses without any order: racing may change what is scored, but no verdict and no candidate.
    [Theory]
    [InlineData(nameof(InnerSearch.Bisect), 400)]
    [InlineData(nameof(InnerSearch.Bo), 60)]
    public async Task RunAsync_RacingOnAnyEvaluator_MakesTheSameTrialsWithFewerSamples(string inner, int cases)
    {
        var (scoredPlain, scoredRaced) = (0L, 0L);
        for (var seed = 0; seed < cases; seed++)
        {
            var search = RandomSearch.Draw(seed, samples: 20);
            var options = Vary(search.Options, seed) with { Inner = Enum.Parse<InnerSearch>(inner), Tolerance = 0.2 };
            var plain = Noisy(options.VisionTokens, seed, null);
            var raced = Noisy(options.VisionTokens, seed, new Random(seed));

            var expected = await RunAsync(options with { UseRacing = false }, search.Full, plain);
            var result = await RunAsync(options, search.Full, raced);

            Assert.Equal(expected.Rates, result.Rates);
            Assert.Equal(expected.Trials.Select(trial => (trial.Rates, trial.Passed)), result.Trials.Select(trial => (trial.Rates, trial.Passed)));
            scoredPlain += plain.Scored;
            scoredRaced += raced.Scored;
        }

        Assert.True(scoredRaced < 0.95 * scoredPlain, $"{scoredRaced} of {scoredPlain} samples scored");
    }

    [Fact]
    public async Task RunAsync_AnyEvaluator_OffersFallingCountsOnceEach()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var search = RandomSearch.Draw(seed, samples: 20);
            var evaluator = Noisy(search.Options.VisionTokens, seed, null);

            var result = await RunAsync(Vary(search.Options, seed) with { Tolerance = 0.3 }, search.Full, evaluator);

            Assert.All(evaluator.Counts.Append([.. result.Counts]), counts =>
            {
                Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.True(pair.First >= pair.Second));
                Assert.All(counts.Take(search.Options.FirstLayer), count => Assert.Equal(search.Options.VisionTokens, count));
            });
            Assert.Equal(evaluator.Counts.Count, evaluator.Counts.Select(counts => string.Join(',', counts)).Distinct().Count());
        }
    }

    [Fact]
    public async Task RunAsync_EveryTrial_SharesThePrefixItSays()
    {
        var search = RandomSearch.Draw(3, samples: 10);
        var evaluator = search.Evaluator();

        await RunAsync(search.Options, search.Full, evaluator);

        for (var i = 0; i < evaluator.Requests.Count; i++)
        {
            var shared = evaluator.Requests[i].SharedLayers;
            Assert.Equal(evaluator.Requests[i].Step, shared);
            Assert.All(evaluator.Counts.Skip(i), later => Assert.Equal(evaluator.Counts[i].Take(shared), later.Take(shared)));
        }
    }

    [Theory]
    [InlineData(nameof(InnerSearch.Bisect))]
    [InlineData(nameof(InnerSearch.Bo))]
    public async Task RunAsync_ResumedAfterAnyTrial_EndsInTheSameWay(string inner)
    {
        var search = RandomSearch.Draw(17, samples: 30);
        var options = search.Options with { Inner = Enum.Parse<InnerSearch>(inner), Tolerance = 0.1 };
        var expected = await RunAsync(options, search.Full, search.Evaluator());
        Assert.True(expected.Trials.Length > 5);

        for (var done = 0; done <= expected.Trials.Length; done++)
        {
            var evaluator = search.Evaluator(new Random(done));
            var recorder = new TrialRecorder();
            var recorded = new RecordedTrials(expected.Trials.Take(done));

            var result = await new GSearch(options, evaluator, recorder).RunAsync(search.Full, recorded, CancellationToken.None);

            Assert.Equal(expected.Rates, result.Rates);
            Assert.Equal(expected.Trials.Length - done, evaluator.Requests.Count);
            Assert.Equal(done, recorder.Replayed);
            Assert.Equal(evaluator.Requests.Count, recorder.Started);
            Assert.Equal(Enumerable.Range(0, expected.Trials.Length), result.Trials.Select(trial => trial.Index));
        }
    }

    [Fact]
    public async Task RunAsync_EvenSplit_LeavesToleranceToLaterLayers()
    {
        // Ten samples; sample i needs 10 i tokens everywhere from layer 1 on, so each 10 tokens less lose one more.
        var essentials = Enumerable.Range(1, 10).Select(i => (int[])[100, 10 * i, 10 * i, 10 * i]).ToArray();
        var options = new GSearchOptions { Layers = 4, VisionTokens = 100, FirstLayer = 1, Judge = new(LossKind.Binary), Tolerance = 0.3 };
        ImmutableArray<double> full = [.. new double[10]];

        var whole = await RunAsync(options, full, OracleEvaluator.OfEssentials(100, essentials));
        var even = await RunAsync(options with { Split = new EvenToleranceSplit() }, full, OracleEvaluator.OfEssentials(100, essentials));

        Assert.Equal((int[])[100, 70, 70, 70], whole.Counts);
        Assert.Equal((int[])[100, 90, 80, 70], even.Counts);
    }

    [Theory]
    [InlineData(nameof(InnerSearch.Bisect))]
    [InlineData(nameof(InnerSearch.Bo))]
    public async Task RunAsync_Resolution_FindsTheNextStepOfTheGrid(string inner)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var search = RandomSearch.Draw(seed, samples: 1);
            var resolution = 1 + (seed % 40);
            var grid = CountGrid.Create(search.Options.VisionTokens, search.Options.Floor, resolution);
            var expected = search.Essentials[0].Select(essential => Enumerable.Range(0, grid.Top + 1).Select(place => grid[place]).First(count => count >= essential));

            var result = await RunAsync(search.Options with { Resolution = resolution, Inner = Enum.Parse<InnerSearch>(inner) }, search.Full, search.Evaluator());

            Assert.Equal(expected, result.Counts);
        }
    }

    [Fact]
    public async Task RunAsync_States_CountTrialsToTheirEnd()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var search = RandomSearch.Draw(seed, samples: 10);
            var recorder = new TrialRecorder();

            await new GSearch(search.Options, search.Evaluator(), recorder).RunAsync(search.Full, RecordedTrials.None);

            Assert.Equal(Enumerable.Range(1, recorder.States.Count), recorder.States.Select(state => state.TrialsDone));
            Assert.All(recorder.States, state => Assert.InRange(state.Step, 0, state.Steps - 1));
            Assert.All(recorder.States, state => Assert.True(state.TrialsExpected >= state.TrialsDone));
        }
    }

    [Fact]
    public async Task RunAsync_Cancelled_KeepsNothingOfTheTrial()
    {
        using var source = new CancellationTokenSource();
        var recorder = new TrialRecorder();
        var evaluator = new OracleEvaluator(4, 50, (_, _) =>
        {
            source.Cancel();
            return 0;
        });
        var options = new GSearchOptions { Layers = 6, VisionTokens = 50, Judge = new(LossKind.Binary), UsePlateauTest = false };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new GSearch(options, evaluator, recorder).RunAsync([0, 0, 0, 0], RecordedTrials.None, source.Token));

        Assert.Single(recorder.Trials);
    }

    [Fact]
    public void Rates_OfEveryCount_GiveTheCountBack()
    {
        for (var tokens = 1; tokens <= 1300; tokens += tokens < 300 ? 1 : 7)
        {
            for (var count = 0; count <= tokens; count++)
            {
                Assert.Equal(count, KeepCounts.From(KeepRates.Create([1, count / (double)tokens]).Require(), tokens, 0)[1]);
            }
        }
    }

    private static Task<GSearchResult> RunAsync(GSearchOptions options, ImmutableArray<double> full, ITrialEvaluator evaluator) =>
        new GSearch(options, evaluator, new TrialRecorder()).RunAsync(full, RecordedTrials.None);

    private static GSearchOptions Vary(GSearchOptions options, int seed) => options with
    {
        Tolerance = (seed % 4) * 0.1,
        Split = seed % 3 == 0 ? new EvenToleranceSplit() : new WholeToleranceSplit(),
        Judge = new(LossKind.Binary, (ConfidenceRule)(seed % 5 % 3), seed % 2 == 0 ? 0.95 : 0.7),
        Resolution = seed % 7 == 0 ? 9 : 0,
    };

    private static OracleEvaluator Noisy(int visionTokens, int seed, Random? order) => new(
        20,
        visionTokens,
        (counts, sample) => new Random(counts.Aggregate((seed * 31) + sample, (hash, count) => unchecked((hash * 1000003) + count))).NextDouble() < 0.25 ? 1 : 0,
        order);

    /// <summary>Goes down from the layer before, one step of the grid at a time, and scores everything.</summary>
    private static async Task<int[]> ScanAsync(GSearchOptions options, RandomSearch search)
    {
        var judge = new TrialJudge(options.Judge, search.Full);
        var grid = CountGrid.Create(options.VisionTokens, options.Floor, options.Resolution);
        var counts = Enumerable.Repeat(options.VisionTokens, options.Layers).ToArray();
        var place = grid.Top;
        for (var layer = options.FirstLayer; layer < options.Layers; layer++)
        {
            for (; place > 0; place--)
            {
                var tried = counts.ToArray();
                tried.AsSpan(layer).Fill(grid[place - 1]);
                var rates = KeepRates.Create([.. tried.Select(count => count / (double)options.VisionTokens)]).Require();
                var scores = await search.Evaluator().EvaluateAsync(new(layer, rates, 0), null, CancellationToken.None);
                if (judge.Decide(scores, options.Tolerance * options.Split.Share(layer, options.FirstLayer, options.Layers)) != TrialVerdict.Pass)
                {
                    break;
                }
            }

            counts.AsSpan(layer).Fill(grid[place]);
        }

        return counts;
    }
}
