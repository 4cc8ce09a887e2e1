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
            var app = Build(line);
            var faults = app.Services.GetRequiredService<StartFaults>(); // the run's end disposes the services
            await app.MapExecutor().RunAsync().ConfigureAwait(false);
            return Report(faults.Items);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return Report([.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)]);
        }
        catch (OptionsValidationException e)
        {
            return Report([.. e.Failures]);
        }
        catch (Exception e) when (e is OptionsBindingException or IOException or UnauthorizedAccessException or FormatException)
        {
            // An option of another type, an address in use or not of this machine, or a folder that cannot be written.
            return Report([e.Message]);
        }
    }

    /// <summary>Puts the executor together and checks every option before anything reads one.</summary>
    private static WebApplication Build(CommandLine line)
    {
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.AddInMemoryCollection(line.Settings);
            var app = builder.AddExecutor().AddModel().Build();
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return app;
        }
        catch (InvalidOperationException e)
        {
            // The configuration binder cannot read a value as the option's type.
            throw new OptionsBindingException(e);
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
