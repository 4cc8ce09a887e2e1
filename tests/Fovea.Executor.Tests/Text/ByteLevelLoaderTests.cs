using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class ByteLevelLoaderTests
{
    private const string Vocabulary = """{"a":0,"b":1,"ab":2,"Ġ":3,"#":4,"##":5}""";
    private const string Merges = "#version: 0.2\na b\n# #\n";

    [Fact]
    public void Load_Gpt2_EncodesAndAddsTheMissingSpecialToken()
    {
        using var folder = Folder(Vocabulary, Merges, """{"tokenizer_class":"GPT2Tokenizer"}""");

        var tokenizer = TokenizerLoader.Load(folder.Root);

        Assert.Equal([2, 3, 0, 5], tokenizer.Encode("ab a##", addSpecialTokens: true));
        Assert.Equal([6], tokenizer.Encode("<|endoftext|>", addSpecialTokens: false));
        Assert.Equal("ab a", tokenizer.Decode([2, 3, 0, 6], skipSpecialTokens: true));
    }

    [Fact]
    public void Load_Qwen2_TakesLinesThatBeginWithAHashAsComments()
    {
        using var folder = Folder(Vocabulary, Merges, """{"tokenizer_class":"Qwen2TokenizerFast"}""");

        Assert.Equal([4, 4, 2], TokenizerLoader.Load(folder.Root).Encode("##ab", addSpecialTokens: false));
    }

    [Theory]
    [InlineData(7, 6, 6, 7)]
    [InlineData(7, 8, 7, 6)]
    [InlineData(6, 6, 7, 6)]
    [InlineData(null, null, 7, 6)]
    public void Load_ConfigurationDeniesTheFiles_CountsOnlyWhereBothEndsFit(int? begin, int? end, int expectedEnd, int expectedStart)
    {
        const string config = """{"tokenizer_class":"Qwen2Tokenizer","eos_token":"<|im_end|>","pad_token":"<|endoftext|>"}""";
        using var folder = Folder(Vocabulary, Merges, config);
        folder.Write("added_tokens.json", """{"<|endoftext|>":6,"<|im_end|>":7}""");
        folder.Write("config.json", $$$"""{"llm_config":{"bos_token_id":{{{begin?.ToString() ?? "null"}}},"eos_token_id":{{{end?.ToString() ?? "null"}}} }}""");

        var tokenizer = TokenizerLoader.Load(folder.Root);

        Assert.Equal((expectedEnd, expectedStart), (tokenizer.IdOf("<|im_end|>"), tokenizer.IdOf("<|endoftext|>")));
    }

    [Theory]
    [InlineData("{\"a\":0", Merges, "vocab.json: ")]
    [InlineData("{\"a\":0,\"b\":0}", Merges, "vocab.json: $.b has the id 0 of another token")]
    [InlineData(Vocabulary, "a b c\n", "merges.txt: line 1 holds other than two tokens")]
    [InlineData(Vocabulary, "a b\na x\n", "merges.txt: line 2: not both tokens")]
    public void Load_DamagedFile_NamesTheFault(string vocabulary, string merges, string expected)
    {
        using var folder = Folder(vocabulary, merges, "{}");

        var error = Assert.Throws<CheckpointException>(() => TokenizerLoader.Load(folder.Root));

        Assert.Contains(error.Faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_SeveralFaults_NamesAll()
    {
        using var folder = new TemporaryFolder();
        folder.Write("vocab.json", "{\"a\":true}");
        folder.Write("tokenizer_config.json", """{"tokenizer_class":"Foo","eos_token":5,"added_tokens_decoder":{"x":{"content":"y"},"3":{}}}""");

        var faults = Assert.Throws<CheckpointException>(() => TokenizerLoader.Load(folder.Root)).Faults;

        string[] expected = ["eos_token is 5", "decoder.x is no id", "content is missing", "tokenizer_class is \"Foo\"", "merges.txt: the file is missing"];
        Assert.All(expected, text => Assert.Contains(faults, fault => fault.Contains(text, StringComparison.Ordinal)));
    }

    private static TemporaryFolder Folder(string vocabulary, string merges, string config)
    {
        var folder = new TemporaryFolder();
        folder.Write("vocab.json", vocabulary);
        folder.Write("merges.txt", merges);
        folder.Write("tokenizer_config.json", config);
        return folder;
    }
}
