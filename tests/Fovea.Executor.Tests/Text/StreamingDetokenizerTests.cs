using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class StreamingDetokenizerTests
{
    [Fact]
    public void Push_Words_LetsEachOutAtOnce()
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", "llama"));
        var ids = tokenizer.Encode("hello there", addSpecialTokens: false);
        var stream = tokenizer.StartDecoding(skipSpecialTokens: true);

        var deltas = ids.Select(stream.Push).ToList();

        Assert.Equal("hello there", string.Concat(deltas));
        Assert.Empty(stream.Finish());
    }

    [Fact]
    public void Push_BytesOfOneCharacter_LetsOutWholeCharactersOnly()
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", "llama"));
        var ids = tokenizer.Encode("a\U0001F63Fb", addSpecialTokens: false);
        var stream = tokenizer.StartDecoding(skipSpecialTokens: true);

        var deltas = ids.Select(stream.Push).Append(stream.Finish()).Where(delta => delta.Length > 0).ToList();

        Assert.Equal("a\U0001F63Fb", string.Concat(deltas));
        Assert.DoesNotContain(deltas, delta => delta.Contains('\uFFFD', StringComparison.Ordinal));
    }
}
