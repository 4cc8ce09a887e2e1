using Fovea.Contracts.V1;
using Fovea.Executor.Tests.Doubles;

namespace Fovea.Executor.Tests.Intake;

/// <summary>Several images in one request, ranked together or each by itself.</summary>
[Collection(nameof(TensorCollection))]
public sealed class ImageScopeTests
{
    private static readonly string[] Parts = ["wide.png", "tall.png", "tiny.png", "Compare all of them."];

    public static TheoryData<string, Scorer> Cases() => new()
    {
        { "internvl-qwen2", Scorer.Instruction },
        { "internvl-internlm2", Scorer.Coverage },
        { "qwen2-vl", Scorer.Instruction },
        { "qwen2-vl", Scorer.NextLast },
        { "qwen2.5-vl", Scorer.Random },
        { "llava-next", Scorer.Raters },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Generate_PerImage_EveryImageKeepsItsShareAndFloor(string family, Scorer scorer)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        var request = Ask(scorer, BudgetScope.PerImage, floor: 3);

        var (_, done) = await executor.AnswerAsync(request);
        var (_, full) = await executor.AnswerAsync(FamilyExecutor.Ask(1, Parts));

        var sizes = full.AppliedImageCounts.Select(image => image.Counts[0]).ToArray();
        Assert.Equal(3, sizes.Length);
        Assert.Equal(full.Usage.VisionTokens, sizes.Sum());
        var rates = request.Plan.Rates.Rates;
        for (var image = 0; image < sizes.Length; image++)
        {
            var size = sizes[image];
            var expected = rates.Select(rate => Math.Min(size, Math.Max(3, (int)((rate * size) + 1e-6))));
            Assert.Equal(expected, done.AppliedImageCounts[image].Counts);
        }

        Assert.Equal(done.AppliedCounts, Enumerable.Range(0, 8).Select(layer => done.AppliedImageCounts.Sum(image => image.Counts[layer])));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Generate_Pooled_ReportsWhatIsLeftOfEachImage(string family, Scorer scorer)
    {
        await using var executor = await FamilyExecutor.OfAsync(family);
        var request = Ask(scorer, BudgetScope.Pooled, floor: 0);

        var (_, done) = await executor.AnswerAsync(request);

        var first = 0;
        foreach (var image in done.AppliedImageCounts)
        {
            var size = image.Counts[0];
            Assert.All(done.Kept, kept => Assert.Equal(
                kept.Indices.Count(index => index >= first && index < first + size), image.Counts[kept.Layer]));
            first += size;
        }

        Assert.Equal(done.Usage.VisionTokens, first);
        Assert.NotEmpty(done.Kept);
    }

    [Fact]
    public async Task Generate_OneImagePerImage_IsThePooledAnswer()
    {
        await using var executor = await FamilyExecutor.OfAsync("internvl-qwen2");
        var pooled = Ask(Scorer.Instruction, BudgetScope.Pooled, floor: 1);
        pooled.Messages[0].Parts.RemoveAt(1);
        pooled.Messages[0].Parts.RemoveAt(1);
        var own = pooled.Clone();
        own.Plan.Scope = BudgetScope.PerImage;

        var (tokens, done) = await executor.AnswerAsync(pooled);
        var (ownTokens, ownDone) = await executor.AnswerAsync(own);

        Assert.Equal(tokens, ownTokens);
        Assert.Equal(done.Kept, ownDone.Kept);
        Assert.NotEqual(done.PlanDigest, ownDone.PlanDigest);
        Assert.Equal(done.AppliedCounts, Assert.Single(done.AppliedImageCounts).Counts);
    }

    private static GenerateRequest Ask(Scorer scorer, BudgetScope scope, int floor)
    {
        var request = FamilyExecutor.Ask(4, Parts);
        request.Plan = new PlanOverride { Rates = new KeepRates { Floor = floor }, Scorer = scorer, Scope = scope };
        request.Plan.Rates.Rates.AddRange([1, 1, 0.5, 0.5, 0.3, 0.3, 0.1, 0.1]);
        return request;
    }
}
