namespace Fovea.Executor.Runtime;

/// <summary>Collects every fault of one input, so that a reader reports them all at once; not safe for several threads.</summary>
internal sealed class FaultList
{
    /// <summary>Most faults that are kept word for word; the rest is only counted, so that a hostile file cannot fill a log.</summary>
    public const int Limit = 64;

    private readonly List<string> _faults = [];
    private int _dropped;

    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => _faults.Count == 0;

    /// <summary>
    /// The faults in the order they were found; when there are more than <see cref="Limit"/>, the last line counts the others.
    /// </summary>
    public IReadOnlyList<string> Items => _dropped == 0 ? _faults : [.. _faults, $"and {_dropped} more"];

    /// <summary>Adds one fault.</summary>
    public void Add(string fault)
    {
        if (_faults.Count < Limit)
        {
            _faults.Add(fault);
        }
        else
        {
            _dropped++;
        }
    }

    /// <summary>Throws <see cref="CheckpointException"/> naming every fault when there is one.</summary>
    public void ThrowIfAny(string subject)
    {
        if (!IsEmpty)
        {
            throw new CheckpointException(subject, Items);
        }
    }
}
