using Fovea.Scheduler.Hosting;

namespace Fovea.Scheduler.Fleet;

/// <summary>Sets what is remembered of executors; configuration section <c>Fleet</c>.</summary>
internal sealed class FleetOptions : ICheckedOptions
{
    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Fleet";

    /// <summary>Gets or sets how long an executor stays listed after its stream ended.</summary>
    /// <value>Default 5 minutes; 0 to 1 day.</value>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the most executors listed, connected or not.</summary>
    /// <value>Default 4096; 1 to 100000.</value>
    public int MaxExecutors { get; set; } = 4096;

    /// <summary>Gets or sets the name under which this replica is shown beside the executors whose streams go to it.</summary>
    /// <value>Default empty: machine name and process id.</value>
    public string SchedulerName { get; set; } = string.Empty;

    /// <summary>Gets the name in use.</summary>
    public string EffectiveName => SchedulerName.Length > 0 ? SchedulerName : $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        faults.Range("ForgetAfter", ForgetAfter, TimeSpan.Zero, TimeSpan.FromDays(1));
        faults.Range("MaxExecutors", MaxExecutors, 1, 100_000);
    }
}
