using System.Collections.Immutable;
using Fovea.Executor.Models.InternVl;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Models.LlavaNext;
using Fovea.Executor.Models.Qwen2Vl;

namespace Fovea.Executor.Runtime;

/// <summary>Every family that checkpoints can be of; a new one is one line here.</summary>
internal static class ModelFamilies
{
    private static readonly ImmutableArray<IModelFamily> All =
    [
        new LlavaFamily(),
        new LlavaNextFamily(),
        new InternVlFamily(),
        new Qwen2VlFamily(),
    ];

    /// <summary>Finds the family of a checkpoint by its config.json.</summary>
    /// <exception cref="CheckpointException">The file cannot be read or names an unknown architecture.</exception>
    public static (string ModelType, IModelFamily Family) Of(string folder)
    {
        var type = ReadModelType(folder);
        var family = All.FirstOrDefault(candidate => candidate.ModelTypes.Contains(type));
        return family is null
            ? throw new CheckpointException(folder, $"model_type \"{type}\" is unknown; known: {string.Join(", ", All.SelectMany(known => known.ModelTypes))}")
            : (type, family);
    }

    private static string ReadModelType(string folder)
    {
        var faults = new FaultList();
        using var document = JsonFile.Load(Path.Combine(folder, "config.json"), faults);
        faults.ThrowIfAny(folder);
        var type = new JsonObjectReader(document!.RootElement, "config.json", "$", faults).RequiredString("model_type");
        faults.ThrowIfAny(folder);
        return type;
    }
}
