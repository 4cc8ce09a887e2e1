using System.Collections.Immutable;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;

namespace Fovea.Cli.Fleet;

/// <summary>Is one model of the fleet with sessions to the connected executors that serve it.</summary>
internal sealed class ServedModel : IDisposable
{
    private ServedModel(ModelProfile profile, ImmutableArray<ExecutorSession> executors) => (Profile, Executors) = (profile, executors);

    /// <summary>Gets the model's profile.</summary>
    public ModelProfile Profile { get; }

    /// <summary>Gets the executors, at least one.</summary>
    public ImmutableArray<ExecutorSession> Executors { get; }

    /// <summary>Asks the scheduler who serves a model and opens a session to each.</summary>
    /// <param name="scheduler">Session of the scheduler, borrowed.</param>
    /// <param name="name">The model; the fleet's only one when null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="CliException">No executor serves the model, the name is needed, or its revisions differ.</exception>
    public static async Task<ServedModel> FindAsync(ServiceSession scheduler, string? name, CancellationToken cancellationToken)
    {
        var answer = await new FleetService.FleetServiceClient(scheduler.Channel)
            .ListExecutorsAsync(new ListExecutorsRequest(), scheduler.Call(cancellationToken));
        var connected = answer.Executors.Where(executor => executor.Connected && executor.Model is not null).ToArray();
        var chosen = Choose(connected, name);
        var revisions = chosen.Select(executor => executor.Model.Revision).Distinct(StringComparer.Ordinal).ToArray();
        if (revisions.Length > 1)
        {
            throw new CliException(
                ExitCodes.Failed,
                $"the executors serve {revisions.Length} revisions of '{chosen[0].Model.Name}' ({string.Join(", ", revisions)}); results of several weights would be mixed");
        }

        return new ServedModel(chosen[0].Model, [.. chosen.Select(executor => Open(scheduler, executor))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var executor in Executors)
        {
            executor.Dispose();
        }
    }

    private static ExecutorSession Open(ServiceSession scheduler, ExecutorStatus executor) =>
        Uri.TryCreate(executor.Address, UriKind.Absolute, out var address)
            ? new ExecutorSession(executor.ExecutorId, scheduler.To(address))
            : throw new CliException(ExitCodes.Failed, $"executor {executor.ExecutorId} announces the address '{executor.Address}', which is none");

    private static ExecutorStatus[] Choose(ExecutorStatus[] connected, string? name)
    {
        var models = connected.Select(executor => executor.Model.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (models.Length == 0)
        {
            throw new CliException(ExitCodes.Failed, "no executor is connected to the scheduler");
        }

        if (name is null && models.Length > 1)
        {
            throw new CliException(ExitCodes.Usage, $"--model is needed: the fleet serves {string.Join(", ", models)}");
        }

        var wanted = name ?? models[0];
        var chosen = connected.Where(executor => executor.Model.Name == wanted).ToArray();
        return chosen.Length > 0
            ? chosen
            : throw new CliException(ExitCodes.Failed, $"no connected executor serves '{wanted}'; the fleet serves {string.Join(", ", models)}");
    }
}
