using System.Globalization;
using Fovea.Faults.Scenarios;

namespace Fovea.Faults.Reports;

/// <summary>Is the command line.</summary>
internal sealed record FaultArguments
{
    /// <summary>Gets the names of the scenarios to run; all when empty.</summary>
    public HashSet<string> Scenarios { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the runs of each.</summary>
    /// <value>Default 2; at least 1.</value>
    public int Runs { get; private set; } = 2;

    /// <summary>Gets by how much all times are stretched.</summary>
    /// <value>Default 1; above 0.</value>
    public double Scale { get; private set; } = 1;

    /// <summary>Gets the seed of the first run; each later one has the next.</summary>
    /// <value>Default 1.</value>
    public int Seed { get; private set; } = 1;

    /// <summary>Gets where the report goes; null for nowhere.</summary>
    public string? Report { get; private set; }

    /// <summary>Gets whether logs and history of every run are kept.</summary>
    public bool KeepsAll { get; private set; }

    /// <summary>Gets whether the long scenarios are run, too, where none are named.</summary>
    public bool HasLong { get; private set; }

    /// <summary>Gets whether scenarios are only named.</summary>
    public bool IsList { get; private set; }

    /// <summary>Returns whether a scenario is asked for.</summary>
    public bool Wants(Scenario scenario) => Scenarios.Count == 0 ? HasLong || !scenario.IsLong : Scenarios.Contains(scenario.Name);

    /// <summary>Returns how often a scenario is run.</summary>
    public int RunsOf(Scenario scenario) => scenario.IsLong ? 1 : Runs;

    /// <summary>Reads the command line; null when it is wrong.</summary>
    public static FaultArguments? Parse(IReadOnlyList<string> arguments)
    {
        var options = new FaultArguments();
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] == "--list")
            {
                options.IsList = true;
            }
            else if (arguments[index] == "--long")
            {
                options.HasLong = true;
            }
            else if (arguments[index] == "--keep")
            {
                options.KeepsAll = true;
            }
            else if (index + 1 >= arguments.Count || !options.Take(arguments[index], arguments[++index]))
            {
                return null;
            }
        }

        return options.Runs > 0 && options.Scale > 0 ? options : null;
    }

    private bool Take(string name, string value)
    {
        switch (name)
        {
            case "--scenario":
                return Scenarios.Add(value);
            case "--report":
                Report = value;
                return true;
            case "--runs" when int.TryParse(value, CultureInfo.InvariantCulture, out var runs):
                Runs = runs;
                return true;
            case "--scale" when double.TryParse(value, CultureInfo.InvariantCulture, out var scale):
                Scale = scale;
                return true;
            case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                Seed = seed;
                return true;
            default:
                return false;
        }
    }
}
