using System.Collections.Immutable;

namespace Fovea.Cli.Comparison;

/// <summary>Is the outcome of a comparison.</summary>
internal sealed record CompareReport
{
    /// <summary>Gets the set's name.</summary>
    public required string Set { get; init; }

    /// <summary>Gets the set's digest.</summary>
    public required string SetDigest { get; init; }

    /// <summary>Gets the model.</summary>
    public required CompareSubject Subject { get; init; }

    /// <summary>Gets what was compared.</summary>
    public required CompareRequest Request { get; init; }

    /// <summary>Gets a row for each candidate, the full one first.</summary>
    public required ImmutableArray<CompareRow> Rows { get; init; }

    /// <summary>Gets why methods are missing, one line each.</summary>
    public required ImmutableArray<string> Skipped { get; init; }

    /// <summary>Gets what VTW's own search found; null when it was not asked for.</summary>
    public VtwChoice? Vtw { get; init; }

    /// <summary>Gets how many paired tests the correction is for.</summary>
    public int Tests => Rows.Count(row => row.Test is not null);
}
