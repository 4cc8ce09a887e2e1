using System.Runtime.InteropServices;

namespace Fovea.Executor.Decode;

/// <summary>A token that may be drawn.</summary>
/// <param name="Id">The token.</param>
/// <param name="Logit">What the model gives it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Candidate(int Id, float Logit);
