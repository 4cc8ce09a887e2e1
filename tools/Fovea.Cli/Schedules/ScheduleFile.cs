using Fovea.Cli.Shell;
using Fovea.Planning.Schedules;
using Schedule = Fovea.Contracts.V1.Schedule;

namespace Fovea.Cli.Schedules;

/// <summary>Reads schedules from files of rates.</summary>
internal static class ScheduleFile
{
    /// <summary>Returns the schedule of a file, named after it, for any model.</summary>
    /// <exception cref="CliException">The file is missing or wrong; every fault is named.</exception>
    public static Schedule Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"{path}: no such file");
        }

        var resolved = CliException.Require(RatesDocument.Parse(File.ReadAllText(path)), $"{path}: ");
        var schedule = new Schedule { Name = Path.GetFileNameWithoutExtension(path), Model = "*", Rates = { resolved.Rates } };
        if (resolved.Floor is { } floor)
        {
            schedule.Floor = floor;
        }

        return schedule;
    }
}
