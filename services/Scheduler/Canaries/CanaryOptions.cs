using Fovea.Scheduler.Hosting;

namespace Fovea.Scheduler.Canaries;

/// <summary>Sets how canaries are judged; configuration section <c>Canaries</c>.</summary>
internal sealed class CanaryOptions : ICheckedOptions
{
    /// <summary>Names the configuration section.</summary>
    public const string SectionName = "Canaries";

    /// <summary>Gets or sets the time between two looks at a running canary.</summary>
    /// <value>Default 500 ms; 10 ms to 1 minute.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the probability with which one look may take chance for a fault, for each end of an interval.</summary>
    /// <value>Default 0.001; 1e-9 to 0.2.</value>
    public double Doubt { get; set; } = 0.001;

    /// <inheritdoc/>
    public void Check(OptionFaults faults)
    {
        faults.Range("Interval", Interval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        if (!(Doubt >= 1e-9 && Doubt <= 0.2))
        {
            faults.Add("Doubt", $"is {Doubt}, it must be within 1e-9 and 0.2");
        }
    }
}
