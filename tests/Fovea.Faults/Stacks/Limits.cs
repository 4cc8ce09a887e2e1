namespace Fovea.Faults.Stacks;

/// <summary>Bounds of waits; none of them is ever reached by a healthy stack.</summary>
internal static class Limits
{
    /// <summary>Gets how long a process may take to serve.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(90);

    /// <summary>Gets how long a stack may take to come to rest after everything has healed.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(45);

    /// <summary>Gets how long a scenario of very many requests may take.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromHours(2);

    /// <summary>Gets how long a short call may take.</summary>
    public static readonly TimeSpan Call = TimeSpan.FromSeconds(5);
}
