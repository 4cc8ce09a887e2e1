using Fovea.Faults.Histories;
using Fovea.Faults.Stacks;

namespace Fovea.Faults.Scenarios;

/// <summary>What a fault works on.</summary>
internal sealed class ScenarioContext
{
    private readonly Recorder _recorder;
    private readonly double _scale;

    /// <summary>Makes a context; <paramref name="scale"/> stretches all times.</summary>
    public ScenarioContext(FaultStack stack, Recorder recorder, Random random, double scale)
    {
        Stack = stack;
        Random = random;
        _recorder = recorder;
        _scale = scale;
    }

    /// <summary>Gets the processes.</summary>
    public FaultStack Stack { get; }

    /// <summary>Gets the seeded chance of this run.</summary>
    public Random Random { get; }

    /// <summary>Notes in the history what is done.</summary>
    public void Note(string what) => _recorder.Add(new HistoryEvent.Fault(what));

    /// <summary>Lets load and swaps go on for this long, times the scale of the run.</summary>
    public Task LetRunAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds * _scale));
}
