namespace Fovea.Scheduler.Hosting;

/// <summary>Is the command line as configuration.</summary>
/// <param name="Settings">Configuration keys and values.</param>
/// <param name="IsHelp">Whether only the usage is asked for.</param>
internal sealed record SchedulerArguments(IReadOnlyDictionary<string, string?> Settings, bool IsHelp)
{
    /// <summary>Tells how the program is called.</summary>
    public const string Usage = """
        Usage: Fovea.Scheduler [options]

          --listen ADDRESS      address to listen at, port 0 for a free one (default http://127.0.0.1:7080)
          --metrics-listen ADDRESS  address to serve /metrics at (default none)
          --health-listen ADDRESS   address to serve health alone at, in plaintext (default none)
          --store DIR           folder of the store, made when missing (default fovea-store)
          --store-recover       go back to the previous state when the newest one is damaged
          --redis HOST:PORT     Redis that schedulers share their state in; --store then holds a copy (default none)
          --store-new-epoch     begin a new epoch with the newest state, after Redis lost what it had
          --seed-policy FILE    policy (JSON) that a new store starts with
          --address-file FILE   write the bound address to this file
          --Section:Option=VALUE  set any option, e.g. --Feed:Heartbeat=00:00:05
          --help                show this
        """;

    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["--listen"] = "Server:Listen",
        ["--metrics-listen"] = "Server:MetricsListen",
        ["--health-listen"] = "Server:HealthListen",
        ["--address-file"] = "Server:AddressFile",
        ["--store"] = "Store:Folder",
        ["--redis"] = "Store:Redis",
        ["--seed-policy"] = "Store:SeedPolicy",
    };

    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["--store-recover"] = "Store:Recover",
        ["--store-new-epoch"] = "Store:NewEpoch",
    };

    /// <summary>Reads the command line; values follow a name or stand behind its <c>=</c>.</summary>
    /// <exception cref="StartException">Arguments are unknown or lack a value; it lists all of them.</exception>
    public static SchedulerArguments Parse(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var faults = new List<string>();
        var isHelp = false;
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = Split(arguments[index]);
            if (name is "--help" or "-h")
            {
                isHelp = true;
            }
            else if (Flags.TryGetValue(name, out var flag))
            {
                settings[flag] = value ?? "true";
            }
            else if (Key(name) is not { } key)
            {
                faults.Add($"argument '{arguments[index]}' is unknown, --help lists those that are");
            }
            else if (value is not null || ++index < arguments.Count)
            {
                settings[key] = value ?? arguments[index];
            }
            else
            {
                faults.Add($"argument '{name}' needs a value");
            }
        }

        return faults.Count == 0 ? new(settings, isHelp) : throw new StartException(faults);
    }

    private static string? Key(string name) =>
        Named.TryGetValue(name, out var key) ? key
        : name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal) ? name[2..]
        : null;

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }
}
