using Fovea.Contracts.V1;

namespace Fovea.Executor.Planning;

/// <summary>Who the executor is to the scheduler.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Address">Where it serves, with the port that is really bound.</param>
/// <param name="Model">The loaded model.</param>
internal sealed record ExecutorIdentity(string Id, string Address, ModelProfile Model);
