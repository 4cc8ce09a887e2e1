using System.Runtime.InteropServices;

namespace Fovea.Executor.Overload;

/// <summary>What the thresholds of overload ladders are compared with.</summary>
/// <param name="Waiting">Requests that wait for a place, for memory, or for their prefill.</param>
/// <param name="KvShare">Share of the limit of KV cache that is spoken for; 0 when there is no limit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OverloadLoad(int Waiting, double KvShare);
