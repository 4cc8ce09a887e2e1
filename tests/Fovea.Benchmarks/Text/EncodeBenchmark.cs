using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Fovea.Executor.Text;

namespace Fovea.Benchmarks.Text;

/// <summary>Measures encoding by each kind of tokenizer, on the mixed texts of the corpora and on one run of spaces; one thread.</summary>
/// <remarks>Every operation encodes about a million bytes, so megabytes a second are 1,000 over the milliseconds of an operation.</remarks>
public class EncodeBenchmark
{
    private const int Bytes = 1_000_000;
    private const int Run = 300_000;

    private ITokenizer? _tokenizer;
    private string[] _texts = [];

    /// <summary>The folder of the tokenizer.</summary>
    [Params(
        "tokenizers/llama", "tokenizers/llama-metaspace", "tokenizers/qwen2", "tokenizers/sentencepiece-bpe",
        "tokenizers/sentencepiece-unigram", "internvl-qwen2", "internvl-internlm2")]
    public string Folder { get; set; } = string.Empty;

    /// <summary>What is encoded: prose and code, the whole corpus, or spaces.</summary>
    [Params("prose", "corpus", "spaces")]
    public string Input { get; set; } = string.Empty;

    /// <summary>Loads the tokenizer and makes the texts.</summary>
    [GlobalSetup]
    public void Load()
    {
        var root = Path.Combine(FindRoot(), "tests", "fixtures");
        _tokenizer = TokenizerLoader.Load(Path.Combine(root, Folder));
        using var corpus = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "tokenizers", "llama", "corpus.json")));
        string[] all = [.. corpus.RootElement.EnumerateArray().Select(entry => entry.GetProperty("text").GetString()!)];
        _texts = Input switch
        {
            "spaces" => [.. Enumerable.Repeat(new string(' ', Run), (Bytes / Run) + 1)],
            "corpus" => Fill(all),
            _ => Fill([.. all.Where(text => text.Length > 100 && Ascii.IsValid(text))]),
        };
        var bytes = _texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
        Console.WriteLine($"// {Folder}, {Input}: {bytes} bytes in {_texts.Length} texts");
    }

    /// <summary>Encodes every text.</summary>
    [Benchmark]
    public int Encode() => _texts.Sum(text => _tokenizer!.Encode(text, addSpecialTokens: false).Length);

    private static string[] Fill(string[] texts)
    {
        var filled = new List<string>();
        for (long bytes = 0; bytes < Bytes;)
        {
            filled.AddRange(texts);
            bytes += texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
        }

        return [.. filled];
    }

    /// <summary>The folder of the repository.</summary>
    internal static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Fovea.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmark does not run inside the repository");
        }

        return folder;
    }
}
