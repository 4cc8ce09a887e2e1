using System.Collections.Immutable;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Checks a request against the model that is to serve it.</summary>
internal static class PlanRequestCheck
{
    /// <summary>Returns every fault.</summary>
    public static ImmutableArray<PlanFault> Faults(ModelProfile profile, PlanRequest request)
    {
        var faults = new FaultCollector();
        CheckModel(profile, request, faults);
        var tokens = request.ImageTokens.AsSpan();
        for (var image = 0; image < tokens.Length; image++)
        {
            if (tokens[image] < 1)
            {
                faults.Invalid($"imageTokens[{image}]", $"{tokens[image]} vision tokens, an image has at least 1");
            }
        }

        if (request.TextTokens < 0)
        {
            faults.Invalid("textTokens", $"{request.TextTokens} is negative");
        }

        if (request.OverloadTier < 0)
        {
            faults.Invalid("overloadTier", $"{request.OverloadTier} is negative");
        }

        var limit = profile.ContextLength > 0 ? profile.ContextLength : int.MaxValue;
        if (request.VisionTokens + request.TextTokens > limit)
        {
            faults.Invalid(
                "textTokens",
                $"{request.VisionTokens} vision tokens and {request.TextTokens} others exceed the context length {limit} of {profile.Name}");
        }

        return faults.ToImmutable();
    }

    private static void CheckModel(ModelProfile profile, PlanRequest request, FaultCollector faults)
    {
        if (request.ModelName.Length > 0 && request.ModelName != profile.Name)
        {
            faults.Add(PlanFault.Precondition("model", $"request is for model '{request.ModelName}', but '{profile.Name}' is served"));
        }

        if (request.ModelRevision.Length > 0 && request.ModelRevision != profile.Revision)
        {
            faults.Add(PlanFault.Precondition(
                "modelRevision", $"request is for revision '{request.ModelRevision}' of {profile.Name}, but '{profile.Revision}' is served"));
        }
    }
}
