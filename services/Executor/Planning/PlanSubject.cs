using Fovea.Contracts.V1;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Executor.Planning;

/// <summary>What a plan is made for.</summary>
/// <param name="Descriptor">The request, without user data.</param>
/// <param name="Model">The loaded model.</param>
internal sealed record PlanSubject(PlanDescriptor Descriptor, ModelProfile Model);
