using System.Runtime.InteropServices;

namespace Fovea.Executor.Prefill;

/// <summary>What one measured prefill took.</summary>
/// <param name="Wall">Wall-clock time until the logits of the last row are on the host.</param>
/// <param name="Cpu">Processor time of the whole process meanwhile.</param>
/// <param name="Ranking">Host time of scoring, ranking and dropping, part of <paramref name="Wall"/>.</param>
/// <param name="Check">Largest logit: equal runs give equal numbers.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PrefillRun(TimeSpan Wall, TimeSpan Cpu, TimeSpan Ranking, float Check);
