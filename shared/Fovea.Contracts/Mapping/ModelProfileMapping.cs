using Fovea.Planning.Shapes;
using Fovea.Planning.Validation;
using Domain = Fovea.Planning.Policies;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps model profiles; what planning depends on survives both ways unchanged.</summary>
public static class ModelProfileMapping
{
    private const int MaxLayers = 1024;
    private const int MaxSize = 1 << 24;

    /// <summary>Returns the profile, or every fault of names and sizes.</summary>
    public static Checked<Domain.ModelProfile> ToDomain(Wire.ModelProfile? message)
    {
        var faults = new FaultList();
        if (message is null)
        {
            faults.Invalid(string.Empty, "no model profile given");
            return faults.ToImmutable();
        }

        CheckHead(message, faults);
        CheckLanguage(message.Language, faults);
        CheckVision(message.Vision, faults);
        CheckProjector(message.Projector, faults);
        return faults.Check(() => new Domain.ModelProfile(message.Name, message.Revision, ToShape(message), message.ContextTokens));
    }

    /// <summary>Returns the profile of a loaded model, which must name its weights, too; or every fault.</summary>
    public static Checked<Domain.ModelProfile> ToAnnounced(Wire.ModelProfile? message)
    {
        var mapped = ToDomain(message);
        if (message is null or { Revision.Length: > 0 })
        {
            return mapped;
        }

        var faults = new FaultList();
        faults.AddRange(mapped.Faults);
        faults.Invalid("revision", "is empty, it must name the weights");
        return faults.ToImmutable();
    }

    /// <summary>Returns the message; family, dtype and device are the caller's to add.</summary>
    public static Wire.ModelProfile ToProto(Domain.ModelProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new Wire.ModelProfile
        {
            Name = profile.Name,
            Revision = profile.Revision,
            Language = ToProto(profile.Shape.Language),
            Vision = profile.Shape.Vision is { } vision ? ToProto(vision) : null,
            Projector = profile.Shape.Projector is { } projector ? ToProto(projector) : null,
            KvBytesPerElement = profile.Shape.KvBytesPerElement,
            ContextTokens = profile.ContextLength,
        };
    }

    private static void CheckHead(Wire.ModelProfile message, FaultList faults)
    {
        if (!Names.IsValid(message.Name))
        {
            faults.Invalid("name", $"'{message.Name}' must be 1 to {Names.MaxLength} letters, digits or ._-/: and start with a letter or digit");
        }

        faults.Range("kvBytesPerElement", message.KvBytesPerElement, 1, 8);
        faults.Range("contextTokens", message.ContextTokens, 0, int.MaxValue);
    }

    private static void CheckLanguage(Wire.LanguageShape? shape, FaultList faults)
    {
        if (shape is null)
        {
            faults.Invalid("language", "no shape of the language model given");
            return;
        }

        faults.Range("language.layers", shape.Layers, 1, MaxLayers);
        faults.Range("language.hiddenSize", shape.HiddenSize, 1, MaxSize);
        faults.Range("language.heads", shape.Heads, 1, MaxSize);
        faults.Range("language.kvHeads", shape.KvHeads, 1, Math.Max(1, shape.Heads));
        faults.Range("language.headDim", shape.HeadDim, 1, MaxSize);
        faults.Range("language.ffnSize", shape.FfnSize, 1, MaxSize);
        faults.Range("language.vocabSize", shape.VocabSize, 1, MaxSize);
    }

    private static void CheckVision(Wire.VisionShape? shape, FaultList faults)
    {
        if (shape is null)
        {
            return;
        }

        faults.Range("vision.layers", shape.Layers, 1, MaxLayers);
        faults.Range("vision.layersRun", shape.LayersRun, 0, Math.Max(1, shape.Layers));
        faults.Range("vision.hiddenSize", shape.HiddenSize, 1, MaxSize);
        faults.Range("vision.ffnSize", shape.FfnSize, 1, MaxSize);
        faults.Range("vision.ffnMatrices", shape.FfnMatrices, 0, 3);
        faults.Range("vision.encoderTokensPerTile", shape.EncoderTokensPerTile, 1, MaxSize);
        faults.Range("vision.visionTokensPerTile", shape.VisionTokensPerTile, 1, MaxSize);
        faults.Range("vision.patchValues", shape.PatchValues, 0, MaxSize);
    }

    private static void CheckProjector(Wire.ProjectorShape? shape, FaultList faults)
    {
        if (shape is null)
        {
            return;
        }

        faults.Range("projector.inputSize", shape.InputSize, 1, MaxSize);
        faults.Range("projector.hiddenSize", shape.HiddenSize, 1, MaxSize);
        faults.Range("projector.outputSize", shape.OutputSize, 1, MaxSize);
    }

    private static ModelShape ToShape(Wire.ModelProfile message) =>
        new(message.Name, ToDomain(message.Language), ToDomain(message.Vision), ToDomain(message.Projector))
        {
            KvBytesPerElement = message.KvBytesPerElement,
        };

    private static LanguageShape ToDomain(Wire.LanguageShape shape) =>
        new(shape.Layers, shape.HiddenSize, shape.Heads, shape.KvHeads, shape.HeadDim, shape.FfnSize, shape.VocabSize);

    private static VisionShape? ToDomain(Wire.VisionShape? shape) => shape is null
        ? null
        : new(shape.Layers, shape.HiddenSize, shape.FfnSize, shape.EncoderTokensPerTile, shape.VisionTokensPerTile)
        {
            LayersRun = shape.LayersRun == 0 ? shape.Layers : shape.LayersRun,
            FfnMatrices = shape.FfnMatrices == 0 ? 2 : shape.FfnMatrices,
            PatchElements = shape.PatchValues,
            AttentionSpansTiles = shape.AttentionSpansTiles,
        };

    private static ProjectorShape? ToDomain(Wire.ProjectorShape? shape) =>
        shape is null ? null : new(shape.InputSize, shape.HiddenSize, shape.OutputSize);

    private static Wire.LanguageShape ToProto(LanguageShape shape) => new()
    {
        Layers = shape.Layers,
        HiddenSize = shape.HiddenSize,
        Heads = shape.Heads,
        KvHeads = shape.KvHeads,
        HeadDim = shape.HeadDim,
        FfnSize = shape.FfnSize,
        VocabSize = shape.VocabSize,
    };

    private static Wire.VisionShape ToProto(VisionShape shape) => new()
    {
        Layers = shape.Layers,
        LayersRun = shape.LayersRun,
        HiddenSize = shape.HiddenSize,
        FfnSize = shape.FfnSize,
        FfnMatrices = shape.FfnMatrices,
        EncoderTokensPerTile = shape.TokensPerTile,
        VisionTokensPerTile = shape.VisionTokensPerTile,
        PatchValues = shape.PatchElements,
        AttentionSpansTiles = shape.AttentionSpansTiles,
    };

    private static Wire.ProjectorShape ToProto(ProjectorShape shape) => new()
    {
        InputSize = shape.InputSize,
        HiddenSize = shape.InnerSize,
        OutputSize = shape.OutputSize,
    };
}
