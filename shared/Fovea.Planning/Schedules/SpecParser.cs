using Fovea.Planning.Validation;

namespace Fovea.Planning.Schedules;

/// <summary>Reads the one-line form of every schedule spec.</summary>
internal static class SpecParser
{
    private const string Forms = "full, fastv, pdrop, vtw, sparsevlm, sigmoid, uniform, pool, rates and id";

    /// <summary>Parses a spec, or returns every fault.</summary>
    public static Checked<ScheduleSpec> Parse(string text, Func<string, string>? readFile)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var form = (colon < 0 ? text : text[..colon]).Trim();
        var rest = colon < 0 ? string.Empty : text[(colon + 1)..].Trim();
        return form switch
        {
            "rates" => ParseRates(rest, readFile),
            "id" => ParseId(rest),
            _ => ParseArguments(form, rest),
        };
    }

    private static Checked<ScheduleSpec> ParseArguments(string form, string rest)
    {
        var faults = new FaultCollector();
        var arguments = new SpecArguments(rest, faults);
        ScheduleSpec? spec = form switch
        {
            "full" => new FullSpec(),
            "fastv" => FastVSpec.From(arguments, faults),
            "pdrop" => PDropSpec.From(arguments, faults),
            "vtw" => VtwSpec.From(arguments, faults),
            "sparsevlm" => SparseVlmSpec.From(arguments, faults),
            "pool" => PoolSpec.From(arguments),
            "uniform" => UniformSpec.From(arguments, faults),
            "sigmoid" => SigmoidSpec.From(arguments, faults),
            _ => null,
        };
        if (spec is null && !faults.Any)
        {
            return PlanFault.Invalid("spec", $"'{form}' is no schedule, known are {Forms}");
        }

        arguments.RejectUnknown();
        return faults.Any ? faults.ToImmutable() : spec!;
    }

    private static Checked<ScheduleSpec> ParseRates(string rest, Func<string, string>? readFile)
    {
        var json = rest;
        if (rest.Length == 0 || rest[0] is not ('[' or '{'))
        {
            if (rest.Length == 0 || readFile is null)
            {
                return PlanFault.Invalid("rates", $"'{rest}' is not a JSON array or object, and no file can be read here");
            }

            try
            {
                json = readFile(rest);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                return PlanFault.Invalid("rates", $"cannot read '{rest}': {exception.Message}");
            }
        }

        var document = RatesDocument.Parse(json);
        return document.IsValid ? new RatesSpec(document.Value.Rates, document.Value.Floor) : document.Faults;
    }

    private static Checked<ScheduleSpec> ParseId(string rest) =>
        ScheduleId.TryParse(rest, out var id)
            ? new IdSpec(id)
            : PlanFault.Invalid("id", $"'{rest}' is no schedule id; one has 16 lower-case hexadecimal digits");
}
