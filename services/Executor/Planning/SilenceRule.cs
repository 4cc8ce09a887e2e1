namespace Fovea.Executor.Planning;

/// <summary>Says when a plan stream that answers nothing is taken for dead, long before its connection is.</summary>
/// <param name="MaxLate">So many plans in a row that did not come in time,</param>
/// <param name="Silence">and so long without any answer although one was due.</param>
/// <param name="Time">Clock.</param>
internal sealed record SilenceRule(int MaxLate, TimeSpan Silence, TimeProvider Time)
{
    /// <summary>Takes the rule from the options.</summary>
    public SilenceRule(PlanningOptions options, TimeProvider time)
        : this(options.MaxLatePlans, options.PlanSilence, time)
    {
    }
}
