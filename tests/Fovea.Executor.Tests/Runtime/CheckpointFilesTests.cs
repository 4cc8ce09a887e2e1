using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

public sealed class CheckpointFilesTests
{
    private const string Index = "model.safetensors.index.json";

    [Fact]
    public void Open_SingleFile_GivesItsTensors()
    {
        using var checkpoint = CheckpointFiles.Open(FixtureFiles.DemoModel);

        Assert.Single(checkpoint.Files);
        Assert.True(checkpoint.Tensors.ContainsKey("language_model.model.embed_tokens.weight"));
        Assert.True(checkpoint.TotalBytes > 17_000_000);
    }

    [Fact]
    public void Open_Shards_GivesAllTensors()
    {
        using var folder = Sharded("""{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");

        using var checkpoint = CheckpointFiles.Open(folder.Root);

        Assert.Equal(2, checkpoint.Files.Count);
        Assert.Equal([2f], checkpoint.Tensors["b"].As<float>().ToArray());
    }

    [Fact]
    public void Open_NoFile_SaysWhatIsSought()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<CheckpointException>(() => CheckpointFiles.Open(folder.Root));

        Assert.Contains("neither model.safetensors nor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ManyFaults_NamesEach()
    {
        using var folder = Sharded(
            """{"weight_map":{"a":"1.safetensors","c":"1.safetensors","d":"3.safetensors","e":"../e.safetensors","b":"1.safetensors","f":"4.safetensors","g":"2.safetensors"}}""");
        File.WriteAllBytes(folder.PathOf("4.safetensors"), [1, 2, 3]);

        var faults = Assert.Throws<CheckpointException>(() => CheckpointFiles.Open(folder.Root)).Faults;

        Assert.Contains(faults, fault => fault.Contains("c is not in 1.safetensors", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("3.safetensors: the shard is missing", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("../e.safetensors", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("b is in 2.safetensors, not in 1.safetensors", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("4.safetensors: 3 bytes is too short", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("g is not in 2.safetensors", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_TensorInTwoShards_IsAFault()
    {
        using var folder = Sharded("""{"weight_map":{"a":"1.safetensors","b":"2.safetensors","x":"3.safetensors"}}""");
        SafetensorsWriter.Write(folder.PathOf("3.safetensors"), [SafetensorsTensor.Of("a", [3f], 1), SafetensorsTensor.Of("x", [3f], 1)]);

        var error = Assert.Throws<CheckpointException>(() => CheckpointFiles.Open(folder.Root));

        Assert.Contains("3.safetensors: a is also in 1.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TensorThatTheIndexOmits_IsAFault()
    {
        using var folder = Sharded("""{"weight_map":{"a":"1.safetensors","z":"2.safetensors"}}""");

        var error = Assert.Throws<CheckpointException>(() => CheckpointFiles.Open(folder.Root));

        Assert.Contains("b of 2.safetensors is not named", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "$.weight_map is missing")]
    [InlineData("{\"weight_map\":{\"a\":3}}", "$.weight_map.a is 3 where a string is needed")]
    [InlineData("nonsense", Index)]
    public void Open_FaultyIndex_NamesTheFault(string index, string expected)
    {
        using var folder = Sharded(index);

        var error = Assert.Throws<CheckpointException>(() => CheckpointFiles.Open(folder.Root));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder Sharded(string index)
    {
        var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.PathOf("1.safetensors"), [SafetensorsTensor.Of("a", [1f], 1)]);
        SafetensorsWriter.Write(folder.PathOf("2.safetensors"), [SafetensorsTensor.Of("b", [2f], 1)]);
        folder.Write(Index, index);
        return folder;
    }
}
