using System.Globalization;
using Fovea.Contracts.OpenInference;
using Fovea.Contracts.V1;
using Fovea.Executor.Intake;

namespace Fovea.Executor.OpenInference;

/// <summary>Reads the parameters of a request: those of sampling, and the extension <c>keep_plan/v1</c>.</summary>
internal static class InferParameters
{
    private const string PolicyPlan = "policy:";
    private const string SchedulePlan = "schedule:";

    private static readonly Dictionary<string, Action<GenerateRequest, InferParameter>> Known = new(StringComparer.Ordinal)
    {
        ["max_tokens"] = (request, value) => request.Sampling.MaxTokens = (int)Number(value, 0, int.MaxValue),
        ["temperature"] = (request, value) => request.Sampling.Temperature = (float)Number(value, 0, float.MaxValue),
        ["top_k"] = (request, value) => request.Sampling.TopK = (int)Number(value, 0, int.MaxValue),
        ["top_p"] = (request, value) => request.Sampling.TopP = (float)Number(value, 0, 1),
        ["seed"] = (request, value) => request.Sampling.Seed = (ulong)Number(value, 0, long.MaxValue),
        ["request_class"] = (request, value) => request.RequestClass = Text(value),
        ["keep_plan"] = (request, value) => request.Plan = Plan(Text(value)),
        ["refuse_stale"] = (request, value) => request.RefuseStale = Flag(value),
    };

    /// <summary>Puts every parameter into the request; unknown ones and those of another type are faults.</summary>
    public static void Read(IEnumerable<KeyValuePair<string, InferParameter>> parameters, GenerateRequest request, RequestFaults faults)
    {
        foreach (var (name, value) in parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!Known.TryGetValue(name, out var put))
            {
                faults.Invalid($"parameters['{name}']", $"It is unknown; known are {string.Join(", ", Known.Keys)}.");
                continue;
            }

            try
            {
                put(request, value);
            }
            catch (FormatException e)
            {
                faults.Invalid($"parameters['{name}']", e.Message);
            }
        }
    }

    /// <summary>Reads a plan: <c>full</c>, <c>policy:NAME</c>, <c>schedule:ID</c>, or a schedule in its written form.</summary>
    private static PlanOverride Plan(string text) => text switch
    {
        "full" => new PlanOverride { Full = true },
        _ when text.StartsWith(PolicyPlan, StringComparison.Ordinal) => new PlanOverride { Policy = text[PolicyPlan.Length..] },
        _ when text.StartsWith(SchedulePlan, StringComparison.Ordinal) => new PlanOverride { ScheduleId = text[SchedulePlan.Length..] },
        _ => new PlanOverride { Spec = text },
    };

    private static double Number(InferParameter parameter, double least, double most)
    {
        var value = parameter.ParameterChoiceCase switch
        {
            InferParameter.ParameterChoiceOneofCase.Int64Param => parameter.Int64Param,
            InferParameter.ParameterChoiceOneofCase.Uint64Param => parameter.Uint64Param,
            InferParameter.ParameterChoiceOneofCase.DoubleParam => parameter.DoubleParam,
            // Clients of older versions of the protocol have no other way to send a fraction.
            InferParameter.ParameterChoiceOneofCase.StringParam
                when double.TryParse(parameter.StringParam, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => throw new FormatException($"It is {parameter.ParameterChoiceCase}, it must be a number."),
        };
        return value >= least && value <= most ? value : throw new FormatException($"It is {value}, it must be within {least} and {most}.");
    }

    private static string Text(InferParameter parameter) =>
        parameter.ParameterChoiceCase == InferParameter.ParameterChoiceOneofCase.StringParam
            ? parameter.StringParam
            : throw new FormatException($"It is {parameter.ParameterChoiceCase}, it must be a string.");

    private static bool Flag(InferParameter parameter) =>
        parameter.ParameterChoiceCase == InferParameter.ParameterChoiceOneofCase.BoolParam
            ? parameter.BoolParam
            : throw new FormatException($"It is {parameter.ParameterChoiceCase}, it must be a boolean.");
}
