using Fovea.Planning.Shapes;

namespace Fovea.Planning.Policies;

/// <summary>Describes a served model as far as planning needs it.</summary>
/// <param name="Name">Name that requests and policies use.</param>
/// <param name="Revision">Digest of the weights and configuration.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="ContextLength">Most tokens of a prompt; 0 if unlimited.</param>
public sealed record ModelProfile(string Name, string Revision, ModelShape Shape, int ContextLength);
