using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Fovea.Planning.Schedules;

namespace Fovea.Cli.Schedules;

/// <summary>Finds the schedules that are to be drawn: files, stored schedules and written forms.</summary>
internal sealed class PlottedSchedules
{
    private readonly ServiceSession _session;
    private readonly ScheduleContext? _context;

    /// <summary>Makes a source over a borrowed session.</summary>
    /// <param name="session">The scheduler; asked only for stored schedules.</param>
    /// <param name="context">What written forms are resolved for; null when no model was named.</param>
    public PlottedSchedules(ServiceSession session, ScheduleContext? context)
    {
        _session = session;
        _context = context;
    }

    /// <summary>Returns a curve for each text.</summary>
    /// <exception cref="CliException">A text names nothing that can be drawn; every such text is named.</exception>
    public async Task<IReadOnlyList<ScheduleCurve>> LoadAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var (curves, faults) = (new List<ScheduleCurve>(), new List<string>());
        foreach (var text in texts)
        {
            try
            {
                curves.Add(await LoadAsync(text, cancellationToken));
            }
            catch (CliException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        return faults.Count == 0 ? curves : throw new CliException(ExitCodes.Usage, faults);
    }

    private async Task<ScheduleCurve> LoadAsync(string text, CancellationToken cancellationToken)
    {
        if (File.Exists(text))
        {
            return new(Path.GetFileNameWithoutExtension(text), [.. ScheduleFile.Read(text).Rates]);
        }

        if (!ScheduleId.TryParse(text.StartsWith("id:", StringComparison.Ordinal) ? text[3..] : text, out var id))
        {
            return new(text, Resolve(text));
        }

        var client = new ScheduleService.ScheduleServiceClient(_session.Channel);
        var stored = await client.GetScheduleAsync(new GetScheduleRequest { Id = id.Value }, _session.Call(cancellationToken));
        var name = stored.Name.Length == 0 ? id.Value : $"{stored.Name} ({id})";
        return new(name, stored.Rates.Count > 0 ? [.. stored.Rates] : Resolve(stored.Spec));
    }

    private double[] Resolve(string text)
    {
        var spec = CliException.Require(ScheduleSpec.Parse(text, File.ReadAllText), $"{text}: ");
        if (spec is RatesSpec rates)
        {
            return [.. rates.Rates];
        }

        var context = _context ?? throw new CliException(ExitCodes.Usage, $"{text}: a written form needs --layers, --shape or --model");
        return [.. CliException.Require(spec.Resolve(context), $"{text}: ").Rates];
    }
}
