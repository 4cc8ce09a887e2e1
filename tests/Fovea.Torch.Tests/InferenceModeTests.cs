namespace Fovea.Torch.Tests;

public sealed class InferenceModeTests
{
    [Fact]
    public void Dispose_Nested_RestoresOuterMode()
    {
        Assert.False(InferenceMode.IsEnabled);
        using (torch.inference_mode())
        {
            using (torch.inference_mode())
            {
                Assert.True(InferenceMode.IsEnabled);
            }

            Assert.True(InferenceMode.IsEnabled);
        }

        Assert.False(InferenceMode.IsEnabled);
    }

    [Fact]
    public void IsEnabled_OtherThread_IsNotAffected()
    {
        var elsewhere = true;
        Exception? wrongThread = null;
        using (var mode = torch.inference_mode())
        {
            var thread = new Thread(() =>
            {
                elsewhere = InferenceMode.IsEnabled;
                wrongThread = Record.Exception(mode.Dispose);
            });
            thread.Start();
            thread.Join();
            Assert.True(InferenceMode.IsEnabled);
        }

        Assert.False(elsewhere);
        Assert.IsType<InvalidOperationException>(wrongThread);
        Assert.False(InferenceMode.IsEnabled);
    }

    [Fact]
    public void Operations_InsideMode_GiveTheSameNumbers()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([1f, 2f, 3f]);
        using var mode = torch.inference_mode();

        Assert.Equal([2f, 4f, 6f], tensor.mul(2).ToSingleArray());
    }
}
