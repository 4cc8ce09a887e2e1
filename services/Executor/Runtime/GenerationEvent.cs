namespace Fovea.Executor.Runtime;

/// <summary>One step of a generation, as its reader sees it.</summary>
internal abstract record GenerationEvent;
