using Fovea.Scheduler.Store;
using Microsoft.Extensions.Options;

namespace Fovea.Scheduler.Hosting;

/// <summary>Runs a scheduler as a process.</summary>
internal static class SchedulerProcess
{
    private const int Failed = 1;

    /// <summary>
    /// Runs until the process is asked to end, drains, and returns 0; returns 1 with every fault on
    /// <paramref name="error"/>, one in a line, when the scheduler cannot start.
    /// </summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var parsed = SchedulerArguments.Parse(arguments);
            if (parsed.IsHelp)
            {
                await output.WriteLineAsync(SchedulerArguments.Usage);
                return 0;
            }

            await using var app = await SchedulerHost.StartAsync(parsed);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StartException exception)
        {
            return await FailAsync(error, exception.Faults);
        }
        catch (OptionsValidationException exception)
        {
            return await FailAsync(error, [.. exception.Failures]);
        }
        catch (Exception exception) when (exception is StoreOpenException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            return await FailAsync(error, [exception.Message]);
        }
    }

    private static async Task<int> FailAsync(TextWriter error, IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            await error.WriteLineAsync($"fovea-scheduler: {fault}");
        }

        return Failed;
    }
}
