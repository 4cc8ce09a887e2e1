namespace Fovea.Executor.Models.Layers;

/// <summary>One line of a model's weight table.</summary>
/// <param name="Name">Canonical name.</param>
/// <param name="Shape">Expected dimensions.</param>
/// <param name="IsRun">False for weights that the checkpoint must hold but no computation reads.</param>
internal sealed record WeightSpec(string Name, long[] Shape, bool IsRun = true);
