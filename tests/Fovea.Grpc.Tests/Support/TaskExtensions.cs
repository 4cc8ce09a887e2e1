namespace Fovea.GrpcTests.Support;

/// <summary>Turns a wait that would never end into a failed test.</summary>
internal static class TaskExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task Soon(this Task task) => task.WaitAsync(Patience);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);
}
