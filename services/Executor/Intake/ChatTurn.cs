using System.Collections.Immutable;

namespace Fovea.Executor.Intake;

/// <summary>One message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Parts">Texts, and nulls where images stand, in order.</param>
internal sealed record ChatTurn(string Role, ImmutableArray<string?> Parts);
