using System.Collections.Immutable;
using Fovea.Planning.Shapes;
using Fovea.Torch;

namespace Fovea.Executor.Models.Layers;

/// <summary>What a decoder needs to know beside its weights.</summary>
/// <param name="Shape">Layers, widths and vocabulary.</param>
/// <param name="NormEpsilon">Added to the mean square in RMSNorm.</param>
/// <param name="InverseFrequencies">Rotary radians per position of each pair [D/2].</param>
/// <param name="MaxPositions">Most positions of one request.</param>
/// <param name="DType">Data type of weights and activations.</param>
/// <param name="Device">Where they live.</param>
internal sealed record DecoderOptions(
    LanguageShape Shape,
    double NormEpsilon,
    float[] InverseFrequencies,
    int MaxPositions,
    ScalarType DType,
    Device Device)
{
    /// <summary>Factor on the cosines and sines of rotary positions.</summary>
    public double RotaryFactor { get; init; } = 1;

    /// <summary>Rotary pairs that each axis of a position turns, D/2 together; empty for positions of one axis.</summary>
    public ImmutableArray<int> RotarySections { get; init; } = [];
}
