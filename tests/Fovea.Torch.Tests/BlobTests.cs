using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Fovea.Torch.Tests;

public sealed class BlobTests
{
    [Fact]
    public unsafe void FromBlob_ViewOutlivesTensor_KeepsOwnerUntilViewGoes()
    {
        using var leaks = new TensorLeakScope();
        var (view, owner) = ViewOfBlob();

        Collect();
        Assert.True(owner.IsAlive);
        Assert.Equal([2f, 3f], view.ToSingleArray());

        view.Dispose();
        Collect();
        Assert.False(owner.IsAlive);
    }

    [Fact]
    public void FromBlob_SafeHandleOwner_StaysOpenUntilTensorGoes()
    {
        using var leaks = new TensorLeakScope();
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, MemoryMarshal.AsBytes([1f, 2f, 3f, 4f]).ToArray());
        var file = System.IO.MemoryMappedFiles.MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        var accessor = file.CreateViewAccessor();
        SafeMemoryMappedViewHandle memory = accessor.SafeMemoryMappedViewHandle;

        var tensor = torch.from_blob(memory.DangerousGetHandle(), [2, 2], ScalarType.Float32, memory);
        accessor.Dispose();
        file.Dispose();
        File.Delete(path);

        Assert.Equal([1f, 2f, 3f, 4f], tensor.ToSingleArray());
        Assert.True(IsMapped(path));
        tensor.Dispose();
        Assert.False(IsMapped(path));
    }

    [Fact]
    public void FromBlob_ClosedHandle_IsRefused()
    {
        var closed = new SafeFileHandle(123, ownsHandle: false);
        closed.Dispose();

        Assert.Throws<ObjectDisposedException>(() => torch.from_blob(0x1000, [1], ScalarType.Float32, closed));
    }

    [Fact]
    public void FromBlob_OddAddress_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => torch.from_blob(0x1002, [1], ScalarType.Float32, new object()));

        Assert.Contains("0x1002", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromArray_WrittenThroughTensor_ChangesArray()
    {
        using var scope = new TensorTestScope();
        var values = new long[] { 1, 2, 3, 4, 5, 6 };

        var tensor = torch.from_array(values, [2, 3]);
        tensor.narrow(1, 2, 1).fill_(9);

        Assert.Equal([1L, 2, 9, 4, 5, 9], values);
    }

    [Fact]
    public void FromArray_ShapeOfOtherSize_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => torch.from_array(new float[5], [2, 3]));

        Assert.Contains("6 elements, the array 5", error.Message, StringComparison.Ordinal);
    }

    private static bool IsMapped(string path) => File.ReadLines("/proc/self/maps").Any(line => line.Contains(path, StringComparison.Ordinal));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe (Tensor View, WeakReference Owner) ViewOfBlob()
    {
        var owner = new NativeFloats(1, 2, 3, 4);
        using var tensor = torch.from_blob(owner.Address, [4], ScalarType.Float32, owner);
        return (tensor.narrow(0, 1, 2), new WeakReference(owner));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private sealed class NativeFloats
    {
        public NativeFloats(params ReadOnlySpan<float> values)
        {
            Address = Marshal.AllocHGlobal(values.Length * sizeof(float));
            for (var i = 0; i < values.Length; i++)
            {
                Marshal.StructureToPtr(values[i], Address + (i * sizeof(float)), fDeleteOld: false);
            }
        }

        ~NativeFloats() => Marshal.FreeHGlobal(Address);

        public nint Address { get; }
    }
}
