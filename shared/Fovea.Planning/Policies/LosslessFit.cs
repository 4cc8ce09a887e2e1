using Fovea.Planning.Tables;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Finds the schedule of a lossless rule, or says why there is none.</summary>
internal static class LosslessFit
{
    private const string Remedy = "run a G-Search for it, or serve by full";

    /// <summary>Returns the choice with the schedule in the place of the rule's promise; any other choice as it is.</summary>
    public static Checked<PolicyChoice> Apply(PolicyChoice choice, ModelTables tables, ModelProfile profile)
    {
        if (choice.Serve is not Serving.Lossless)
        {
            return choice;
        }

        var requestClass = choice.Rule?.RequestClass ?? ClassRule.AnyClass;
        return tables.FindLossless(profile, requestClass) is { } found
            ? choice with { Serve = new Serving.BySchedule(found.Id) }
            : Missing(tables, profile, requestClass);
    }

    /// <summary>Returns the fault that the model has no lossless schedule for the class; it names what there is instead.</summary>
    public static PlanFault Missing(ModelTables tables, ModelProfile profile, string requestClass)
    {
        var ofModel = tables.Lossless.Where(found => found.Model == profile.Name).ToArray();
        var others = ofModel.Length == 0
            ? string.Empty
            : $" (there are {string.Join(", ", ofModel.Select(NameOf).Distinct(StringComparer.Ordinal))})";
        var ofClass = requestClass == ClassRule.AnyClass ? "all questions" : $"questions of class '{requestClass}' or all";
        return PlanFault.Precondition(
            "lossless",
            $"no lossless search has stored a schedule for revision '{profile.Revision}' of model '{profile.Name}' on {ofClass}{others}; {Remedy}");
    }

    /// <summary>Returns the fault that no lossless search has stored a schedule for a model whose shape is not known yet.</summary>
    public static PlanFault Missing(string model) => PlanFault.Precondition(
        "lossless",
        model == Policy.AnyModel
            ? $"no lossless search has stored a schedule for any model; {Remedy}"
            : $"no lossless search has stored a schedule for model '{model}'; {Remedy}");

    private static string NameOf(LosslessSchedule found) =>
        $"{found.Id} for revision '{found.ModelRevision}' on {(found.RequestClass.Length == 0 ? "all questions" : $"class '{found.RequestClass}'")}";
}
