namespace Fovea.Torch.Tests;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void SetNumThreads_One_HoldsForEveryThread()
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(1);
        var elsewhere = 0;
        var thread = new Thread(() => elsewhere = torch.get_num_threads());
        thread.Start();
        thread.Join();

        var here = torch.get_num_threads();
        var blas = torch.get_blas_threads();
        torch.set_num_threads(before);

        Assert.Equal((1, 1), (here, elsewhere));
        Assert.True(blas is null or 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.set_num_threads(0));
    }

    [Fact]
    public void Version_Loaded_IsAtLeastTheSupportedOne()
        => Assert.True(Version.Parse(torch.Version.Split('+', 'a')[0]) >= new Version(1, 13), torch.Version);

    [Fact]
    public void TuneMalloc_Defaults_AreTaken() => Assert.True(torch.tune_malloc());

    [Fact]
    public void TuneMalloc_BeyondTheAllocatorsRange_IsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => torch.tune_malloc(1L << 31));
}
