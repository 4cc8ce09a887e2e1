using System.Text.Json.Nodes;
using Fovea.Executor.Runtime;
using Fovea.Planning.Shapes;

namespace Fovea.Cli.Models;

/// <summary>Holds what can be told of a checkpoint without loading its weights.</summary>
/// <param name="Shape">Sizes from config.json.</param>
/// <param name="Revision">Digest of the checkpoint: the model revision that plans name.</param>
/// <param name="Bytes">Bytes of all tensors.</param>
/// <param name="Tensors">All tensors by name; readable while the checkpoint is open.</param>
internal sealed record CheckpointFacts(ModelShape Shape, string Revision, long Bytes, IReadOnlyList<TensorEntry> Tensors)
{
    /// <summary>Gathers the facts of an open checkpoint.</summary>
    public static CheckpointFacts Of(CheckpointFiles checkpoint, ModelShape shape) => new(
        shape,
        CheckpointDigest.Compute(checkpoint),
        checkpoint.TotalBytes,
        [.. checkpoint.Tensors.Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)]);

    /// <summary>Returns the facts as JSON.</summary>
    public JsonObject ToJson(bool withTensors)
    {
        var json = new JsonObject
        {
            ["name"] = Shape.Name,
            ["revision"] = Revision,
            ["parameters"] = Tensors.Sum(Elements),
            ["bytes"] = Bytes,
            ["tensor_count"] = Tensors.Count,
            ["parameters_by_type"] = new JsonObject(Tensors
                .GroupBy(tensor => tensor.DType)
                .OrderBy(group => group.Key)
                .Select(group => KeyValuePair.Create(group.Key.Name(), (JsonNode?)group.Sum(Elements)))),
            ["language"] = Language(Shape.Language),
            ["vision"] = Shape.Vision is { } vision ? Vision(vision) : null,
            ["projector"] = Shape.Projector is { } projector ? Projector(projector) : null,
        };
        if (withTensors)
        {
            json["tensors"] = new JsonArray([.. Tensors.Select(Describe)]);
        }

        return json;
    }

    private static long Elements(TensorEntry tensor) => tensor.Shape.Aggregate(1L, (product, size) => product * size);

    private static JsonNode Describe(TensorEntry tensor) => new JsonObject
    {
        ["name"] = tensor.Name,
        ["dtype"] = tensor.DType.Name(),
        ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
    };

    private static JsonObject Language(LanguageShape shape) => new()
    {
        ["layers"] = shape.Layers,
        ["hidden_size"] = shape.HiddenSize,
        ["heads"] = shape.Heads,
        ["kv_heads"] = shape.KvHeads,
        ["head_dim"] = shape.HeadDim,
        ["ffn_size"] = shape.FfnSize,
        ["vocab_size"] = shape.VocabSize,
    };

    private static JsonObject Vision(VisionShape shape) => new()
    {
        ["layers"] = shape.Layers,
        ["layers_run"] = shape.LayersRun,
        ["hidden_size"] = shape.HiddenSize,
        ["ffn_size"] = shape.FfnSize,
        ["tokens_per_tile"] = shape.TokensPerTile,
        ["vision_tokens_per_tile"] = shape.VisionTokensPerTile,
    };

    private static JsonObject Projector(ProjectorShape shape) => new()
    {
        ["input_size"] = shape.InputSize,
        ["inner_size"] = shape.InnerSize,
        ["output_size"] = shape.OutputSize,
    };
}
