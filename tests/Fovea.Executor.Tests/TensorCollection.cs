namespace Fovea.Executor.Tests;

/// <summary>Tests that count live tensors, or make them, run one after another.</summary>
[CollectionDefinition(nameof(TensorCollection), DisableParallelization = true)]
public sealed class TensorCollection;
