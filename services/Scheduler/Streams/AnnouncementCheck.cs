using System.Collections.Immutable;
using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Validation;
using DomainProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Scheduler.Streams;

/// <summary>Checks how an executor introduces itself.</summary>
internal static class AnnouncementCheck
{
    /// <summary>Returns the executor's model, or every fault, below the message's field.</summary>
    public static Checked<DomainProfile> Of(string field, string executorId, ModelProfile? model)
    {
        var faults = ImmutableArray.CreateBuilder<PlanFault>();
        if (!Names.IsValid(executorId))
        {
            faults.Add(new PlanFault(
                PlanFaultKind.InvalidArgument,
                $"{field}.executorId",
                $"'{executorId}' must be 1 to {Names.MaxLength} letters, digits or ._-/: and start with a letter or digit"));
        }

        var profile = ModelProfileMapping.ToAnnounced(model);
        faults.AddRange(profile.Faults.Select(fault => fault with { Field = $"{field}.model.{fault.Field}".TrimEnd('.') }));
        return faults.Count > 0 ? faults.ToImmutable() : profile;
    }
}
