namespace Fovea.Executor.Hosting;

/// <summary>Keeps what stopped the executor from serving, for standard error and the exit code.</summary>
/// <remarks>Written once, before the host stops; read after it has stopped.</remarks>
internal sealed class StartFaults
{
    private readonly IHostApplicationLifetime _lifetime;
    private volatile IReadOnlyList<string> _items = [];

    /// <summary>Starts without faults.</summary>
    public StartFaults(IHostApplicationLifetime lifetime) => _lifetime = lifetime;

    /// <summary>All faults; empty when the executor has served.</summary>
    public IReadOnlyList<string> Items => _items;

    /// <summary>Notes the faults and stops the process.</summary>
    public void Stop(IReadOnlyList<string> items)
    {
        _items = items;
        _lifetime.StopApplication();
    }
}
