namespace Fovea.Torch.Tests;

public sealed class ScalarTypesTests
{
    [Fact]
    public void Of_StoredTypes_AreDistinct()
    {
        ScalarType[] types =
        [
            ScalarTypes.Of<byte>(), ScalarTypes.Of<sbyte>(), ScalarTypes.Of<short>(), ScalarTypes.Of<int>(), ScalarTypes.Of<long>(),
            ScalarTypes.Of<Half>(), ScalarTypes.Of<float>(), ScalarTypes.Of<double>(), ScalarTypes.Of<bool>(), ScalarTypes.Of<ushort>(),
        ];

        Assert.Equal(Enum.GetValues<ScalarType>().Order(), types.Order());
    }

    [Fact]
    public void IsFloatingPoint_EveryType_IsJudged()
        => Assert.Equal(
            [ScalarType.Float16, ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16],
            Enum.GetValues<ScalarType>().Where(type => type.IsFloatingPoint()));

    [Fact]
    public void Unknown_ValueOrType_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ScalarType)9).SizeInBytes());
        Assert.Throws<NotSupportedException>(() => ScalarTypes.Of<char>());
    }
}
