using BenchmarkDotNet.Running;
using Fovea.Benchmarks.Planning;

BenchmarkSwitcher.FromAssembly(typeof(PlanDecisionBenchmark).Assembly).Run(args);
