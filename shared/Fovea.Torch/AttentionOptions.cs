using System.Runtime.InteropServices;

namespace Fovea.Torch;

/// <summary>Sets the variants of scaled dot-product attention; the default value is full attention at 1/sqrt(D).</summary>
/// <param name="IsCausal">Whether a query sees only keys up to its own place; not together with a mask.</param>
/// <param name="Scale">Factor of the products; null for 1/sqrt(D).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AttentionOptions(bool IsCausal = false, double? Scale = null);
