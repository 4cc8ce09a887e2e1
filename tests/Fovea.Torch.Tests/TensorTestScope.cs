namespace Fovea.Torch.Tests;

/// <summary>Owns the tensors of one test, and fails it when some are left after the scope has ended.</summary>
public sealed class TensorTestScope : IDisposable
{
    private readonly TensorLeakScope _leaks = new();
    private readonly TensorScope _scope = torch.NewDisposeScope();

    /// <inheritdoc/>
    public void Dispose()
    {
        _scope.Dispose();
        _leaks.Dispose();
    }
}
