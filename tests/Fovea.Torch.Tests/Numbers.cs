namespace Fovea.Torch.Tests;

/// <summary>Makes reproducible inputs and compares results with plain arithmetic.</summary>
internal static class Numbers
{
    internal static float[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    internal static float[] Positive(int count, int seed) => [.. Normal(count, seed).Select(value => Math.Abs(value) + 0.1f)];

    internal static void Near(IEnumerable<double> expected, Tensor actual, double tolerance)
    {
        var left = expected.ToArray();
        var right = actual.ToSingleArray();
        Assert.Equal(left.Length, right.Length);
        for (var i = 0; i < left.Length; i++)
        {
            Assert.True(Math.Abs(left[i] - right[i]) <= tolerance, $"element {i}: expected {left[i]}, found {right[i]}, tolerance {tolerance}");
        }
    }

    internal static double[] MatMul(float[] left, float[] right, int rows, int inner, int columns)
    {
        var product = new double[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                product[(i * columns) + j] = Enumerable.Range(0, inner).Sum(k => (double)left[(i * inner) + k] * right[(k * columns) + j]);
            }
        }

        return product;
    }
}
