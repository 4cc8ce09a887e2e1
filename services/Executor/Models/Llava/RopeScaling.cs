namespace Fovea.Executor.Models.Llava;

/// <summary>How rotary frequencies are changed for longer contexts than the model was first trained on.</summary>
internal abstract record RopeScaling
{
    private RopeScaling()
    {
    }

    /// <summary>The inverse frequency of one rotary pair after scaling.</summary>
    public abstract double Apply(double inverseFrequency);

    /// <summary>Every frequency is divided by the same factor (position interpolation).</summary>
    /// <param name="Factor">At least 1.</param>
    internal sealed record Linear(double Factor) : RopeScaling
    {
        /// <inheritdoc/>
        public override double Apply(double inverseFrequency) => inverseFrequency / Factor;
    }

    /// <summary>Llama 3.1: long wavelengths are divided by the factor, short ones stay, those between are blended.</summary>
    /// <param name="Factor">At least 1.</param>
    /// <param name="LowFrequencyFactor">Wavelengths over <paramref name="OriginalPositions"/> / this are long.</param>
    /// <param name="HighFrequencyFactor">Wavelengths under <paramref name="OriginalPositions"/> / this are short; above the low factor.</param>
    /// <param name="OriginalPositions">Context length of the first training.</param>
    internal sealed record Llama3(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalPositions) : RopeScaling
    {
        /// <inheritdoc/>
        public override double Apply(double inverseFrequency)
        {
            var wavelength = 2 * Math.PI / inverseFrequency;
            if (wavelength < OriginalPositions / HighFrequencyFactor)
            {
                return inverseFrequency;
            }

            if (wavelength > OriginalPositions / LowFrequencyFactor)
            {
                return inverseFrequency / Factor;
            }

            var smooth = ((OriginalPositions / wavelength) - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
            return ((1 - smooth) * inverseFrequency / Factor) + (smooth * inverseFrequency);
        }
    }
}
