namespace Fovea.Executor.Planning;

/// <summary>One scheduler that can be dialled.</summary>
/// <param name="Address">Where it listens; an IP address when it was found by name.</param>
/// <param name="Host">Name that it was found by: what its certificate has to name.</param>
internal sealed record SchedulerEndpoint(Uri Address, string Host)
{
    /// <summary>Writes the address.</summary>
    public override string ToString() => Address.GetLeftPart(UriPartial.Authority);
}
