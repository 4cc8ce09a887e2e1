namespace Fovea.Executor.Calibration.Trials;

/// <summary>Names one question of one set.</summary>
/// <param name="Set">Digest of the set.</param>
/// <param name="Index">The question's index.</param>
internal readonly record struct SampleKey(string Set, int Index);
