namespace Fovea.Faults.Histories;

/// <summary>A place in the history of the store. Epochs sort by time, and within one the revision counts; no snapshot at all comes first.</summary>
/// <param name="Epoch">Epoch; empty for no snapshot.</param>
/// <param name="Revision">Revision.</param>
internal readonly record struct Position(string Epoch, long Revision) : IComparable<Position>
{
    /// <summary>Returns whether the left one is older.</summary>
    public static bool operator <(Position left, Position right) => left.CompareTo(right) < 0;

    /// <summary>Returns whether the left one is newer.</summary>
    public static bool operator >(Position left, Position right) => left.CompareTo(right) > 0;

    /// <summary>Returns whether the left one is not newer.</summary>
    public static bool operator <=(Position left, Position right) => left.CompareTo(right) <= 0;

    /// <summary>Returns whether the left one is not older.</summary>
    public static bool operator >=(Position left, Position right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Position other)
    {
        var epoch = string.CompareOrdinal(Epoch, other.Epoch);
        return epoch != 0 ? epoch : Revision.CompareTo(other.Revision);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"({(Epoch.Length > 8 ? Epoch[..8] : Epoch)}, {Revision})");
}
