using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Fovea.Executor.Text;

namespace Fovea.Benchmarks.Text;

/// <summary>Measures streaming detokenisation by each kind of tokenizer over its own ids of the corpora; one thread.</summary>
public class DecodeBenchmark
{
    private ITokenizer? _tokenizer;
    private int[] _ids = [];

    /// <summary>The folder of the tokenizer.</summary>
    [Params("tokenizers/llama", "tokenizers/qwen2", "tokenizers/sentencepiece-unigram", "internvl-qwen2", "internvl-internlm2")]
    public string Folder { get; set; } = string.Empty;

    /// <summary>Loads the tokenizer and makes the ids.</summary>
    [GlobalSetup]
    public void Load()
    {
        var root = Path.Combine(EncodeBenchmark.FindRoot(), "tests", "fixtures");
        _tokenizer = TokenizerLoader.Load(Path.Combine(root, Folder));
        using var corpus = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "tokenizers", "llama", "corpus.json")));
        _ids = [.. corpus.RootElement.EnumerateArray().SelectMany(entry => _tokenizer.Encode(entry.GetProperty("text").GetString()!, false))];
        Console.WriteLine($"// {Folder}: {_ids.Length} ids");
    }

    /// <summary>Decodes every id.</summary>
    [Benchmark]
    public int Decode()
    {
        var stream = _tokenizer!.StartDecoding(skipSpecialTokens: true);
        return _ids.Sum(id => stream.Push(id).Length) + stream.Finish().Length;
    }
}
