using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class TokenizerJsonTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("llama-metaspace")]
    [InlineData("qwen2")]
    public void Encode_Corpus_GivesTheReferenceIds(string name)
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", name));

        var wrong = Corpus(name)
            .Where(entry => !tokenizer.Encode(entry.Text, addSpecialTokens: true).SequenceEqual(entry.Ids)
                || !tokenizer.Encode(entry.Text, addSpecialTokens: false).SequenceEqual(entry.IdsPlain))
            .Select(entry => $"{entry.Text}: {string.Join(' ', tokenizer.Encode(entry.Text, false))} not {string.Join(' ', entry.IdsPlain)}")
            .ToList();

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("llama-metaspace")]
    [InlineData("qwen2")]
    public void Decode_Corpus_GivesTheReferenceTexts(string name)
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", name));

        foreach (var entry in Corpus(name))
        {
            Assert.Equal(entry.Decoded, tokenizer.Decode(entry.Ids, skipSpecialTokens: true));
            Assert.Equal(entry.DecodedAll, tokenizer.Decode(entry.Ids, skipSpecialTokens: false));
        }
    }

    private static List<CorpusEntry> Corpus(string name)
    {
        var corpus = FixtureFiles.Json<List<CorpusEntry>>("tokenizers", name, "corpus.json");
        Assert.True(corpus.Count > 400);
        return corpus;
    }
}
