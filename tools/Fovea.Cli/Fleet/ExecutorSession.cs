using Fovea.Cli.Shell;

namespace Fovea.Cli.Fleet;

/// <summary>Is an executor's id with an open session to it.</summary>
/// <param name="Id">Id of the executor.</param>
/// <param name="Session">The session; whoever holds this record disposes it.</param>
internal sealed record ExecutorSession(string Id, ServiceSession Session) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Session.Dispose();
}
