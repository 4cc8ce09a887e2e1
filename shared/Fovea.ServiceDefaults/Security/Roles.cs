using System.Collections.Frozen;

namespace Fovea.ServiceDefaults.Security;

/// <summary>The roles that a caller may have.</summary>
public static class Roles
{
    /// <summary>May ask the model.</summary>
    public const string Infer = "infer";

    /// <summary>May take part in the fleet as an executor.</summary>
    public const string Executor = "executor";

    /// <summary>May read policies, schedules and the fleet.</summary>
    public const string PolicyRead = "policy.read";

    /// <summary>May change policies and schedules.</summary>
    public const string PolicyWrite = "policy.write";

    /// <summary>May search, and try schedules on executors.</summary>
    public const string Search = "search";

    /// <summary>May do everything, for any tenant.</summary>
    public const string Admin = "admin";

    /// <summary>All roles.</summary>
    public static FrozenSet<string> All { get; } =
        FrozenSet.Create(StringComparer.Ordinal, Infer, Executor, PolicyRead, PolicyWrite, Search, Admin);

    /// <summary>Reads roles that are separated by commas or spaces.</summary>
    internal static string[] Split(string roles) =>
        roles.Split([',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
