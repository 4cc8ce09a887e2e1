using System.Text;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;
using Fovea.Executor.Text.SentencePiece;
using Fovea.Executor.Text.Slow;

namespace Fovea.Executor.Tests.Text;

/// <summary>A hundred thousand damaged tokenizer files: each is read or refused with a reason, none crashes or hangs.</summary>
public sealed class HostileTokenizersTests
{
    private const string Text = "ab <s> é\ud800 ##😀";

    private const string SmallTokenizer = """
        {"added_tokens":[{"id":5,"content":"<s>","special":true,"normalized":false}],
         "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"NFC"}]},
         "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":true},
         "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}],
           "special_tokens":{"<s>":{"id":"<s>","ids":[5]}}},
         "decoder":{"type":"Sequence","decoders":[{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
         "model":{"type":"BPE","unk_token":"a","fuse_unk":true,"byte_fallback":true,"vocab":{"a":0,"b":1,"ab":2,"▁":3,"▁ab":4},
           "merges":["a b",["▁","ab"]]}}
        """;

    private const string Config = """
        {"tokenizer_class":"InternLM2Tokenizer","add_bos_token":true,"bos_token":"<s>","eos_token":{"content":"</s>"},"pad_token":"<p>",
         "additional_special_tokens":["<i>"],"added_tokens_decoder":{"9":{"content":"<i>","special":true,"lstrip":true},"10":{"content":"<p>"}}}
        """;

    [Fact]
    public void TokenizerJson_Mutated_IsReadOrRefused()
    {
        var refused = Run(30_000, 31, Encoding.UTF8.GetBytes(SmallTokenizer), static bytes =>
        {
            try
            {
                Use(TokenizerJson.Parse(bytes));
                return true;
            }
            catch (CheckpointException error)
            {
                Assert.NotEmpty(error.Faults);
                return false;
            }
        });

        Assert.InRange(refused, 1, 29_999);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PieceModel_Mutated_IsReadOrRefused(bool isBpe)
    {
        var map = CharacterMapFile.Of(("é", "e"), ("\t", " "));
        var file = PieceFile.WithMarks().Add("▁", -1).Add("a", -2).Add("b", -3).Add("ab", -4).Add("▁ab", -5).Add("<i>", 0, PieceKind.UserDefined);
        var config = new TokenizerConfig { Exists = true, TokenizerClass = "InternLM2Tokenizer" };

        var refused = Run(17_500, 32, file.Trainer(isBpe).Normalizer(true, isBpe, map).ToArray(), bytes =>
        {
            var faults = new FaultList();
            return Check(SentencePieceLoader.Make(bytes, config, faults), faults);
        });

        Assert.InRange(refused, 1, 17_499);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void VocabularyAndMerges_Mutated_AreReadOrRefused(bool isVocabulary)
    {
        var vocabulary = """{"a":0,"b":1,"ab":2,"Ġ":3,"#":4,"##":5,"Ã":6,"©":7}"""u8.ToArray();
        var merges = "#version: 0.2\na b\n# #\n"u8.ToArray();

        var refused = Run(12_500, 33, isVocabulary ? vocabulary : merges, bytes =>
        {
            var faults = new FaultList();
            var model = VocabularyMerges.Parse(isVocabulary ? bytes : vocabulary, isVocabulary ? merges : bytes, "a", skipsHashes: false, faults);
            model?.Encode("ab##é", []);
            Assert.Equal(model is null, !faults.IsEmpty);
            return model is not null;
        });

        Assert.InRange(refused, 1, 12_499);
    }

    [Fact]
    public void TokenizerConfig_Mutated_IsReadOrRefused()
    {
        var file = PieceFile.WithMarks().Add("▁", -1).Add("a", -2).Trainer(isBpe: true).Normalizer(true, false).ToArray();

        var refused = Run(10_000, 34, Encoding.UTF8.GetBytes(Config), bytes =>
        {
            var faults = new FaultList();
            return Check(SentencePieceLoader.Make(file, TokenizerConfigReader.Parse(bytes, faults), faults), faults);
        });

        Assert.InRange(refused, 1, 9_999);
    }

    private static bool Check(Tokenizer? tokenizer, FaultList faults)
    {
        Assert.Equal(tokenizer is null, !faults.IsEmpty);
        if (tokenizer is not null)
        {
            Use(tokenizer);
        }

        return tokenizer is not null;
    }

    private static void Use(ITokenizer tokenizer)
    {
        var ids = tokenizer.Encode(Text, addSpecialTokens: true);
        tokenizer.Decode([.. ids, 0, 9, 10, 3], skipSpecialTokens: ids.Length % 2 == 0);
    }

    private static int Run(int rounds, int seed, byte[] original, Func<byte[], bool> read)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, rounds).Count(_ => !read(Mutate(original, random)));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)"0123456789-{}[]\",:.e\\u \n"[random.Next(24)];
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    bytes.Add(0);
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.Next(2) == 0 ? "99999999999999999999" : "null"));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes[at..Math.Min(at + 20, bytes.Count)]);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
