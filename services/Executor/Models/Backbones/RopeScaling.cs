using System.Collections.Immutable;

namespace Fovea.Executor.Models.Backbones;

/// <summary>How rotary frequencies are changed for longer contexts than the model was first trained on.</summary>
internal abstract record RopeScaling
{
    private RopeScaling()
    {
    }

    /// <summary>What cosines and sines are multiplied by.</summary>
    public virtual double Factor => 1;

    /// <summary>The inverse frequency of rotary pair <paramref name="pair"/> after scaling.</summary>
    public abstract double Apply(int pair, double inverseFrequency);

    /// <summary>Every frequency is divided by the same factor (position interpolation).</summary>
    /// <param name="Divisor">At least 1.</param>
    internal sealed record Linear(double Divisor) : RopeScaling
    {
        /// <inheritdoc/>
        public override double Apply(int pair, double inverseFrequency) => inverseFrequency / Divisor;
    }

    /// <summary>Phi-3: every pair has a divisor of its own, and attention grows with the ratio of the two contexts.</summary>
    /// <param name="Divisors">One for each of the D/2 pairs.</param>
    /// <param name="Attention">Factor on cosines and sines.</param>
    internal sealed record LongRope(ImmutableArray<double> Divisors, double Attention) : RopeScaling
    {
        /// <inheritdoc/>
        public override double Factor => Attention;

        /// <inheritdoc/>
        public override double Apply(int pair, double inverseFrequency) => inverseFrequency / Divisors[pair];
    }

    /// <summary>Llama 3.1: long wavelengths are divided by the factor, short ones stay, those between are blended.</summary>
    /// <param name="Divisor">At least 1.</param>
    /// <param name="LowFrequencyFactor">Wavelengths over <paramref name="OriginalPositions"/> / this are long.</param>
    /// <param name="HighFrequencyFactor">Wavelengths under <paramref name="OriginalPositions"/> / this are short; above the low factor.</param>
    /// <param name="OriginalPositions">Context length of the first training.</param>
    internal sealed record Llama3(double Divisor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalPositions) : RopeScaling
    {
        /// <inheritdoc/>
        public override double Apply(int pair, double inverseFrequency)
        {
            var wavelength = 2 * Math.PI / inverseFrequency;
            if (wavelength < OriginalPositions / HighFrequencyFactor)
            {
                return inverseFrequency;
            }

            if (wavelength > OriginalPositions / LowFrequencyFactor)
            {
                return inverseFrequency / Divisor;
            }

            var smooth = ((OriginalPositions / wavelength) - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
            return ((1 - smooth) * inverseFrequency / Divisor) + (smooth * inverseFrequency);
        }
    }
}
