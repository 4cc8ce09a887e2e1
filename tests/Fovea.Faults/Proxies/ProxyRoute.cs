namespace Fovea.Faults.Proxies;

/// <summary>What the pipes of one direction of one connection share.</summary>
/// <param name="Switch">Faults in force.</param>
/// <param name="Courier">Travel times.</param>
/// <param name="Time">Clock of all waits.</param>
internal sealed record ProxyRoute(FaultSwitch Switch, Courier Courier, TimeProvider Time);
