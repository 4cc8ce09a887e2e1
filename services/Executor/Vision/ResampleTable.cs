namespace Fovea.Executor.Vision;

/// <summary>Which source pixels make each target pixel along one axis, and with which weights in fixed point.</summary>
internal sealed class ResampleTable
{
    /// <summary>Fraction bits of a weight: what is left of 32 after 8 bits of colour and 2 of headroom.</summary>
    public const int PrecisionBits = 32 - 8 - 2;

    private readonly int[] _weights;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly int _stride;

    /// <summary>
    /// Computes the table of the target pixels in <paramref name="window"/>, when <paramref name="source"/> pixels become
    /// <paramref name="window"/>'s whole size; the support grows when shrinking.
    /// </summary>
    public ResampleTable(int source, AxisWindow window, ResampleFilter filter)
    {
        var scale = (double)source / window.Size;
        var stretch = Math.Max(scale, 1);
        var support = ResampleKernels.Support(filter) * stretch;
        _stride = ((int)Math.Ceiling(support) * 2) + 1;
        _weights = new int[(long)_stride * window.Count];
        _starts = new int[window.Count];
        _counts = new int[window.Count];
        var exact = new double[_stride];
        for (var index = 0; index < window.Count; index++)
        {
            var center = (window.Start + index + 0.5) * scale;
            var start = Math.Max((int)(center - support + 0.5), 0);
            var count = Math.Min((int)(center + support + 0.5), source) - start;
            _starts[index] = start;
            _counts[index] = count;
            var total = 0.0;
            for (var tap = 0; tap < count; tap++)
            {
                exact[tap] = ResampleKernels.Weight(filter, (tap + start - center + 0.5) * (1 / stretch));
                total += exact[tap];
            }

            Normalize(exact.AsSpan(0, count), total, _weights.AsSpan(index * _stride, count));
        }
    }

    /// <summary>Target pixels of the window.</summary>
    public int Count => _starts.Length;

    /// <summary>Places for the weights of one target pixel: two supports, rounded up, and one.</summary>
    public int Places => _stride;

    /// <summary>First source pixel that any target pixel of the window needs.</summary>
    public int FirstSource => _starts.Min();

    /// <summary>One past the last source pixel that any target pixel of the window needs.</summary>
    public int EndSource => _starts.Zip(_counts, static (start, count) => start + count).Max();

    /// <summary>First source pixel of a target pixel, counted from the window's first.</summary>
    public int Start(int target) => _starts[target];

    /// <summary>Weights of the source pixels from <see cref="Start"/> on.</summary>
    public ReadOnlySpan<int> Weights(int target) => _weights.AsSpan(target * _stride, _counts[target]);

    /// <summary>Makes the table count source pixels from <paramref name="first"/> on.</summary>
    public void Shift(int first)
    {
        foreach (ref var start in _starts.AsSpan())
        {
            start -= first;
        }
    }

    private static void Normalize(ReadOnlySpan<double> exact, double total, Span<int> weights)
    {
        for (var tap = 0; tap < exact.Length; tap++)
        {
            var weight = (total != 0 ? exact[tap] / total : exact[tap]) * (1 << PrecisionBits);
            weights[tap] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
        }
    }
}
