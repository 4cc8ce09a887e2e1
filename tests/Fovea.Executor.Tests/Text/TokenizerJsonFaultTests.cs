using System.Text;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class TokenizerJsonFaultTests
{
    private const string Good = """
        {"added_tokens":[{"id":3,"content":"<s>","special":true}],"normalizer":null,"pre_tokenizer":null,"post_processor":null,"decoder":null,
         "model":{"type":"BPE","unk_token":null,"vocab":{"a":0,"b":1,"ab":2},"merges":[["a","b"]]}}
        """;

    [Fact]
    public void Parse_GoodFile_Encodes() =>
        Assert.Equal([2, 3, 0], TokenizerJson.Parse(Encoding.UTF8.GetBytes(Good)).Encode("ab<s>a", addSpecialTokens: true));

    [Fact]
    public void Parse_OlderMerges_EqualsNewer()
    {
        var older = Good.Replace("""["a","b"]""", "\"#version: 0.2\",\"a b\"");

        Assert.Equal([2], TokenizerJson.Parse(Encoding.UTF8.GetBytes(older)).Encode("ab", addSpecialTokens: false));
    }

    [Theory]
    [InlineData("\"type\":\"BPE\"", "\"type\":\"Unigram\"", "only BPE")]
    [InlineData("\"unk_token\":null", "\"unk_token\":\"<unk>\"", "$.model.unk_token is \"<unk>\", which is not in vocab")]
    [InlineData("\"unk_token\":null", "\"dropout\":0.5", "$.model.dropout")]
    [InlineData("\"unk_token\":null", "\"end_of_word_suffix\":\"</w>\"", "$.model.end_of_word_suffix")]
    [InlineData("\"ab\":2", "\"ab\":1", "has the id 1 of another token")]
    [InlineData("\"ab\":2", "\"ab\":-2", "where an id in")]
    [InlineData("\"ab\":2", "\"ac\":2", "$.model.merges[0] names \"a\" and \"b\"")]
    [InlineData("[\"a\",\"b\"]", "[\"a\"]", "where two tokens are needed")]
    [InlineData("[\"a\",\"b\"]", "\"a  b\"", "where two tokens are needed")]
    [InlineData("\"id\":3", "\"id\":1", "which is \"b\" in the model")]
    [InlineData("\"content\":\"<s>\"", "\"content\":\"a\"", "\"a\" is 0 in the model")]
    [InlineData("\"special\":true}", "\"special\":true},{\"id\":3,\"content\":\"x\"}", "is used twice")]
    [InlineData("\"post_processor\":null", "\"post_processor\":{\"type\":\"BertProcessing\"}", "BertProcessing")]
    [InlineData("\"post_processor\":null", "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"q\"}}]}", "does not define")]
    [InlineData("\"normalizer\":null", "\"normalizer\":{\"type\":\"Nmt\"}", "Nmt")]
    [InlineData("\"model\"", "\"modell\"", "$.model is missing")]
    public void Parse_FaultyPart_NamesIt(string good, string bad, string expected)
    {
        var json = Good.Replace(good, bad);
        Assert.NotEqual(Good, json);

        var error = Assert.Throws<CheckpointException>(() => TokenizerJson.Parse(Encoding.UTF8.GetBytes(json)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyFaults_NamesAll()
    {
        var json = Good.Replace("\"normalizer\":null", "\"normalizer\":{\"type\":\"X\"}").Replace("\"decoder\":null", "\"decoder\":{\"type\":\"Y\"}");

        var faults = Assert.Throws<CheckpointException>(() => TokenizerJson.Parse(Encoding.UTF8.GetBytes(json))).Faults;

        Assert.Equal(2, faults.Count);
    }

    [Fact]
    public void Encode_LoneSurrogates_CountAsReplacementCharacters()
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", "llama"));

        Assert.Equal(tokenizer.Encode("a\uFFFDb\uFFFD", false), tokenizer.Encode("a\ud800b\udc00", false));
    }

    [Fact]
    public void Encode_HugeWords_EndInTime()
    {
        foreach (var name in new[] { "llama", "llama-metaspace", "qwen2" })
        {
            var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", name));
            foreach (var unit in new[] { "a", " ", "\n", "é", "\u0301", "😀", "<s", "\ud800" })
            {
                var text = string.Concat(Enumerable.Repeat(unit, 30_000));
                Assert.NotEmpty(tokenizer.Encode(text, addSpecialTokens: false));
            }
        }
    }

    [Fact]
    public void Encode_ManyThreads_GiveEqualIds()
    {
        var tokenizer = TokenizerJson.Load(FixtureFiles.PathOf("tokenizers", "qwen2"));
        var corpus = FixtureFiles.Json<List<CorpusEntry>>("tokenizers", "qwen2", "corpus.json");

        Parallel.For(0, 4, _ => corpus.ForEach(entry => Assert.Equal(entry.IdsPlain, tokenizer.Encode(entry.Text, addSpecialTokens: false))));
    }
}
