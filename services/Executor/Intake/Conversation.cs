using System.Collections.Immutable;

namespace Fovea.Executor.Intake;

/// <summary>The messages of a request.</summary>
/// <param name="Turns">Messages in order.</param>
/// <param name="Images">All images, in prompt order.</param>
internal sealed record Conversation(ImmutableArray<ChatTurn> Turns, ImmutableArray<ImageFile> Images);
