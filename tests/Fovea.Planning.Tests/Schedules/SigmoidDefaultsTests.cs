using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tests.Schedules;

public sealed class SigmoidDefaultsTests
{
    [Theory]
    [InlineData(32, 0.221)]
    [InlineData(64, 0.1105)]
    [InlineData(16, 0.442)]
    public void Slope_OtherDepth_IsThatOfRelativeDepth(int layers, double slope) =>
        Assert.Equal(slope, SigmoidDefaults.Slope(layers), 1e-12);

    [Theory]
    [InlineData(-50, 0.761, 1e-12)]
    [InlineData(12.16, 0.761, 1e-12)]
    [InlineData(17.5, 0.933, 0.01)] // published amplitude at 5.2 TFLOPs
    [InlineData(400, 1, 1e-12)]
    public void Amplitude_Shift_StaysThenRisesToOne(double shift, double amplitude, double tolerance) =>
        Assert.Equal(amplitude, SigmoidDefaults.Amplitude(32, 0.221, shift), tolerance);
}
