using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Fovea.Planning.Shapes;

/// <summary>Knows the published sizes of the models the papers measured, by name.</summary>
public static class KnownShapes
{
    private const int RgbPatch14 = 3 * 14 * 14;

    private static readonly VisionShape ClipLarge336 = new(24, 1024, 4096, 577, 576) { LayersRun = 23, PatchElements = RgbPatch14 };
    private static readonly VisionShape InternVit300M = new(24, 1024, 4096, 1025, 256) { PatchElements = RgbPatch14 };
    private static readonly VisionShape InternVit6B = new(45, 3200, 12800, 1025, 256) { PatchElements = RgbPatch14 };

    private static readonly VisionShape Qwen2Vision = new(32, 1280, 5120, 4, 1)
    {
        PatchElements = 2 * RgbPatch14,
        AttentionSpansTiles = true,
    };

    private static readonly FrozenDictionary<string, ModelShape> ByName = new[]
    {
        Llava("llava-1.5-7b", new(32, 4096, 32, 32, 128, 11008, 32064)),
        Llava("llava-1.5-13b", new(40, 5120, 40, 40, 128, 13824, 32064)),
        InternVl("internvl2-1b", new(24, 896, 14, 2, 64, 4864, 151655), InternVit300M),
        InternVl("internvl2-2b", new(24, 2048, 16, 8, 128, 8192, 92553), InternVit300M),
        InternVl("internvl2-4b", new(32, 3072, 32, 32, 96, 8192, 32020), InternVit300M),
        InternVl("internvl2-8b", new(32, 4096, 32, 8, 128, 14336, 92553), InternVit300M),
        InternVl("internvl2-26b", new(48, 6144, 48, 8, 128, 16384, 92553), InternVit6B),
        new ModelShape("qwen2-vl-7b", new(28, 3584, 28, 4, 128, 18944, 152064), Qwen2Vision, new(5120, 5120, 3584)),
    }.ToFrozenDictionary(shape => shape.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets all names, sorted.</summary>
    public static ImmutableArray<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Finds a shape by its name, case ignored.</summary>
    public static bool TryGet(string name, [NotNullWhen(true)] out ModelShape? shape) => ByName.TryGetValue(name, out shape);

    /// <summary>Returns the shape of that name, or throws an <see cref="ArgumentException"/> that lists the known names.</summary>
    public static ModelShape Get(string name) =>
        TryGet(name, out var shape) ? shape : throw new ArgumentException($"unknown shape '{name}', known are {string.Join(", ", Names)}", nameof(name));

    private static ModelShape Llava(string name, LanguageShape language) =>
        new(name, language, ClipLarge336, new(ClipLarge336.HiddenSize, language.HiddenSize, language.HiddenSize));

    private static ModelShape InternVl(string name, LanguageShape language, VisionShape vision) =>
        new(name, language, vision, new(4 * vision.HiddenSize, language.HiddenSize, language.HiddenSize));
}
