using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class StreamingDetokenizerTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("llama-metaspace")]
    [InlineData("qwen2")]
    public void Push_Corpus_ConcatenatesToTheReferenceText(string name)
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", name));

        foreach (var entry in FixtureFiles.Json<List<CorpusEntry>>("tokenizers", name, "corpus.json"))
        {
            Assert.Equal(entry.Decoded, string.Concat(Deltas(tokenizer, entry.Ids, skip: true)));
            Assert.Equal(entry.DecodedAll, string.Concat(Deltas(tokenizer, entry.Ids, skip: false)));
        }
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("qwen2")]
    public void Push_RandomIds_GivesWellFormedDeltas(string name)
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", name));
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var ids = Enumerable.Range(0, 40).Select(_ => random.Next(-2, random.Next(2) == 0 ? 300 : tokenizer.VocabularySize + 5)).ToArray();

            var deltas = Deltas(tokenizer, ids, skip: round % 2 == 0);

            Assert.Equal(tokenizer.Decode(ids, round % 2 == 0), string.Concat(deltas));
            Assert.All(deltas, delta => Assert.Equal(delta, WellFormed.Of(delta)));
        }
    }

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

    private static List<string> Deltas(ITokenizer tokenizer, int[] ids, bool skip)
    {
        var stream = tokenizer.StartDecoding(skip);
        return [.. ids.Select(stream.Push).ToList(), stream.Finish()];
    }
}
