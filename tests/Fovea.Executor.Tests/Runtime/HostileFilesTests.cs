using System.Text;
using Fovea.Executor.Models.InternVl;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Models.LlavaNext;
using Fovea.Executor.Models.Qwen2Vl;
using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Runtime;

/// <summary>More than a hundred thousand damaged files: each is read or refused, none crashes or reads past its end.</summary>
public sealed class HostileFilesTests
{
    private const int HeaderRounds = 40_000;
    private const int ConfigRounds = 9000;
    private const int TokenizerRounds = 5000;

    [Fact]
    public void Headers_Mutated_AreReadOrRefused()
    {
        var random = new Random(11);
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream,
            [SafetensorsTensor.Of("a", [1f, 2f], 2), SafetensorsTensor.Of("b", [3L], 1), SafetensorsTensor.Of("c", [4, 5], 2)],
            new Dictionary<string, string> { ["format"] = "pt" });
        var original = stream.ToArray();
        var accepted = 0;
        for (var round = 0; round < HeaderRounds; round++)
        {
            var mutated = Mutate(original, random);
            var faults = new FaultList();
            if (SafetensorsHeader.ReadLength(mutated.AsSpan(0, Math.Min(8, mutated.Length)), mutated.Length, "f", faults) is { } length
                && SafetensorsHeader.Parse(mutated.AsMemory(8, (int)length), mutated.Length, "f", faults) is { } header)
            {
                accepted++;
                Assert.All(header.Tensors, tensor => Assert.InRange(header.DataStart + tensor.End, header.DataStart, mutated.Length));
                Assert.True(faults.IsEmpty);
            }
            else
            {
                Assert.False(faults.IsEmpty);
            }
        }

        Assert.InRange(accepted, 1, HeaderRounds - 1);
    }

    [Theory]
    [InlineData("internvl-internlm2")]
    [InlineData("qwen2-vl")]
    public void HeadersOfFamilies_Mutated_AreReadOrRefused(string family)
    {
        using var stream = File.OpenRead(FixtureFiles.PathOf(family, "model.safetensors"));
        var start = new byte[8];
        stream.ReadExactly(start);
        var json = new byte[BitConverter.ToInt64(start)];
        stream.ReadExactly(json);
        var random = new Random(15);
        var refused = 0;
        for (var round = 0; round < 1000; round++)
        {
            var faults = new FaultList();
            var header = SafetensorsHeader.Parse(Mutate(json, random), stream.Length, "f", faults);
            Assert.Equal(header is null, !faults.IsEmpty);
            refused += header is null ? 1 : 0;
        }

        Assert.InRange(refused, 1, 999);
    }

    [Fact]
    public void Files_Mutated_AreMappedOrRefused()
    {
        var random = new Random(12);
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("model.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsTensor.Of("a", [1f, 2f], 2), SafetensorsTensor.Of("c", [4, 5], 2)]);
        var original = File.ReadAllBytes(path);
        for (var round = 0; round < 300; round++)
        {
            File.WriteAllBytes(path, Mutate(original, random));
            var faults = new FaultList();
            using var file = SafetensorsFile.TryOpen(path, faults);
            var sum = file?.Tensors.Values.Sum(tensor => tensor.Bytes.ToArray().Sum(value => (long)value));
            Assert.Equal(sum is null, !faults.IsEmpty);
        }
    }

    [Theory]
    [InlineData("llava")]
    [InlineData("llava-next")]
    [InlineData("internvl-hf")]
    [InlineData("internvl-internlm2")]
    [InlineData("internvl-phi3")]
    [InlineData("qwen2-vl")]
    [InlineData("qwen2.5-vl")]
    public void Configs_Mutated_AreReadOrRefused(string family)
    {
        var random = new Random(13);
        var folder = FixtureFiles.PathOf(family);
        var original = File.ReadAllBytes(Path.Combine(folder, "config.json"));
        Run(original, random, ConfigRounds, bytes => _ = family switch
        {
            "llava" => LlavaConfigReader.Parse(bytes),
            "llava-next" => LlavaNextConfigReader.Parse(bytes),
            "internvl-hf" or "internvl-internlm2" or "internvl-phi3" => (object)InternVlConfigReader.Parse(bytes, folder),
            _ => Qwen2VlConfigReader.Parse(bytes),
        });
    }

    [Fact]
    public void Tokenizers_Mutated_AreReadOrRefused()
    {
        var random = new Random(14);
        var small = Encoding.UTF8.GetBytes(SmallTokenizer);
        Run(small, random, TokenizerRounds, bytes => TokenizerJson.Parse(bytes).Encode("ab <s> é\ud800", true));
    }

    private const string SmallTokenizer = """
        {"added_tokens":[{"id":5,"content":"<s>","special":true,"normalized":false}],
         "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"NFC"}]},
         "pre_tokenizer":{"type":"Split","pattern":{"Regex":"\\p{L}+|\\s"},"behavior":"Isolated","invert":false},
         "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}],
           "special_tokens":{"<s>":{"id":"<s>","ids":[5]}}},
         "decoder":{"type":"Sequence","decoders":[{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
         "model":{"type":"BPE","unk_token":"a","fuse_unk":true,"byte_fallback":true,"vocab":{"a":0,"b":1,"ab":2,"▁":3,"▁ab":4},
           "merges":["a b",["▁","ab"]]}}
        """;

    private static void Run(byte[] original, Random random, int rounds, Action<byte[]> read)
    {
        var refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            try
            {
                read(Mutate(original, random));
            }
            catch (CheckpointException error)
            {
                refused++;
                Assert.NotEmpty(error.Faults);
            }
        }

        Assert.InRange(refused, 1, rounds);
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
                    bytes[at] = (byte)"0123456789-{}[]\",:.e\\u"[random.Next(22)];
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
