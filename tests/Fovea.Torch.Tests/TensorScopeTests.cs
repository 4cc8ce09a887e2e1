namespace Fovea.Torch.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void Dispose_TensorsMadeInside_AreReleased()
    {
        using var leaks = new TensorLeakScope();
        Tensor inner;

        using (torch.NewDisposeScope())
        {
            inner = torch.zeros([2, 3]) + 1.0;
        }

        Assert.True(inner.IsDisposed);
    }

    [Fact]
    public void MoveToOuterDisposeScope_NestedScopes_OutlivesInnerOnly()
    {
        using var leaks = new TensorLeakScope();
        using var outer = torch.NewDisposeScope();
        Tensor kept;

        using (torch.NewDisposeScope())
        {
            kept = torch.ones([2]).MoveToOuterDisposeScope();
        }

        Assert.False(kept.IsDisposed);
        Assert.Same(outer, kept.OwningScope);
        Assert.Equal([1f, 1f], kept.ToSingleArray());
    }
}
