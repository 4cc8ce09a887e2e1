using System.Globalization;
using Fovea.Executor.Canaries;
using Fovea.Planning.Policies;

namespace Fovea.Executor.Tests.Canaries;

public sealed class ShadowChoiceTests
{
    private const int Requests = 20_000;

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void IsChosen_ManyRequests_TakesTheShare(double share)
    {
        var chosen = Ids().Count(id => ShadowChoice.IsChosen(Canary(7), id, share));

        Assert.InRange(chosen / (double)Requests, share - 0.015, share + 0.015);
    }

    [Fact]
    public void IsChosen_AmongRequestsOfTheCanary_TakesTheSameShare()
    {
        var ofCanary = Ids().Where(id => CanaryShare.PointOf("default", 7, id) < 0.2).ToList();

        var chosen = ofCanary.Count(id => ShadowChoice.IsChosen(Canary(7), id, 0.2));

        Assert.InRange(chosen / (double)ofCanary.Count, 0.16, 0.24);
    }

    [Fact]
    public void IsChosen_LargerShare_KeepsWhatWasChosen() =>
        Assert.All(Ids().Take(1000).Where(id => ShadowChoice.IsChosen(Canary(7), id, 0.1)), id => Assert.True(ShadowChoice.IsChosen(Canary(7), id, 0.3)));

    [Theory]
    [InlineData(new[] { 7, 8, 9 }, new[] { 7, 8, 9 }, 1.0)]
    [InlineData(new[] { 7, 8, 9 }, new[] { 7, 8, 9, 5 }, 1.0)]
    [InlineData(new[] { 7, 8, 9, Agreement.End }, new[] { 7, 8, 9, 5 }, 0.75)]
    [InlineData(new[] { 7, 8, 9, Agreement.End }, new[] { 7, 8, 9, Agreement.End }, 1.0)]
    [InlineData(new[] { 7, 8, 9 }, new[] { 7, 5, 9 }, 1.0 / 3)]
    [InlineData(new[] { 7, 8, 9 }, new[] { 5, 8, 9 }, 0.0)]
    [InlineData(new[] { 7, 8 }, new[] { Agreement.End }, 0.0)]
    [InlineData(new[] { Agreement.End }, new[] { Agreement.End }, 1.0)]
    public void Agreement_OfTwoAnswers_IsTheShareOfEqualLeadingTokens(int[] answer, int[] reference, double expected) =>
        Assert.Equal(expected, Agreement.Of(answer, reference), 1e-12);

    private static ArmKey Canary(long revision) => new("default", revision, IsCanary: true);

    private static IEnumerable<string> Ids() =>
        Enumerable.Range(0, Requests).Select(number => string.Create(CultureInfo.InvariantCulture, $"request-{number}"));
}
