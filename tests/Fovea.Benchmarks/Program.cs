using BenchmarkDotNet.Running;
using Fovea.Benchmarks.Checkpoints;
using Fovea.Benchmarks.Planning;

// checkpoint SHAPE FOLDER FIXTURES writes a random checkpoint; anything else is for the benchmarks.
if (args is ["checkpoint", var shape, var folder, var fixtures])
{
    ShapeTrueCheckpoint.Write(ShapePresets.Of(shape), fixtures, folder);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(PlanDecisionBenchmark).Assembly).Run(args);
