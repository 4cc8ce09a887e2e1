namespace Fovea.Planning.Shapes;

/// <summary>Gives the sizes of a gated decoder-only language model that its cost depends on.</summary>
/// <param name="Layers">Number of decoder layers, L.</param>
/// <param name="HiddenSize">Width of the residual stream, d.</param>
/// <param name="Heads">Number of query heads.</param>
/// <param name="KvHeads">Number of key/value heads; equal to <paramref name="Heads"/> without grouping.</param>
/// <param name="HeadDim">Width of one head.</param>
/// <param name="FfnSize">Width of the gated feed-forward network (three matrices), m.</param>
/// <param name="VocabSize">Rows of the output matrix.</param>
public sealed record LanguageShape(int Layers, int HiddenSize, int Heads, int KvHeads, int HeadDim, int FfnSize, int VocabSize)
{
    /// <summary>Gets the width of all query heads together; d for most models.</summary>
    public int QuerySize => Heads * HeadDim;

    /// <summary>Gets the width of all key heads together, d_kv.</summary>
    public int KvSize => KvHeads * HeadDim;
}
