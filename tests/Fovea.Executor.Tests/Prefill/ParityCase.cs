using System.Collections.Immutable;
using System.Text.Json;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;

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

    /// <summary>Every recorded case of both LLaVA checkpoints.</summary>
    public static TheoryData<string, string> All()
    {
        var data = new TheoryData<string, string>();
        foreach (var family in (string[])["llava", "llava-sharded"])
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
        var ids = file.Tensors["input_ids"].As<long>().ToArray().Select(id => (int)id).ToArray();
        var pixels = file.Tensors["pixel_values"];
        var (height, width) = ((int)pixels.Shape[2], (int)pixels.Shape[3]);
        var values = pixels.As<float>();
        var size = 3 * height * width;
        var images = new List<PixelValues>();
        for (var i = 0; i < (int)pixels.Shape[0]; i++)
        {
            images.Add(new PixelValues(height, width, values.Slice(i * size, size).ToArray()));
        }

        return new ForwardInputs(ids, images);
    }

    private static ImmutableArray<int> Numbers(JsonElement root, string name) =>
        [.. root.GetProperty(name).EnumerateArray().Select(number => number.GetInt32())];
}
