using Fovea.Executor.Models.Llava;

namespace Fovea.Executor.Runtime;

/// <summary>Finds the family of a checkpoint and loads it.</summary>
internal static class ModelLoader
{
    private static readonly IModelFamily[] Families = [new LlavaFamily()];

    /// <summary>Loads a checkpoint on the calling thread.</summary>
    /// <exception cref="CheckpointException">config.json cannot be read, names an unknown architecture, or the checkpoint has faults.</exception>
    public static LoadedModel Load(ModelSource source)
    {
        var type = ReadModelType(source.Folder);
        var family = Array.Find(Families, candidate => candidate.ModelType == type);
        return family is null
            ? throw new CheckpointException(source.Folder, $"model_type \"{type}\" is unknown; known: {string.Join(", ", Families.Select(known => known.ModelType))}")
            : family.Load(source);
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
