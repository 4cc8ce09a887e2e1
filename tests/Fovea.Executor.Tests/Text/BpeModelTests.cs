using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Tests.Text;

public sealed class BpeModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Encode_RandomRulesAndWords_EqualsTheDefinition(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 25; round++)
        {
            var (vocabulary, merges) = RandomModel(random);
            var model = new BpeModel(vocabulary, merges, new BpeOptions(null, false, false, false));
            for (var trial = 0; trial < 20; trial++)
            {
                var word = new string([.. Enumerable.Range(0, random.Next(1, 120)).Select(_ => (char)('a' + random.Next(4)))]);
                var ids = new List<int>();

                model.Encode(word, ids);

                Assert.Equal(ByDefinition(word, vocabulary, merges), ids);
            }
        }
    }

    [Fact]
    public void Encode_HugeWord_EndsInTime()
    {
        var vocabulary = new BpeVocabulary(new Dictionary<string, int> { ["a"] = 0, ["aa"] = 1, ["aaaa"] = 2, ["aaa"] = 3 });
        BpeMerge[] merges = [new(0, 0, 1), new(1, 1, 2), new(1, 0, 3)];
        var ids = new List<int>();

        new BpeModel(vocabulary, merges, new BpeOptions(null, false, false, false)).Encode(new string('a', 200_003), ids);

        Assert.Equal(50_001, ids.Count);
        Assert.Equal(3, ids[^1]);
    }

    [Fact]
    public void Encode_UnknownCharacters_FollowTheOptions()
    {
        var vocabulary = new BpeVocabulary(new Dictionary<string, int> { ["<unk>"] = 0, ["a"] = 1, ["<0xC3>"] = 2, ["<0xA9>"] = 3 });

        Assert.Equal([1, 0, 1, 0], Encode("aééaé", new BpeOptions(0, FuseUnknown: true, ByteFallback: false, IgnoreMerges: false)));
        Assert.Equal([1, 0, 0, 1, 0], Encode("aééaé", new BpeOptions(0, FuseUnknown: false, ByteFallback: false, IgnoreMerges: false)));
        Assert.Equal([1, 2, 3, 0], Encode("aé😀", new BpeOptions(0, FuseUnknown: true, ByteFallback: true, IgnoreMerges: false)));
        Assert.Equal([1], Encode("aé", new BpeOptions(null, FuseUnknown: false, ByteFallback: false, IgnoreMerges: false)));

        List<int> Encode(string text, BpeOptions options)
        {
            var ids = new List<int>();
            new BpeModel(vocabulary, [], options).Encode(text, ids);
            return ids;
        }
    }

    [Fact]
    public void Encode_IgnoreMerges_TakesWholeWords()
    {
        var vocabulary = new BpeVocabulary(new Dictionary<string, int> { ["a"] = 0, ["b"] = 1, ["aba"] = 2 });
        var ids = new List<int>();

        new BpeModel(vocabulary, [], new BpeOptions(null, false, false, IgnoreMerges: true)).Encode("aba", ids);

        Assert.Equal([2], ids);
    }

    private static (BpeVocabulary Vocabulary, List<BpeMerge> Merges) RandomModel(Random random)
    {
        var ids = new Dictionary<string, int> { ["a"] = 0, ["b"] = 1, ["c"] = 2, ["d"] = 3 };
        var merges = new List<BpeMerge>();
        for (var rule = 0; rule < 12; rule++)
        {
            var left = ids.ElementAt(random.Next(ids.Count));
            var right = ids.ElementAt(random.Next(ids.Count));
            var union = left.Key + right.Key;
            ids.TryAdd(union, ids.Count);
            merges.Add(new BpeMerge(left.Value, right.Value, ids[union]));
        }

        return (new BpeVocabulary(ids), merges);
    }

    private static List<int> ByDefinition(string word, BpeVocabulary vocabulary, List<BpeMerge> merges)
    {
        var symbols = word.Select(character => vocabulary.IdOf(character.ToString())!.Value).ToList();
        while (true)
        {
            var best = Enumerable.Range(0, symbols.Count - 1)
                .Select(at => (At: at, Rank: merges.FindLastIndex(merge => merge.Left == symbols[at] && merge.Right == symbols[at + 1])))
                .Where(pair => pair.Rank >= 0)
                .OrderBy(pair => pair.Rank).ThenBy(pair => pair.At)
                .Cast<(int At, int Rank)?>()
                .FirstOrDefault();
            if (best is not var (place, rule))
            {
                return symbols;
            }

            symbols[place] = merges[rule].Result;
            symbols.RemoveAt(place + 1);
        }
    }
}
