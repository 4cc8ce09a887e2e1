namespace Fovea.Torch.Tests;

/// <summary>Fails a test that leaves another number of live tensors than it found.</summary>
public sealed class TensorLeakScope : IDisposable
{
    private readonly long _before = TensorStatistics.Read().Live;

    /// <summary>Compares the number of live tensors with the one at the start.</summary>
    public void Dispose()
    {
        var after = TensorStatistics.Read().Live;
        Assert.True(after == _before, $"{after - _before} tensors were left over: {_before} before, {after} after.");
    }
}
