using Fovea.Torch;

namespace Fovea.Executor.Dropping;

/// <summary>The rows of a sequence between two layers: what they hold, where they came from, which are vision tokens.</summary>
/// <remarks>All tensors are on the model's device and owned by the record's holder.</remarks>
internal sealed record TokenRows
{
    /// <summary>Hidden states [S, C].</summary>
    public required Tensor Hidden { get; init; }

    /// <summary>Position ids, int64 [S], or [S, axes] where a position has several.</summary>
    public required Tensor Positions { get; init; }

    /// <summary>Rows of the text tokens, int64 [T], ascending.</summary>
    public required Tensor TextIndex { get; init; }

    /// <summary>Rows of the vision tokens, int64 [V], ascending.</summary>
    public required Tensor VisionIndex { get; init; }

    /// <summary>Which of the request's N vision tokens those are, int64 [V], ascending.</summary>
    public required Tensor VisionIds { get; init; }
}
