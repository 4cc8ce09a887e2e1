using Fovea.Torch;

namespace Fovea.Executor.Dropping;

/// <summary>The rows of a sequence between two layers: what they hold, where they came from, which are vision tokens.</summary>
/// <remarks>All tensors are on the model's device and owned by the record's holder.</remarks>
internal sealed record TokenRows : IDisposable
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

    /// <summary>Place of each vision token in an order that neighbours share, int64 [V]; null where nothing asks for it.</summary>
    public Tensor? VisionOrder { get; init; }

    /// <summary>Logarithm of how many tokens each row stands for, float32 [S]; null where every row stands for itself.</summary>
    public Tensor? LogWeights { get; init; }

    /// <summary>Rows, S.</summary>
    public int Count => (int)Hidden.shape[0];

    /// <summary>Vision tokens among them, V.</summary>
    public int VisionCount => (int)VisionIndex.shape[0];

    /// <summary>Bytes of all tensors.</summary>
    public long Bytes => Hidden.nbytes + Positions.nbytes + TextIndex.nbytes + VisionIndex.nbytes + VisionIds.nbytes
        + (VisionOrder?.nbytes ?? 0) + (LogWeights?.nbytes ?? 0);

    /// <summary>Takes every tensor out of its scope; the holder disposes the rows from now on.</summary>
    /// <returns>These rows.</returns>
    public TokenRows Detach()
    {
        Hidden.DetachFromDisposeScope();
        Positions.DetachFromDisposeScope();
        TextIndex.DetachFromDisposeScope();
        VisionIndex.DetachFromDisposeScope();
        VisionIds.DetachFromDisposeScope();
        VisionOrder?.DetachFromDisposeScope();
        LogWeights?.DetachFromDisposeScope();
        return this;
    }

    /// <summary>Lets vision tokens stand for several.</summary>
    /// <param name="weights">Borrowed float32 [V]: how many each stands for.</param>
    /// <returns>These rows with new logarithms; the old ones are the scope's.</returns>
    public TokenRows Weigh(Tensor weights) => this with
    {
        LogWeights = torch.zeros([Count], ScalarType.Float32, Hidden.device).index_copy_(0, VisionIndex, weights.log()), // [S]
    };

    /// <summary>Copies every tensor.</summary>
    /// <returns>Owned rows, in no scope.</returns>
    public TokenRows Copy() => new TokenRows
    {
        Hidden = Hidden.clone(),
        Positions = Positions.clone(),
        TextIndex = TextIndex.clone(),
        VisionIndex = VisionIndex.clone(),
        VisionIds = VisionIds.clone(),
        VisionOrder = VisionOrder?.clone(),
        LogWeights = LogWeights?.clone(),
    }.Detach();

    /// <inheritdoc/>
    public void Dispose()
    {
        Hidden.Dispose();
        Positions.Dispose();
        TextIndex.Dispose();
        VisionIndex.Dispose();
        VisionIds.Dispose();
        VisionOrder?.Dispose();
        LogWeights?.Dispose();
    }
}
