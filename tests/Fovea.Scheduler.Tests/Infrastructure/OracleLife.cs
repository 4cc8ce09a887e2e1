namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Is the life of a double of an executor: its calls break when it ends.</summary>
/// <param name="Id">The executor's id.</param>
/// <param name="Ended">Fires at its end.</param>
internal sealed record OracleLife(string Id, CancellationToken Ended);
