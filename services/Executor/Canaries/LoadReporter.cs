using Fovea.Contracts.V1;
using Fovea.Executor.Metrics;

namespace Fovea.Executor.Canaries;

/// <summary>Makes the load report: the load, and what the versions beside and of each canary have served.</summary>
internal sealed class LoadReporter
{
    private readonly ExecutorLoad _load;
    private readonly ArmBoard _arms;
    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>Reads both whenever a report is asked for.</summary>
    public LoadReporter(ExecutorLoad load, ArmBoard arms)
    {
        _load = load;
        _arms = arms;
    }

    /// <summary>Gives the report as the scheduler is told.</summary>
    public LoadReport Report()
    {
        var report = _load.Report();
        report.Process = _process;
        report.Arms.AddRange(_arms.Report());
        return report;
    }
}
