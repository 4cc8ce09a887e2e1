namespace Fovea.Executor.Models.Layers;

/// <summary>One line of a model's weight table.</summary>
/// <param name="Name">Canonical name.</param>
/// <param name="Shape">Expected dimensions.</param>
/// <param name="IsRun">False for weights that the checkpoint must hold but no computation reads.</param>
internal sealed record WeightSpec(string Name, long[] Shape, bool IsRun = true)
{
    /// <summary>The lines of a linear layer: its matrix, and its bias if it has one.</summary>
    public static IEnumerable<WeightSpec> Linear(string name, long rows, long columns, bool bias, bool isRun = true) => bias
        ? [new(name + ".weight", [rows, columns], isRun), new(name + ".bias", [rows], isRun)]
        : [new(name + ".weight", [rows, columns], isRun)];

    /// <summary>The lines of a norm: its weight, and its bias if it has one.</summary>
    public static IEnumerable<WeightSpec> Norm(string name, long width, bool bias, bool isRun = true) => bias
        ? [new(name + ".weight", [width], isRun), new(name + ".bias", [width], isRun)]
        : [new(name + ".weight", [width], isRun)];
}
