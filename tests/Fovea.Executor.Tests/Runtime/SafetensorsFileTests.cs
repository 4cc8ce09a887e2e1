using System.Text;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Open_WrittenTensors_GivesThemBack()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.safetensors");
        SafetensorsTensor[] tensors =
        [
            SafetensorsTensor.Of("floats", [1.5f, -2f, float.NaN, 0f, 3f, 4f], 2, 3),
            SafetensorsTensor.Of("scalar", [7L]),
            SafetensorsTensor.Of("empty", ReadOnlySpan<float>.Empty, 0, 5),
            SafetensorsTensor.Of("bytes", [1, 2, 3], 3),
        ];
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });

        using var file = SafetensorsFile.Open(path);

        Assert.Equal(["bytes", "empty", "floats", "scalar"], file.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([1.5f, -2f, float.NaN, 0f, 3f, 4f], file.Tensors["floats"].As<float>().ToArray());
        Assert.Equal([2L, 3L], file.Tensors["floats"].Shape);
        Assert.Equal([7L], file.Tensors["scalar"].As<long>().ToArray());
        Assert.Empty(file.Tensors["scalar"].Shape);
        Assert.Equal(0, file.Tensors["empty"].ByteCount);
        Assert.Equal([1, 2, 3], file.Tensors["bytes"].Bytes.ToArray());
        Assert.Equal("pt", file.Header.Metadata["format"]);
    }

    [Fact]
    public void Open_DemoCheckpoint_CoversTheWholeFile()
    {
        var path = Path.Combine(FixtureFiles.DemoModel, "model.safetensors");

        using var file = SafetensorsFile.Open(path);

        Assert.Equal(new FileInfo(path).Length - file.Header.DataStart, file.Tensors.Values.Sum(tensor => tensor.ByteCount));
        Assert.Equal(TensorDType.F16, file.Tensors["language_model.lm_head.weight"].DType);
        Assert.Equal([832L, 192L], file.Tensors["language_model.lm_head.weight"].Shape);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "belong to none")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "does not fill")]
    [InlineData("""{"a":{"dtype":"F12","shape":[1],"data_offsets":[0,4]}}""", 4, "none of")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "from 0 on")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "not a begin and an end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "leaves a gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6, "overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "uplicate")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "$[\"a\"].dtype is missing")]
    [InlineData("""{"a":7}""", 0, "where an object is needed")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "where a string is needed")]
    [InlineData("""[]""", 0, "does not begin")]
    [InlineData("""{"a":""", 0, "a.safetensors")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]}}""", 4, "does not fill")]
    public void Open_FaultyHeader_NamesTheFault(string header, int dataBytes, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.safetensors");
        File.WriteAllBytes(path, Raw((ulong)header.Length, header, dataBytes));

        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));

        Assert.Contains(error.Faults, fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "does not begin")]
    [InlineData(3, "needs 3 bytes")]
    [InlineData(100_000_001, "over the limit")]
    [InlineData(ulong.MaxValue, "over the limit")]
    public void Open_FaultyLength_NamesTheFault(ulong length, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.safetensors");
        File.WriteAllBytes(path, Raw(length, "{}", 0));

        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SeveralFaults_NamesAll()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.safetensors");
        const string header = """{"a":{"dtype":"X","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":"no","data_offsets":[0]}}""";
        File.WriteAllBytes(path, Raw((ulong)header.Length, header, 4));

        var error = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));

        Assert.Contains(error.Faults, fault => fault.Contains("[\"a\"].dtype", StringComparison.Ordinal));
        Assert.Contains(error.Faults, fault => fault.Contains("[\"b\"].shape", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_ShortOrMissingFile_NamesTheFault()
    {
        using var folder = new TemporaryFolder();

        var missing = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.PathOf("none.safetensors")));
        var tiny = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(folder.Write("tiny.safetensors", "abc")));

        Assert.Contains("none.safetensors", missing.Message, StringComparison.Ordinal);
        Assert.Contains("too short", tiny.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pointer_AfterDispose_Throws()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsTensor.Of("a", [1f], 1)]);
        var file = SafetensorsFile.Open(path);
        var tensor = file.Tensors["a"];

        file.Dispose();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => tensor.Pointer);
    }

    [Fact]
    public void As_WrongElementSize_Throws()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("a.safetensors");
        SafetensorsWriter.Write(path, [SafetensorsTensor.Of("a", [1f], 1)]);
        using var file = SafetensorsFile.Open(path);

        Assert.Throws<ArgumentException>(() => file.Tensors["a"].As<double>().Length);
    }

    private static byte[] Raw(ulong length, string header, int dataBytes) =>
        [.. BitConverter.GetBytes(length), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];
}
