using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

public sealed class CheckpointDigestTests
{
    [Fact]
    public void Compute_Twice_IsEqual()
    {
        using var folder = Checkpoint(1f, "{}");

        Assert.Equal(DigestOf(folder), DigestOf(folder));
        Assert.Matches("^[0-9a-f]{64}$", DigestOf(folder));
    }

    [Fact]
    public void Compute_CopyElsewhere_IsEqual()
    {
        using var first = Checkpoint(1f, "{}");
        using var second = Checkpoint(1f, "{}");

        Assert.Equal(DigestOf(first), DigestOf(second));
    }

    [Fact]
    public void Compute_OtherContent_Differs()
    {
        using var first = Checkpoint(1f, "{}");
        using var weights = Checkpoint(2f, "{}");
        using var config = Checkpoint(1f, "{ }");
        using var tokenizer = Checkpoint(1f, "{}");
        tokenizer.Write("tokenizer.json", "{}");

        string[] digests = [DigestOf(first), DigestOf(weights), DigestOf(config), DigestOf(tokenizer)];

        Assert.Equal(4, digests.Distinct(StringComparer.Ordinal).Count());
    }

    private static TemporaryFolder Checkpoint(float last, string config)
    {
        var folder = new TemporaryFolder();
        var large = new float[100_000];
        large[^1] = last;
        folder.Write("config.json", config);
        SafetensorsWriter.Write(folder.PathOf("model.safetensors"), [SafetensorsTensor.Of("a", large, large.Length)]);
        return folder;
    }

    private static string DigestOf(TemporaryFolder folder)
    {
        using var checkpoint = CheckpointFiles.Open(folder.Root);
        return CheckpointDigest.Compute(checkpoint);
    }
}
