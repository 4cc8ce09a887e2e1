using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void Write_Header_IsPaddedToEightBytes()
    {
        using var stream = new MemoryStream();

        SafetensorsWriter.Write(stream, [SafetensorsTensor.Of("größe \"x\"", [1f, 2f], 2)]);

        var bytes = stream.ToArray();
        var length = BitConverter.ToInt64(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(bytes.Length, 8 + length + 8);
    }

    [Fact]
    public void Write_NameTwice_Throws()
    {
        using var stream = new MemoryStream();
        SafetensorsTensor[] tensors = [SafetensorsTensor.Of("a", [1f], 1), SafetensorsTensor.Of("a", [1f], 1)];

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, tensors));
    }

    [Fact]
    public void Write_DataOfOtherLength_Throws()
    {
        using var stream = new MemoryStream();
        SafetensorsTensor[] tensors = [SafetensorsTensor.Of("a", [1f], 2)];

        var error = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, tensors));

        Assert.Contains("needs 8 bytes and has 4", error.Message, StringComparison.Ordinal);
    }
}
