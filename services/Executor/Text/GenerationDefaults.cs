using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text;

/// <summary>What a checkpoint says about generating: where answers end and how tokens are drawn when a request does not say.</summary>
internal sealed record GenerationDefaults
{
    private const string FileName = "generation_config.json";
    private const string ConfigName = "config.json";
    private const int MaxId = (1 << 24) - 1;

    /// <summary>Ids that end an answer; at least one.</summary>
    public required IReadOnlyList<int> EndTokenIds { get; init; }

    /// <summary>The id that begins a text, or null.</summary>
    public int? BeginTokenId { get; init; }

    /// <summary>The id that fills batches, or null.</summary>
    public int? PadTokenId { get; init; }

    /// <summary>Most new tokens, or null.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Temperature; 0 when the checkpoint does not sample.</summary>
    public double Temperature { get; init; }

    /// <summary>Nucleus share; 1 is all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Candidates; 0 is all.</summary>
    public int TopK { get; init; }

    /// <summary>
    /// Reads generation_config.json, or, where the folder has none, the ids in config.json; throws <see cref="CheckpointException"/>.
    /// </summary>
    public static GenerationDefaults Read(string folder)
    {
        var faults = new FaultList();
        var name = File.Exists(Path.Combine(folder, FileName)) ? FileName : ConfigName;
        using var document = JsonFile.Load(Path.Combine(folder, name), faults);
        var defaults = document is null ? null : ReadRoot(document, name, faults);
        faults.ThrowIfAny(Path.Combine(folder, name));
        return defaults!;
    }

    private static GenerationDefaults ReadRoot(JsonDocument document, string name, FaultList faults)
    {
        var root = new JsonObjectReader(document.RootElement, name, "$", faults);
        var holder = root.Has("eos_token_id") ? root : root.Object("text_config") ?? root;
        var samples = root.Bool("do_sample", false);
        return new GenerationDefaults
        {
            EndTokenIds = ReadEnds(holder),
            BeginTokenId = holder.OptionalInt("bos_token_id", 0, MaxId),
            PadTokenId = holder.OptionalInt("pad_token_id", 0, MaxId),
            MaxNewTokens = root.OptionalInt("max_new_tokens", 1, int.MaxValue),
            Temperature = samples ? root.Double("temperature", 1, 0, 100) : 0,
            TopP = samples ? root.Double("top_p", 1, double.Epsilon, 1) : 1,
            TopK = samples ? root.Int("top_k", 0, 0, int.MaxValue) : 0,
        };
    }

    private static List<int> ReadEnds(JsonObjectReader reader)
    {
        var ends = new List<int>();
        if (!reader.TryGet("eos_token_id", out var value))
        {
            reader.Fault("eos_token_id", "is missing: no token would end an answer");
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            ends.Add(reader.RequiredInt("eos_token_id", 0, MaxId));
        }
        else
        {
            foreach (var element in value.EnumerateArray())
            {
                if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var id) && id is >= 0 and <= MaxId)
                {
                    ends.Add(id);
                }
                else
                {
                    reader.Fault("eos_token_id", $"holds {JsonKinds.Show(element)} where an id is needed");
                }
            }

            if (value.GetArrayLength() == 0)
            {
                reader.Fault("eos_token_id", "is empty: no token would end an answer");
            }
        }

        return ends;
    }
}
