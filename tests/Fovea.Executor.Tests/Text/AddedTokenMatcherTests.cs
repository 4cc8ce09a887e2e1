using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class AddedTokenMatcherTests
{
    [Fact]
    public void Split_Overlapping_TakesLeftmostThenLongest()
    {
        var parts = Split("x<a><ab>y", new AddedToken(1, "<a>"), new AddedToken(2, "<a><a"), new AddedToken(3, "<a><ab"));

        Assert.Equal(["x", "3", ">y"], parts);
    }

    [Fact]
    public void Split_Strips_TakeTheWhiteSpace()
    {
        Assert.Equal(["a", "1", "b"], Split("a <x>\n\tb", new AddedToken(1, "<x>") { LeftStrip = true, RightStrip = true }));
        Assert.Equal(["a ", "1", " b"], Split("a <x> b", new AddedToken(1, "<x>")));
        Assert.Equal(["1", "1"], Split("<x> <x>", new AddedToken(1, "<x>") { LeftStrip = true, RightStrip = true }));
    }

    [Fact]
    public void Split_SingleWord_NeedsNoWordBesideIt()
    {
        var token = new AddedToken(1, "cat") { SingleWord = true };

        Assert.Equal(["1", " concat ", "1", "-cats"], Split("cat concat cat-cats", token));
        Assert.Equal(["𝐀cat"], Split("𝐀cat", token));
    }

    [Fact]
    public void Split_Refused_IsText()
    {
        var parts = new List<string>();
        new AddedTokenMatcher([new AddedToken(1, "<x>"), new AddedToken(2, "<x><y>")]).Split(
            "<x><y>",
            token => token.Id == 1,
            (start, end, token) => parts.Add(token?.Id.ToString() ?? "<x><y>"[start..end]));

        Assert.Equal(["1", "<y>"], parts);
    }

    [Fact]
    public void Split_EmptyText_GivesNothing() => Assert.Empty(Split(string.Empty, new AddedToken(1, "<x>")));

    private static List<string> Split(string text, params AddedToken[] tokens)
    {
        var parts = new List<string>();
        new AddedTokenMatcher(tokens).Split(text, null, (start, end, token) => parts.Add(token?.Id.ToString() ?? text[start..end]));
        return parts;
    }
}
