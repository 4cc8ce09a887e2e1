using System.Collections.Immutable;
using Fovea.Executor.Text;

namespace Fovea.Executor.Intake;

/// <summary>The messages of a request.</summary>
/// <param name="Messages">Messages in order.</param>
/// <param name="Images">All images, in prompt order.</param>
internal sealed record Conversation(ImmutableArray<ChatMessage> Messages, ImmutableArray<ImageFile> Images);
