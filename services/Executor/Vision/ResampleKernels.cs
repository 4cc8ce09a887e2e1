namespace Fovea.Executor.Vision;

/// <summary>The weights of <see cref="ResampleFilter"/>.</summary>
internal static class ResampleKernels
{
    private const double CubicA = -0.5;
    private const double LanczosLobes = 3;

    /// <summary>Distance, in source pixels at scale 1, beyond which the weight is zero.</summary>
    public static double Support(ResampleFilter filter) => filter switch
    {
        ResampleFilter.Lanczos => LanczosLobes,
        ResampleFilter.Bilinear => 1,
        _ => 2,
    };

    /// <summary>The weight at a distance.</summary>
    public static double Weight(ResampleFilter filter, double distance)
    {
        var x = Math.Abs(distance);
        return filter switch
        {
            ResampleFilter.Lanczos => x < LanczosLobes ? Sinc(x) * Sinc(x / LanczosLobes) : 0,
            ResampleFilter.Bilinear => x < 1 ? 1 - x : 0,
            _ => Cubic(x),
        };
    }

    private static double Cubic(double x)
    {
        if (x < 1)
        {
            return ((((CubicA + 2) * x) - (CubicA + 3)) * x * x) + 1;
        }

        return x < 2 ? (((((x - 5) * x) + 8) * x) - 4) * CubicA : 0;
    }

    private static double Sinc(double x)
    {
        if (x == 0)
        {
            return 1;
        }

        x *= Math.PI;
        return Math.Sin(x) / x;
    }
}
