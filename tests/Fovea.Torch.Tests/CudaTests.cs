using F = Fovea.Torch.torch.nn.functional;

namespace Fovea.Torch.Tests;

public sealed class CudaTests
{
    [Fact]
    public void DeviceCount_Always_AgreesWithAvailability()
        => Assert.Equal(torch.cuda.is_available(), torch.cuda.device_count() > 0);

    [Fact]
    public void Zeros_DeviceThatIsNotThere_IsRefused()
    {
        using var leaks = new TensorLeakScope();

        Assert.Throws<TorchException>(() => torch.zeros([1], device: new Device(DeviceType.CUDA, 99)));
    }

    [CudaFact]
    public void Matmul_OnDevice_EqualsProcessor()
    {
        using var scope = new TensorTestScope();
        var left = torch.tensor(Numbers.Normal(64 * 32, 1), [64, 32]);
        var right = torch.tensor(Numbers.Normal(32 * 16, 2), [32, 16]);

        var result = left.to(torch.CUDA).matmul(right.to(torch.CUDA));
        torch.cuda.synchronize();

        Assert.Equal(torch.CUDA, result.device);
        Assert.True(result.cpu().allclose(left.matmul(right), rtol: 1e-2, atol: 1e-2));
    }

    [CudaFact]
    public void RmsNorm_OnDevice_EqualsProcessor()
    {
        using var scope = new TensorTestScope();
        var input = torch.tensor(Numbers.Normal(4 * 64, 3), [4, 64]);
        var weight = torch.tensor(Numbers.Normal(64, 4));

        var result = F.rms_norm(input.to(torch.CUDA), weight.to(torch.CUDA), 1e-6);

        Assert.True(result.cpu().allclose(F.rms_norm(input, weight, 1e-6), rtol: 1e-4, atol: 1e-5));
    }

    [CudaFact]
    public void ScaledDotProductAttention_GroupedHeads_EqualsComposed()
    {
        using var scope = new TensorTestScope();
        var query = torch.tensor(Numbers.Normal(4 * 8 * 16, 5), [1, 4, 8, 16]).to(torch.CUDA);
        var key = torch.tensor(Numbers.Normal(2 * 8 * 16, 6), [1, 2, 8, 16]).to(torch.CUDA);
        var value = torch.tensor(Numbers.Normal(2 * 8 * 16, 7), [1, 2, 8, 16]).to(torch.CUDA);

        var fused = F.scaled_dot_product_attention(query, key, value, options: new AttentionOptions(IsCausal: true));

        var hidden = torch.ones([8, 8], ScalarType.Float32, torch.CUDA).triu(1).to(ScalarType.Bool);
        var scores = query.matmul(key.repeat_interleave(2, 1).transpose(-1, -2)).mul(0.25).masked_fill(hidden, double.NegativeInfinity);
        var composed = scores.softmax(-1).matmul(value.repeat_interleave(2, 1));
        Assert.True(fused.allclose(composed, rtol: 1e-3, atol: 1e-3));
    }

    [CudaFact]
    public void MemGetInfo_AfterAllocation_ShowsTotalAboveFree()
    {
        using var scope = new TensorTestScope();
        torch.zeros([1 << 20], device: torch.CUDA);

        var (free, total) = torch.cuda.mem_get_info();

        Assert.InRange(free, 1, total - 1);
    }
}
