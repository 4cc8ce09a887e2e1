using System.Collections.Immutable;
using Fovea.Scheduler.Search.Algorithms;

namespace Fovea.Scheduler.Tests.Search.Algorithms;

public sealed class BayesianOptimizerTests
{
    private const int Seeds = 100;
    private const int SeedsThatMustFind = 95;

    private static readonly SearchAxis Unit = new(0, 1);

    // Each function with its greatest value, how near the best trial must come, and the trials. Tolerances are 0.1 % or less of
    // the function's range over its box, but for the kink.
    public static TheoryData<string> Functions => [.. Known.Keys];

    private static Dictionary<string, (ImmutableArray<SearchAxis> Axes, Func<double[], double> Value, double Greatest, double Tolerance, int Trials)> Known => new()
    {
        ["parabola"] = ([Unit], x => -Square(x[0] - 0.37), 0, 1e-3, 15),
        ["edge"] = ([Unit], x => x[0], 1, 1e-3, 15),
        ["kink"] = ([Unit], x => -Math.Abs(x[0] - 0.618), 0, 1e-2, 25),
        ["forrester"] = ([Unit], x => -Square((6 * x[0]) - 2) * Math.Sin((12 * x[0]) - 4), 6.02074, 2e-2, 25),
        ["two hills"] = ([Unit], x => Math.Exp(-Square((x[0] - 0.2) / 0.1)) + (1.2 * Math.Exp(-Square((x[0] - 0.8) / 0.08))), 1.2, 1e-3, 30),
        ["logarithmic"] = ([new(0.02, 2, true)], x => -Square(Math.Log(x[0] / 0.22)), 0, 1e-2, 20),
        ["branin"] = ([new(-5, 10), new(0, 15)], x => -Branin(x[0], x[1]), -0.397887, 0.1, 40),
        ["rotated"] = ([new(-2, 2), new(-2, 2)], x => -Square(x[0] + x[1] - 0.6) - (20 * Square(x[0] - x[1] + 0.4)), 0, 0.05, 30),
        ["ridge"] = ([new(0.02, 2, true), new(0.1, 1.5)], Ridge, 1, 1e-2, 40),
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Ask_KnownFunction_FindsItsOptimumInNearlyAllSeeds(string name)
    {
        var (axes, value, greatest, tolerance, trials) = Known[name];
        var misses = new List<double>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var optimizer = new BayesianOptimizer(axes, axes.Length == 1 ? 4 : 8, (ulong)seed);
            var best = double.NegativeInfinity;
            for (var trial = 0; trial < trials; trial++)
            {
                var point = optimizer.Ask();
                Assert.All(point.Zip(axes), at => Assert.InRange(at.First, at.Second.Low, at.Second.High));
                var found = value(point);
                optimizer.Tell(point, found);
                best = Math.Max(best, found);
            }

            misses.Add(greatest - best);
        }

        var found95 = misses.Count(miss => miss <= tolerance);
        Assert.True(found95 >= SeedsThatMustFind, $"{found95} of {Seeds}; worst {misses.Max():G3}, 95th {misses.Order().ElementAt(94):G3}");
    }

    // Answers of 800 questions: noise of half a point on a hill of twenty.
    [Fact]
    public void Ask_NoisyFunction_StaysNearTheOptimum()
    {
        var near = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var optimizer = new BayesianOptimizer([Unit], 4, (ulong)seed);
            var last = 0d;
            for (var trial = 0; trial < 25; trial++)
            {
                var point = optimizer.Ask();
                optimizer.Tell(point, -0.8 * Square(point[0] - 0.3) + (0.005 * (random.NextDouble() - 0.5)));
                last = point[0];
            }

            near += Math.Abs(last - 0.3) < 0.15 ? 1 : 0;
        }

        Assert.True(near >= 17, $"{near} of 20");
    }

    [Fact]
    public void Ask_SameSeed_GivesTheSameBits()
    {
        var (first, second) = (Trace(5), Trace(5));

        Assert.Equal(first, second);
        Assert.NotEqual(first, Trace(6));
    }

    [Fact]
    public void Ask_Starts_ComeFirstWithinTheBounds()
    {
        var optimizer = new BayesianOptimizer([new(0.02, 2, true), new(0.1, 1.5)], 2, 0, [0.2, 0.7], [9, 0.01]);

        Assert.Equal([0.2, 0.7], optimizer.Ask().Select(value => Math.Round(value, 12)));
        Assert.Equal([2, 0.1], optimizer.Ask());
    }

    private static double[] Trace(ulong seed)
    {
        var optimizer = new BayesianOptimizer([Unit, Unit], 4, seed);
        var trace = new List<double>();
        for (var trial = 0; trial < 15; trial++)
        {
            var point = optimizer.Ask();
            optimizer.Tell(point, -Square(point[0] - 0.3) - Square(point[1] - 0.6));
            trace.AddRange(point);
        }

        return [.. trace];
    }

    private static double Branin(double x, double y)
    {
        var curve = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (curve * curve) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }

    /// <summary>Falls off a narrow ridge along which slope and amplitude trade off, slowly towards both ends, with a cliff below.</summary>
    private static double Ridge(double[] x)
    {
        var across = Math.Log(x[0] / 0.25) - (1.5 * (x[1] - 0.7));
        var along = x[1] - 0.7;
        var cliff = 1 / (1 + Math.Exp(20 * (0.3 - x[1])));
        return (Math.Exp(-2 * Square(across)) * (1 - (0.5 * Square(along)))) - (0.5 * (1 - cliff)) + (0.5 / (1 + Math.Exp(8)));
    }

    private static double Square(double value) => value * value;
}
