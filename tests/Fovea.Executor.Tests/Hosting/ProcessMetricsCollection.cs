namespace Fovea.Executor.Tests.Hosting;

/// <summary>Tests of what is collected from the whole process run while no other executor does.</summary>
[CollectionDefinition(nameof(ProcessMetricsCollection), DisableParallelization = true)]
public sealed class ProcessMetricsCollection;
