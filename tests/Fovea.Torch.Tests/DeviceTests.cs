namespace Fovea.Torch.Tests;

public sealed class DeviceTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, 0, "cpu")]
    [InlineData("cuda", DeviceType.CUDA, 0, "cuda:0")]
    [InlineData("cuda:3", DeviceType.CUDA, 3, "cuda:3")]
    public void Parse_KnownName_IsReadAndWritten(string text, DeviceType type, int index, string written)
    {
        var device = torch.device(text);

        Assert.Equal(new Device(type, index), device);
        Assert.Equal(written, device.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    public void Parse_OtherText_IsRefused(string text)
    {
        Assert.False(Device.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Device.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_Value_IsTheProcessor()
    {
        using var scope = new TensorTestScope();

        Assert.Equal(torch.CPU, default);
        Assert.Equal(torch.CPU, torch.zeros([1]).device);
    }
}
