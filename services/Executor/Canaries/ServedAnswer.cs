using System.Collections.Immutable;
using Fovea.Executor.Intake;
using Fovea.Executor.Planning;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Canaries;

/// <summary>A whole answer that was sent.</summary>
/// <param name="Request">The request.</param>
/// <param name="Model">The model that served it.</param>
/// <param name="Plan">The plan that it was served by.</param>
/// <param name="Ids">Tokens of the answer, without the end.</param>
/// <param name="Reason">Why the engine or a stop string ended it.</param>
internal sealed record ServedAnswer(AcceptedRequest Request, ServedModel Model, PinnedPlan Plan, ImmutableArray<int> Ids, FinishReason Reason);
