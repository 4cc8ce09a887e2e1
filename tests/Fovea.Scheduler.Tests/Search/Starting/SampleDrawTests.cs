using Fovea.Contracts.V1;
using Fovea.Scheduler.Search.Starting;

namespace Fovea.Scheduler.Tests.Search.Starting;

public sealed class SampleDrawTests
{
    private static readonly List<SetQuestion> Questions =
        [.. Enumerable.Range(0, 100).Select(index => new SetQuestion { Type = index < 60 ? "a" : index < 90 ? "b" : "c" })];

    [Fact]
    public void Draw_All_IsEveryQuestionInOrder() =>
        Assert.Equal(Enumerable.Range(0, 100), SampleDraw.Draw(Questions, new SearchSpec()));

    [Fact]
    public void Draw_OneClass_HasNoOther() =>
        Assert.Equal(Enumerable.Range(60, 30), SampleDraw.Draw(Questions, new SearchSpec { QuestionClass = "b" }));

    [Theory]
    [InlineData(10, new[] { 6, 3, 1 })]
    [InlineData(7, new[] { 4, 2, 1 })]
    public void Draw_Stratified_GivesEachClassItsShare(int samples, int[] counts)
    {
        var drawn = SampleDraw.Draw(Questions, new SearchSpec { Samples = samples, Stratified = true, Seed = 3 });

        Assert.Equal(counts, drawn.CountBy(index => Questions[index].Type).OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => item.Value));
    }

    [Fact]
    public void Draw_SameSeed_IsTheSame()
    {
        var spec = new SearchSpec { Samples = 20, Seed = 5 };

        var drawn = SampleDraw.Draw(Questions, spec).ToArray();

        Assert.Equal(drawn, SampleDraw.Draw(Questions, spec.Clone()).ToArray());
        Assert.NotEqual(drawn, SampleDraw.Draw(Questions, new SearchSpec { Samples = 20, Seed = 6 }).ToArray());
        Assert.Equal(20, drawn.Distinct().Count());
    }
}
