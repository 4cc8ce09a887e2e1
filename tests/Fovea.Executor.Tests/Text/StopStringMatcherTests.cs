using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class StopStringMatcherTests
{
    [Fact]
    public void Push_StopAcrossDeltas_CutsBeforeIt()
    {
        var matcher = new StopStringMatcher(["USER:"]);

        var output = new[] { "an answer US", "E", "R: more" }.Select(matcher.Push).ToList();

        Assert.Equal(["an answer ", "", ""], output);
        Assert.Equal("USER:", matcher.Found);
        Assert.Empty(matcher.Push("later"));
        Assert.Empty(matcher.Finish());
    }

    [Fact]
    public void Push_FalseStart_IsLetOutLater()
    {
        var matcher = new StopStringMatcher(["aab"]);

        Assert.Equal("", matcher.Push("aa"));
        Assert.Equal("a", matcher.Push("a"));
        Assert.Equal("aac", matcher.Push("c"));
        Assert.Null(matcher.Found);
    }

    [Fact]
    public void Finish_HeldText_IsLetOut()
    {
        var matcher = new StopStringMatcher(["\n\n"]);

        Assert.Equal("x", matcher.Push("x\n"));
        Assert.Equal("\n", matcher.Finish());
    }

    [Fact]
    public void Push_NoStops_HoldsNothing() => Assert.Equal("abc", new StopStringMatcher([]).Push("abc"));

    [Fact]
    public void Push_SeveralStops_TheFirstToEndWins()
    {
        var matcher = new StopStringMatcher(["abcd", "bc", "c"]);

        Assert.Equal("xa", matcher.Push("xabcd"));
        Assert.Equal("bc", matcher.Found);
    }

    [Fact]
    public void Push_EmptyStop_Throws() => Assert.Throws<ArgumentException>(() => new StopStringMatcher([""]));

    [Fact]
    public void Push_AnyCutting_GivesTheSameText()
    {
        var random = new Random(9);
        for (var round = 0; round < 500; round++)
        {
            var text = new string([.. Enumerable.Range(0, 30).Select(_ => (char)('a' + random.Next(2)))]);
            string[] stops = [.. Enumerable.Range(0, 2).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (char)('a' + random.Next(2)))]))];
            var whole = new StopStringMatcher(stops);
            var expected = whole.Push(text) + whole.Finish();

            var matcher = new StopStringMatcher(stops);
            var output = string.Concat(text.Select(character => matcher.Push(character.ToString()))) + matcher.Finish();

            Assert.Equal(expected, output);
            Assert.Equal(whole.Found, matcher.Found);
        }
    }
}
