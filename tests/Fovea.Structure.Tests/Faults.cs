namespace Fovea.Structure.Tests;

/// <summary>Fails with every fault at once.</summary>
internal static class Faults
{
    public static void AssertNone(IEnumerable<string> faults)
    {
        var all = faults.ToArray();
        Assert.True(all.Length == 0, $"{all.Length} faults:{Environment.NewLine}{string.Join(Environment.NewLine, all)}");
    }
}
