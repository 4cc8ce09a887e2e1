namespace Fovea.Torch.Tests;

public sealed class TensorDataTests
{
    [Fact]
    public void Tensor_EveryInputType_ComesBackUnchanged()
    {
        using var scope = new TensorTestScope();

        Assert.Equal([1f, -2f], torch.tensor([1f, -2f]).ToArray<float>());
        Assert.Equal([1d, -2d], torch.tensor([1d, -2d]).ToArray<double>());
        Assert.Equal([long.MaxValue, -2], torch.tensor([long.MaxValue, -2]).ToArray<long>());
        Assert.Equal([1, -2], torch.tensor([1, -2]).ToArray<int>());
        Assert.Equal([true, false], torch.tensor([true, false]).ToArray<bool>());
        Assert.Equal(new byte[] { 1, 255 }, torch.tensor<byte>([1, 255]).ToArray<byte>());
        Assert.Equal([(Half)1.5], torch.tensor([(Half)1.5]).ToArray<Half>());
        Assert.Equal(new ushort[] { 0x3F80 }, torch.tensor<ushort>([0x3F80]).ToArray<ushort>());
    }

    [Fact]
    public void Tensor_WrongShape_NamesBothCounts()
    {
        using var scope = new TensorTestScope();

        var error = Assert.Throws<ArgumentException>(() => torch.tensor([1f, 2f, 3f], [2, 2]));

        Assert.Contains("4 elements, the source 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factories_Values_AreAsNamed()
    {
        using var scope = new TensorTestScope();

        Assert.Equal([0f, 0], torch.zeros([2]).ToSingleArray());
        Assert.Equal([1L, 1], torch.ones([2], ScalarType.Int64).ToArray<long>());
        Assert.Equal([2.5f, 2.5f], torch.full([2], 2.5).ToSingleArray());
        Assert.Equal([7L], torch.full([1], 7).ToArray<long>());
        Assert.Equal([5L, 3, 1], torch.arange(5, 0, -2).ToArray<long>());
        Assert.Equal([0f, 1, 2], torch.arange(3, ScalarType.Float32).ToArray<float>());
        Assert.Equal([0, 3], torch.empty([0, 3]).shape.ToArray());
        Assert.Equal(4.5f, torch.scalar(4.5f).ToSingle());
        Assert.Equal(0, torch.scalar(4L).ndim);
    }

    [Fact]
    public void Randn_SameSeed_IsTheSame()
    {
        using var scope = new TensorTestScope();
        torch.manual_seed(5);
        var first = torch.randn([1000]);
        torch.manual_seed(5);

        var second = torch.randn([1000]);

        Assert.True(first.equal(second));
        Assert.Equal(0, first.mean().ToDouble(), 0.1);
        Assert.Equal(1, first.var(0).ToDouble(), 0.15);
    }

    [Fact]
    public void Data_WriteThroughSpan_ChangesTensor()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([2, 2]);

        tensor.data<float>()[3] = 5;

        Assert.Equal([0f, 0, 0, 5], tensor.ToSingleArray());
    }

    [Fact]
    public void Data_OtherTypeOrGaps_IsRefused()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([2, 2]);

        Assert.Contains("stores Float32", Assert.Throws<InvalidOperationException>(() => tensor.data<long>().Length).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => tensor.narrow(1, 0, 1).data<float>().Length);
        Assert.Throws<NotSupportedException>(() => tensor.ToArray<decimal>());
        Assert.Throws<ArgumentException>(() => tensor.CopyTo(new float[3].AsSpan()));
    }

    [Fact]
    public void CopyFrom_IntoView_WritesThroughGaps()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([2, 3]);

        tensor.narrow(1, 1, 2).CopyFrom<float>([1, 2, 3, 4]);

        Assert.Equal([0f, 1, 2, 0, 3, 4], tensor.ToSingleArray());
    }

    [Fact]
    public void To_SameTypeAndPlace_SharesMemory()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.ones([2]);

        Assert.Equal(tensor.data_ptr(), tensor.to(ScalarType.Float32).data_ptr());
        Assert.Equal(tensor.data_ptr(), tensor.to(torch.CPU).data_ptr());
        Assert.Equal(tensor.data_ptr(), tensor.alias().data_ptr());
        Assert.Equal(tensor.data_ptr(), tensor.contiguous().data_ptr());
        Assert.NotEqual(tensor.data_ptr(), tensor.clone().data_ptr());
        Assert.NotEqual(tensor.data_ptr(), tensor.to(ScalarType.Float64).data_ptr());
    }

    [Fact]
    public void CopyFill_InPlace_ConvertAndBroadcast()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.zeros([2, 2]);

        Assert.Equal([1f, 2, 1, 2], tensor.copy_(torch.tensor([1L, 2])).ToSingleArray());
        Assert.Equal([3f, 3, 3, 3], tensor.fill_(3).ToSingleArray());
        Assert.Equal([0f, 0, 0, 0], tensor.zero_().ToSingleArray());
    }

    [Fact]
    public void Item_EveryType_IsConverted()
    {
        using var scope = new TensorTestScope();

        Assert.Equal(3, torch.scalar(3.75f).item<int>());
        Assert.Equal(3.75f, torch.scalar(3.75f).item<float>());
        Assert.Equal(3.75, torch.scalar(3.75f, ScalarType.BFloat16).item<double>());
        Assert.Equal(long.MaxValue, torch.scalar(long.MaxValue).item<long>());
        Assert.True(torch.scalar(true).item<bool>());
        Assert.Equal(200, torch.scalar((byte)200).item<byte>());
        Assert.Throws<TorchException>(() => torch.zeros([2]).item<float>());
    }

    [Fact]
    public void Arrays_Converted_FollowTheType()
    {
        using var scope = new TensorTestScope();
        var tensor = torch.tensor([1.9f, 0f, -1.9f]);

        Assert.Equal([1L, 0, -1], tensor.ToInt64Array());
        Assert.Equal([true, false, true], tensor.ToBooleanArray());
        Assert.Equal([0f, 1], torch.tensor([false, true]).ToSingleArray());
    }
}
