namespace Fovea.Torch.Tests;

public sealed class TorchExceptionTests
{
    [Fact]
    public void Message_ShapesDoNotFit_IsLibtorchsWithoutBacktrace()
    {
        using var scope = new TensorTestScope();
        var left = torch.zeros([2, 3]);
        var right = torch.zeros([4, 5]);

        var error = Assert.Throws<TorchException>(() => left.matmul(right));

        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_FailureInPlace_LeavesTensorUsable()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.ones([2]);

        Assert.Throws<TorchException>(() => tensor.add_(torch.ones([3])));

        Assert.Equal([1f, 1f], tensor.ToSingleArray());
    }

    [Fact]
    public void Message_TwoThreadsFail_EachReadsItsOwn()
    {
        using var leaks = new TensorLeakScope();
        var messages = new string[2];

        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() =>
        {
            using var scope = torch.NewDisposeScope();
            var tensor = torch.zeros([i + 2]);
            for (var round = 0; round < 20; round++)
            {
                messages[i] = Assert.Throws<TorchException>(() => tensor.view(i + 50)).Message;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Contains("'[50]'", messages[0], StringComparison.Ordinal);
        Assert.Contains("'[51]'", messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Use_DisposedTensor_IsRefusedBeforeTheNativeCall()
    {
        using var leaks = new TensorLeakScope();
        var tensor = torch.zeros([2]);
        tensor.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tensor.add(1));
        Assert.Throws<ObjectDisposedException>(() => torch.cat([tensor]));
        Assert.Equal("Tensor (disposed)", tensor.ToString());
    }
}
