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

    [Fact]
    public void MoveToOuterDisposeScope_NoOuterScope_HandsToCaller()
    {
        using var leaks = new TensorLeakScope();
        Tensor kept;

        using (torch.NewDisposeScope())
        {
            kept = torch.ones([1]).MoveToOuterDisposeScope();
        }

        Assert.Null(kept.OwningScope);
        Assert.False(kept.IsDisposed);
        kept.Dispose();
    }

    [Fact]
    public void DetachFromDisposeScope_Detached_SurvivesAllScopes()
    {
        using var leaks = new TensorLeakScope();
        Tensor kept;

        using (torch.NewDisposeScope())
        using (torch.NewDisposeScope())
        {
            kept = torch.ones([1]).DetachFromDisposeScope();
        }

        Assert.False(kept.IsDisposed);
        kept.Dispose();
    }

    [Fact]
    public void Dispose_TensorDisposedEarly_LeavesNoTraceInScope()
    {
        using var leaks = new TensorLeakScope();
        using var scope = torch.NewDisposeScope();
        var tensors = Enumerable.Range(0, 5).Select(i => torch.full([1], (double)i)).ToArray();

        tensors[1].Dispose();
        tensors[4].Dispose();
        tensors[0].Dispose();

        Assert.Equal(2, scope.Count);
        Assert.Equal([2f, 3f], [tensors[2].ToSingle(), tensors[3].ToSingle()]);
    }

    [Fact]
    public void Count_ManyTensorsDisposedEarly_StaysSmall()
    {
        using var leaks = new TensorLeakScope();
        using var scope = torch.NewDisposeScope();
        var tensor = torch.ones([4]);

        for (var i = 0; i < 20_000; i++)
        {
            tensor.add(1).Dispose();
        }

        Assert.Equal(1, scope.Count);
    }

    [Fact]
    public void Current_TwoThreads_EachHasItsOwn()
    {
        using var leaks = new TensorLeakScope();
        using var scope = torch.NewDisposeScope();
        TensorScope? seen = scope;
        TensorScope? owner = scope;

        var thread = new Thread(() =>
        {
            seen = TensorScope.Current;
            using var tensor = torch.ones([1]);
            owner = tensor.OwningScope;
        });
        thread.Start();
        thread.Join();

        Assert.Null(seen);
        Assert.Null(owner);
        Assert.Equal(0, scope.Count);
    }

    [Fact]
    public void Dispose_FromAnotherThread_IsRefused()
    {
        using var leaks = new TensorLeakScope();
        using var scope = torch.NewDisposeScope();
        var tensor = torch.ones([1]);
        Exception? fromScope = null;
        Exception? fromTensor = null;

        var thread = new Thread(() =>
        {
            fromScope = Record.Exception(scope.Dispose);
            fromTensor = Record.Exception(tensor.Dispose);
        });
        thread.Start();
        thread.Join();

        Assert.IsType<InvalidOperationException>(fromScope);
        Assert.IsType<InvalidOperationException>(fromTensor);
        Assert.False(tensor.IsDisposed);
    }

    [Fact]
    public void Dispose_InnerScopeStillOpen_IsRefused()
    {
        using var leaks = new TensorLeakScope();
        var outer = torch.NewDisposeScope();
        var inner = torch.NewDisposeScope();

        Assert.Throws<InvalidOperationException>(outer.Dispose);

        inner.Dispose();
        outer.Dispose();
        Assert.Null(TensorScope.Current);
    }

    [Fact]
    public void TensorLeakScope_TensorLeftOver_FailsTheTest()
    {
        Tensor? left = null;

        var failure = Record.Exception(() =>
        {
            using var leaks = new TensorLeakScope();
            left = torch.ones([1]);
        });

        left!.Dispose();
        Assert.Contains("1 tensors were left over", failure!.Message, StringComparison.Ordinal);
    }
}
