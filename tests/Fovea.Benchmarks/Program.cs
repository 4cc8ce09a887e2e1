using BenchmarkDotNet.Running;
using Fovea.Benchmarks.Checkpoints;
using Fovea.Benchmarks.Control;
using Fovea.Benchmarks.Planning;

// checkpoint SHAPE FOLDER FIXTURES writes a random checkpoint; feed and plans measure a scheduler process; anything else is for the benchmarks.
if (args is ["checkpoint", var shape, var folder, var fixtures])
{
    ShapeTrueCheckpoint.Write(ShapePresets.Of(shape), fixtures, folder);
    return;
}

if (args is ["feed", .. var feed])
{
    await FeedCommand.RunAsync(new ControlOptions(feed));
    return;
}

if (args is ["plans", .. var plans])
{
    await PlansCommand.RunAsync(new ControlOptions(plans));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(PlanDecisionBenchmark).Assembly).Run(args);
