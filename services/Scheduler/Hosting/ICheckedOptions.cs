namespace Fovea.Scheduler.Hosting;

/// <summary>Is a set of options that knows its ranges.</summary>
internal interface ICheckedOptions
{
    /// <summary>Notes every value that is out of its range.</summary>
    void Check(OptionFaults faults);
}
