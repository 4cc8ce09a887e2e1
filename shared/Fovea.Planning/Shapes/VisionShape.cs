namespace Fovea.Planning.Shapes;

/// <summary>Gives the sizes of a vision encoder and how many of its tokens become vision tokens.</summary>
/// <param name="Layers">Layers the checkpoint has.</param>
/// <param name="HiddenSize">Width of the encoder.</param>
/// <param name="FfnSize">Width of its feed-forward network.</param>
/// <param name="TokensPerTile">Tokens in the encoder for one tile, class token included.</param>
/// <param name="VisionTokensPerTile">Vision tokens the language model gets for one tile, after the projector.</param>
public sealed record VisionShape(int Layers, int HiddenSize, int FfnSize, int TokensPerTile, int VisionTokensPerTile)
{
    /// <summary>
    /// Gets the layers that are run: fewer than <see cref="Layers"/> if the features come from an earlier one
    /// (vision_feature_layer).
    /// </summary>
    public int LayersRun { get; init; } = Layers;

    /// <summary>Gets the matrices of the feed-forward network: 2, or 3 if it is gated.</summary>
    public int FfnMatrices { get; init; } = 2;

    /// <summary>Gets the input values of one patch (channels times pixels); 0 leaves the patch embedding out of the cost.</summary>
    public int PatchElements { get; init; }

    /// <summary>Gets whether attention spans all tiles, as in encoders of native resolution, where a tile is only one merge unit.</summary>
    public bool AttentionSpansTiles { get; init; }
}
