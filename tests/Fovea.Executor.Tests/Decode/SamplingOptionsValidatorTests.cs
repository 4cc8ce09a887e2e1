using Fovea.Executor.Decode;

namespace Fovea.Executor.Tests.Decode;

public sealed class SamplingOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_HaveNoFault() => Assert.Empty(SamplingOptionsValidator.Validate(new SamplingOptions(), 1024));

    [Fact]
    public void Validate_EveryFault_IsNamed()
    {
        var options = new SamplingOptions
        {
            Temperature = double.NaN,
            TopP = 0,
            TopK = -1,
            MaxTokens = 2000,
            LogProbs = 21,
            Stops = ["ok", "", new string('x', 257)],
        };

        var faults = SamplingOptionsValidator.Validate(options, 1024);

        Assert.Equal(
            [
                "temperature is NaN, outside [0, 100]", "top_p is 0, outside (0, 1]", "top_k is -1, below 0", "max_tokens is 2000, outside [1, 1024]",
                "logprobs is 21, outside [0, 20]", "stop[1] has 0 characters, outside [1, 256]", "stop[2] has 257 characters, outside [1, 256]",
            ],
            faults);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.PositiveInfinity)]
    public void Validate_Temperature_OutOfRange_IsAFault(double temperature) =>
        Assert.Single(SamplingOptionsValidator.Validate(new SamplingOptions { Temperature = temperature }, 1024));

    [Fact]
    public void Validate_TooManyStops_IsAFault() =>
        Assert.Single(SamplingOptionsValidator.Validate(new SamplingOptions { Stops = [.. Enumerable.Repeat("x", 17)] }, 1024));
}
