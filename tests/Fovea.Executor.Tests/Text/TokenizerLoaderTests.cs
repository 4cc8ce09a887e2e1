using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class TokenizerLoaderTests
{
    public static TheoryData<string> Folders => TokenizerFixture.All;

    [Theory]
    [MemberData(nameof(Folders))]
    public void Encode_Corpus_GivesTheReferenceIds(string folder)
    {
        var tokenizer = TokenizerFixture.Load(folder);
        var corpus = TokenizerFixture.Corpus(folder);

        var wrong = corpus
            .Where(entry => !tokenizer.Encode(entry.Text, addSpecialTokens: false).SequenceEqual(entry.IdsPlain)
                || (entry.Ids is not null && !tokenizer.Encode(entry.Text, addSpecialTokens: true).SequenceEqual(entry.Ids)))
            .Select(entry => $"{entry.Text}: {string.Join(' ', tokenizer.Encode(entry.Text, false))} not {string.Join(' ', entry.IdsPlain)}")
            .ToList();

        Assert.True(corpus.Count > 200);
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Decode_Corpus_GivesTheReferenceTexts(string folder)
    {
        var tokenizer = TokenizerFixture.Load(folder);

        Assert.All(TokenizerFixture.Corpus(folder), entry =>
        {
            var ids = entry.Ids ?? entry.IdsPlain;
            Assert.Equal(entry.Decoded, tokenizer.Decode(ids, skipSpecialTokens: true));
            Assert.Equal(entry.DecodedAll ?? entry.Decoded, tokenizer.Decode(ids, skipSpecialTokens: false));
        });
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void StartDecoding_Corpus_ConcatenatesToTheReferenceText(string folder)
    {
        var tokenizer = TokenizerFixture.Load(folder);

        Assert.All(TokenizerFixture.Corpus(folder), entry =>
        {
            var ids = entry.Ids ?? entry.IdsPlain;
            Assert.Equal(entry.Decoded, string.Concat(Deltas(tokenizer, ids, skip: true)));
            Assert.Equal(entry.DecodedAll ?? entry.Decoded, string.Concat(Deltas(tokenizer, ids, skip: false)));
        });
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void StartDecoding_RandomIds_GivesWellFormedDeltasThatMakeTheWholeText(string folder)
    {
        var tokenizer = TokenizerFixture.Load(folder);
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var ids = Enumerable.Range(0, 40).Select(_ => random.Next(-2, random.Next(2) == 0 ? 300 : tokenizer.VocabularySize + 5)).ToArray();
            var skip = round % 2 == 0;

            var deltas = Deltas(tokenizer, ids, skip);

            Assert.Equal(tokenizer.Decode(ids, skip), string.Concat(deltas));
            Assert.All(deltas, delta => Assert.Equal(delta, WellFormed.Of(delta)));
        }
    }

    [Fact]
    public void Encode_CasePrompts_GivesTheReferencesInputIds()
    {
        foreach (var prompt in FixtureFiles.Json<List<CasePrompt>>("tokenizers", "prompts.json"))
        {
            var tokenizer = TokenizerFixture.Load(prompt.Tokenizer);

            Assert.Equal(prompt.Ids, tokenizer.Encode(prompt.Expanded(tokenizer), addSpecialTokens: true));
        }
    }

    [Fact]
    public void Load_EmptyFolder_NamesTheFilesItNeeds()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<CheckpointException>(() => TokenizerLoader.Load(folder.Root));

        Assert.Contains("neither tokenizer.json nor tokenizer.model nor vocab.json with merges.txt", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Deltas(ITokenizer tokenizer, int[] ids, bool skip)
    {
        var stream = tokenizer.StartDecoding(skip);
        return [.. ids.Select(stream.Push).ToList(), stream.Finish()];
    }
}
