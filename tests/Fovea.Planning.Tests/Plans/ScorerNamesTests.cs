using Fovea.Planning.Plans;

namespace Fovea.Planning.Tests.Plans;

public sealed class ScorerNamesTests
{
    [Fact]
    public void TryParse_WhatOfWrites_IsTheSameScorer()
    {
        Assert.Equal(["instruction", "last", "next-last", "raters", "random", "coverage"], ScorerNames.All.AsEnumerable());
        Assert.All(Enum.GetValues<TokenScorer>(), scorer => Assert.True(ScorerNames.TryParse(ScorerNames.Of(scorer), out var read) && read == scorer));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("NextLast")]
    public void TryParse_Else_Fails(string? text) => Assert.False(ScorerNames.TryParse(text, out _));

    [Fact]
    public void Of_Unknown_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => ScorerNames.Of((TokenScorer)9));
}
