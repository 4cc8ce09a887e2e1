namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Bounds what can only fail by hanging; no test depends on how much of it passes.</summary>
internal static class Limits
{
    public static TimeSpan Step { get; } = TimeSpan.FromSeconds(60);
}
