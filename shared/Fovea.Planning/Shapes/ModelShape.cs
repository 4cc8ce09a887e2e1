namespace Fovea.Planning.Shapes;

/// <summary>Gives all sizes of a model that decide what a keep plan costs; no weights, no names of tensors.</summary>
/// <param name="Name">Name of the model, for messages.</param>
/// <param name="Language">The decoder.</param>
/// <param name="Vision">The vision encoder, or null if its cost is left out.</param>
/// <param name="Projector">The projector, or null if its cost is left out.</param>
public sealed record ModelShape(string Name, LanguageShape Language, VisionShape? Vision, ProjectorShape? Projector)
{
    /// <summary>Gets the bytes of one key or value element in the cache; 2 for 16-bit types.</summary>
    public int KvBytesPerElement { get; init; } = 2;

    /// <summary>Gets the number of decoder layers.</summary>
    public int Layers => Language.Layers;
}
