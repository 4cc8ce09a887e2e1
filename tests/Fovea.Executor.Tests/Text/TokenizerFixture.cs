using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

/// <summary>A folder of tokenizer files and what the reference library makes of its texts.</summary>
internal static class TokenizerFixture
{
    /// <summary>All folders with a corpus.</summary>
    public static TheoryData<string> All { get; } =
    [
        "tokenizers/llama", "tokenizers/llama-metaspace", "tokenizers/qwen2", "tokenizers/sentencepiece-bpe",
        "tokenizers/sentencepiece-unigram", "internvl-qwen2", "internvl-internlm2", "internvl-phi3", "internvl-llama",
    ];

    /// <summary>The tokenizer of a folder.</summary>
    public static ITokenizer Load(string folder) => TokenizerLoader.Load(PathOf(folder));

    /// <summary>The path of a folder.</summary>
    public static string PathOf(string folder) => FixtureFiles.PathOf(folder.Split('/'));

    /// <summary>The corpus of a folder.</summary>
    public static List<CorpusEntry> Corpus(string folder)
    {
        var name = File.Exists(Path.Combine(PathOf(folder), "corpus.json")) ? "corpus.json" : "tokens.json";
        return FixtureFiles.Json<List<CorpusEntry>>([.. folder.Split('/'), name]);
    }
}
