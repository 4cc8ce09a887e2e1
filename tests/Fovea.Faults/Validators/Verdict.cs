using System.Collections.Immutable;

namespace Fovea.Faults.Validators;

/// <summary>What a validator has found.</summary>
/// <param name="Guarantee">Name of the guarantee.</param>
/// <param name="Checks">How many things were compared; 0 says that the history tells nothing about the guarantee.</param>
/// <param name="Violations">Every breach.</param>
internal sealed record Verdict(string Guarantee, long Checks, ImmutableArray<Violation> Violations);
