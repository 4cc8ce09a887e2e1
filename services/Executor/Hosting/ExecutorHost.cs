using Microsoft.Extensions.Options;

namespace Fovea.Executor.Hosting;

/// <summary>Runs the executor from its arguments to its exit code.</summary>
internal static class ExecutorHost
{
    /// <summary>Exit code after a clean stop.</summary>
    public const int Clean = 0;

    /// <summary>Exit code when the arguments, the options or the model cannot be used; standard error names every fault.</summary>
    public const int Unusable = 1;

    /// <summary>Runs until a signal stops it.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var line = CommandLine.Parse(arguments);
        if (line.WantsHelp)
        {
            await Console.Out.WriteLineAsync(CommandLine.Usage).ConfigureAwait(false);
            return Clean;
        }

        return line.Faults.Count > 0 ? Report(line.Faults) : await ServeAsync(line).ConfigureAwait(false);
    }

    private static async Task<int> ServeAsync(CommandLine line)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.AddInMemoryCollection(line.Settings);
            await using var app = builder.AddExecutor().AddModel().Build();
            var faults = app.Services.GetRequiredService<StartFaults>(); // the run's end disposes the services
            // Before anything reads an option: the first reader would report the faults of its own options alone.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.MapExecutor().RunAsync().ConfigureAwait(false);
            return Report(faults.Items);
        }
        catch (OptionsValidationException e)
        {
            return Report([.. e.Failures]);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return Report([.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // The address is in use or not of this machine, or a folder cannot be written.
            return Report([e.Message]);
        }
    }

    private static int Report(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
        {
            Console.Error.WriteLine(fault);
        }

        return faults.Count == 0 ? Clean : Unusable;
    }
}
