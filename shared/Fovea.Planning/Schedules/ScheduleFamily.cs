namespace Fovea.Planning.Schedules;

/// <summary>Describes schedules of one form by a single parameter: whatever the layer, its rate never falls as the parameter grows.</summary>
internal abstract class ScheduleFamily
{
    /// <summary>Gets the parameter that keeps fewest tokens.</summary>
    public abstract double Least { get; }

    /// <summary>Gets the parameter that keeps most tokens.</summary>
    public abstract double Most { get; }

    /// <summary>Gets the layers that see every token whatever the parameter.</summary>
    public abstract int FullLayers { get; }

    /// <summary>Gets the floor the form brings, or null to use the policy's.</summary>
    public virtual int? Floor => null;

    /// <summary>Gets whether <see cref="Most"/> stands for keeping everything, even where the rates only come close to it.</summary>
    public virtual bool ReachesAll => true;

    /// <summary>Gets how near to the best parameter the search ends; 0 goes on to the last bit.</summary>
    public virtual double Resolution => 0;

    /// <summary>Writes the rate of every layer: 1 in layer 0, non-increasing.</summary>
    public abstract void Fill(Span<double> rates, double parameter);

    /// <summary>Returns the schedule of one parameter in written form.</summary>
    public abstract ScheduleSpec At(double parameter);
}
