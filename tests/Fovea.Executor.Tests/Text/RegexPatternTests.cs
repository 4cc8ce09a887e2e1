using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class RegexPatternTests
{
    [Fact]
    public void Split_LettersBeyondTheBasicPlane_AreLetters()
    {
        var pattern = RegexPattern.TryCreate(@"\p{L}+|\p{N}", out _)!;

        Assert.Equal(["a𝐀𠀀b", "𝟏", "𝟐", " 😀"], Split(pattern, "a𝐀𠀀b𝟏𝟐 😀"));
    }

    [Theory]
    [InlineData("[[:alpha:]]")]
    [InlineData("[a&&b]")]
    [InlineData(@"\h+")]
    [InlineData("a++")]
    [InlineData("(")]
    [InlineData(@"\p{Han}")]
    [InlineData("😀")]
    public void TryCreate_UnsupportedExpression_SaysWhy(string expression)
    {
        var pattern = RegexPattern.TryCreate(expression, out var fault);

        Assert.Null(pattern);
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('\n')]
    [InlineData('a')]
    [InlineData('1')]
    [InlineData('!')]
    public void Split_HugeRun_EndsInTime(char character)
    {
        var pattern = RegexPattern.TryCreate(
            @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+", out _)!;
        var text = new string(character, 300_000) + "x";

        Assert.Equal(text, string.Concat(Split(pattern, text)));
    }

    private static List<string> Split(RegexPattern pattern, string text)
    {
        var spans = new List<TextSpan>();
        pattern.Split(text, spans);
        return spans.ConvertAll(span => text[span.Start..span.End]);
    }
}
