using Fovea.ServiceDefaults.Drain;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Intake;

/// <summary>Gives running requests a last moment to end once the executor drains; new ones are refused before they come here.</summary>
internal sealed class DrainCut : IDisposable
{
    private readonly CancellationTokenSource _cut;
    private readonly CancellationTokenRegistration _begin;

    /// <summary>Waits for the drain to begin.</summary>
    public DrainCut(DrainSignal signal, IOptions<IntakeOptions> options, TimeProvider time)
    {
        _cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _begin = signal.Token.Register(() => _cut.CancelAfter(options.Value.DrainTime));
    }

    /// <summary>Fires when requests that still run are ended.</summary>
    public CancellationToken Token => _cut.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _cut.Dispose();
    }
}
