namespace Fovea.Planning.Shapes;

/// <summary>Gives the sizes of a two-layer projector, applied once per vision token.</summary>
/// <param name="InputSize">Width of one vision token before it, merged patches included.</param>
/// <param name="InnerSize">Width between its two matrices.</param>
/// <param name="OutputSize">Width of the language model.</param>
public sealed record ProjectorShape(int InputSize, int InnerSize, int OutputSize);
