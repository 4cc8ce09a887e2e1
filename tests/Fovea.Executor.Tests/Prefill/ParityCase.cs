using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Prefill;

/// <summary>One recorded run of the reference: plan, kept indices, logits, greedy tokens.</summary>
internal sealed record ParityCase(
    string Family,
    string Name,
    ImmutableArray<int> Counts,
    int Floor,
    TokenScorer Scorer,
    PositionMode Positions,
    ImmutableArray<int> Greedy)
{
    public static string Folder(string family) => Fixtures.Path(family);

    public static ParityCase Read(string family, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Fixtures.Path(family, "cases", name + ".json")));
        var root = document.RootElement;
        return new ParityCase(
            family,
            name,
            Numbers(root, "counts"),
            root.GetProperty("floor").GetInt32(),
            root.GetProperty("scorer").GetString() == "last" ? TokenScorer.Last : TokenScorer.Instruction,
            root.GetProperty("positions").GetString() == "renumber" ? PositionMode.Renumber : PositionMode.Keep,
            Numbers(root, "greedy"));
    }

    /// <summary>Every checkpoint with recorded runs.</summary>
    public static ImmutableArray<string> Families { get; } =
    [
        "llava", "llava-sharded", "internvl-hf", "internvl-hf-qknorm", "internvl-qwen2", "internvl-internlm2", "internvl-phi3", "internvl-llama",
        "qwen2-vl", "qwen2.5-vl", "llava-next",
    ];

    /// <summary>Their names, as test data.</summary>
    public static TheoryData<string> FamilyNames() => [.. Families];

    /// <summary>Every recorded case of every checkpoint.</summary>
    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var family in Families)
        {
            foreach (var file in Directory.GetFiles(Fixtures.Path(family, "cases"), "*.json").Order(StringComparer.Ordinal))
            {
                data.Add(family, Path.GetFileNameWithoutExtension(file));
            }
        }

        return data;
    }

    public KeepPlan Plan(ModelProfile profile) => new()
    {
        Model = profile.Name,
        ModelRevision = profile.Revision,
        Schedule = Name,
        VisionTokens = Counts[0],
        Counts = Counts,
        Floor = Floor,
        Scorer = Scorer,
        Positions = Positions,
    };

    public SafetensorsFile Tensors() => SafetensorsFile.Open(Fixtures.Path(Family, "cases", Name + ".safetensors"));

    /// <summary>The inputs that every case of a family shares.</summary>
    public static ForwardInputs Inputs(string family)
    {
        using var file = SafetensorsFile.Open(Fixtures.Path(family, "cases", "full.safetensors"));
        var faults = new List<string>();
        var inputs = HubTensors.Read(file, faults);
        Assert.Empty(faults);
        return inputs;
    }

    /// <summary>What stands where in the prompt that every case of a family shares.</summary>
    public static ModelPrompt Prompt(string family)
    {
        using var model = Load(family);
        return Inputs(family).PromptFor(model);
    }

    /// <summary>The family's checkpoint in fp32 on the CPU.</summary>
    public static LoadedModel Load(string family) =>
        ModelLoader.Load(new ModelSource(Fixtures.Path(family), family, ScalarType.Float32, torch.CPU));

    private static ImmutableArray<int> Numbers(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];
}
