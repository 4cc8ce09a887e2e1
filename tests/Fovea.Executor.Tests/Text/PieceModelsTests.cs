using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Executor.Text.SentencePiece;
using Fovea.Executor.Text.Slow;

namespace Fovea.Executor.Tests.Text;

public sealed class PieceModelsTests
{
    [Fact]
    public void Encode_BpeWithEqualScores_JoinsTheBestThenLeftmost()
    {
        var random = new Random(21);
        for (var round = 0; round < 60; round++)
        {
            var pieces = RandomPieces(random);
            var tokenizer = Make(pieces, isBpe: true);
            for (var trial = 0; trial < 10; trial++)
            {
                var word = Word(random, random.Next(1, 90));

                var ids = tokenizer.Encode(word, addSpecialTokens: false);

                Assert.Equal(ByDefinition(word, pieces), ids.Select(id => tokenizer.TokenOf(id)!));
            }
        }
    }

    [Fact]
    public void Encode_Unigram_FindsACutOfTheHighestScore()
    {
        var random = new Random(22);
        for (var round = 0; round < 60; round++)
        {
            var pieces = RandomPieces(random);
            var tokenizer = Make(pieces, isBpe: false);
            var word = Word(random, random.Next(1, 60));

            var ids = tokenizer.Encode(word, addSpecialTokens: false);

            Assert.Equal(word, string.Concat(ids.Select(id => tokenizer.TokenOf(id))));
            Assert.Equal(BestScore(word, pieces), ids.Sum(id => pieces[tokenizer.TokenOf(id)!]), 1e-3);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_WithoutByteFallback_FusesUnknownCharacters(bool isBpe)
    {
        var tokenizer = Make(new Dictionary<string, float> { ["a"] = -1, ["b"] = -2 }, isBpe);

        Assert.Equal([3, 0, 4, 0], tokenizer.Encode("aé😀bé", addSpecialTokens: false));
        Assert.Equal("a \u2047 b \u2047 ", tokenizer.Decode([3, 0, 1, 4, 0], skipSpecialTokens: false));
    }

    [Theory]
    [InlineData(true, "▁a", "▁b")]
    [InlineData(false, "▁a", "b")]
    public void Encode_Llama_PrependsAfterTokensOnlyWhenLegacy(bool legacy, string first, string second)
    {
        var file = PieceFile.WithMarks().Add("▁", -5).Add("a", -6).Add("b", -7).Add("▁a", -1).Add("▁b", -2).Trainer(isBpe: true).Normalizer(true, false);
        var tokenizer = Make(file, new TokenizerConfig { Exists = true, TokenizerClass = "LlamaTokenizer", Legacy = legacy });

        var ids = tokenizer.Encode("a</s>b", addSpecialTokens: true);

        Assert.Equal(["<s>", first, "</s>", second], ids.Select(id => tokenizer.TokenOf(id)!));
        Assert.Equal(legacy ? "a b" : "ab", tokenizer.Decode(ids, skipSpecialTokens: true));
    }

    [Fact]
    public void Encode_TokensThatTakeSpaces_LeaveNoneToTheText()
    {
        var config = new TokenizerConfig
        {
            Exists = true,
            TokenizerClass = "InternLM2Tokenizer",
            Added = [new AddedToken(9, "<l>") { LeftStrip = true }, new AddedToken(10, "<r>") { RightStrip = true }],
        };
        var tokenizer = Make(PieceFile.WithMarks().Add("▁", -5).Add("a", -6).Trainer(isBpe: true).Normalizer(false, false), config);

        Assert.Equal([4, 9, 3, 4, 10, 4], tokenizer.Encode("a  <l> a<r>  a", addSpecialTokens: false));
    }

    private static ITokenizer Make(Dictionary<string, float> pieces, bool isBpe)
    {
        var file = PieceFile.WithMarks();
        foreach (var (content, score) in pieces)
        {
            file.Add(content, score);
        }

        return Make(file.Trainer(isBpe).Normalizer(false, false), new TokenizerConfig());
    }

    private static ITokenizer Make(PieceFile file, TokenizerConfig config)
    {
        var faults = new FaultList();
        var tokenizer = SentencePieceLoader.Make(file.ToArray(), config, faults);
        Assert.Empty(faults.Items);
        return tokenizer!;
    }

    private static string Word(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(3)))]);

    private static Dictionary<string, float> RandomPieces(Random random)
    {
        var pieces = new Dictionary<string, float> { ["a"] = -9, ["b"] = -9, ["c"] = -8 };
        for (var count = random.Next(1, 25); count > 0; count--)
        {
            pieces[Word(random, random.Next(2, 7))] = -random.Next(1, 8);
        }

        return pieces;
    }

    private static List<string> ByDefinition(string word, Dictionary<string, float> pieces)
    {
        var symbols = word.Select(character => character.ToString()).ToList();
        while (true)
        {
            var joins = Enumerable.Range(0, symbols.Count - 1).Where(index => pieces.ContainsKey(symbols[index] + symbols[index + 1])).ToList();
            if (joins.Count == 0)
            {
                return symbols;
            }

            var best = joins.MaxBy(index => pieces[symbols[index] + symbols[index + 1]]);
            symbols[best] += symbols[best + 1];
            symbols.RemoveAt(best + 1);
        }
    }

    private static double BestScore(string word, Dictionary<string, float> pieces)
    {
        var best = Enumerable.Repeat(double.NegativeInfinity, word.Length + 1).ToArray();
        best[0] = 0;
        for (var end = 1; end <= word.Length; end++)
        {
            for (var start = Math.Max(0, end - 7); start < end; start++)
            {
                best[end] = pieces.TryGetValue(word[start..end], out var score) ? Math.Max(best[end], best[start] + score) : best[end];
            }
        }

        return best[^1];
    }
}
