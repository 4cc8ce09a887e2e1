using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fovea.Torch.Interop;

namespace Fovea.Torch.Tests;

public sealed class AbiTests
{
    [Theory]
    [InlineData(typeof(NativeApi), NativeLoader.TorchLibrary, 150)]
    [InlineData(typeof(NativeImages), NativeLoader.ImagesLibrary, 6)]
    public void Exports_EveryDeclaredFunction_IsInTheLibrary(Type declarations, string library, int atLeast)
    {
        var handle = NativeLoader.Resolve(library, typeof(Tensor).Assembly, searchPath: null);
        var names = declarations.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(method => method.Name)
            .Where(name => name.StartsWith("ft_", StringComparison.Ordinal) || name.StartsWith("fi_", StringComparison.Ordinal))
            .Distinct()
            .ToArray();

        var missing = names.Where(name => !NativeLibrary.TryGetExport(handle, name, out _));

        Assert.True(names.Length >= atLeast, $"only {names.Length} functions are declared");
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData(ScalarType.Byte, 0, 1)]
    [InlineData(ScalarType.Int8, 1, 1)]
    [InlineData(ScalarType.Int16, 2, 2)]
    [InlineData(ScalarType.Int32, 3, 4)]
    [InlineData(ScalarType.Int64, 4, 8)]
    [InlineData(ScalarType.Float16, 5, 2)]
    [InlineData(ScalarType.Float32, 6, 4)]
    [InlineData(ScalarType.Float64, 7, 8)]
    [InlineData(ScalarType.Bool, 11, 1)]
    [InlineData(ScalarType.BFloat16, 15, 2)]
    public void ScalarType_EveryValue_MeansTheSameToLibtorch(ScalarType type, int id, int bytes)
    {
        using var scope = new TensorTestScope();

        var tensor = torch.zeros([3], type);

        Assert.Equal(id, (int)type);
        Assert.Equal(type, tensor.dtype);
        Assert.Equal(bytes, tensor.element_size);
        Assert.Equal(bytes, type.SizeInBytes());
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 0x3FC0)]
    [InlineData(ScalarType.Float16, 0x3E00)]
    public void ScalarType_HalfWidthFloats_HaveTheirOwnBits(ScalarType type, int bitsOfOneAndAHalf)
    {
        using var scope = new TensorTestScope();

        var bits = torch.full([1], 1.5, type).data<ushort>()[0];

        Assert.Equal(bitsOfOneAndAHalf, bits);
    }

    [Fact]
    public void DeviceType_Values_AreLibtorchs() => Assert.Equal((0, 1), ((int)DeviceType.CPU, (int)DeviceType.CUDA));

    [Fact]
    public void NativeImageHeader_Layout_IsSixIntegers() => Assert.Equal(24, Unsafe.SizeOf<NativeImageHeader>());
}
