namespace Fovea.Executor.Calibration.Trials;

/// <summary>Names one image of one set.</summary>
/// <param name="Set">Digest of the set.</param>
/// <param name="Key">The image's key in it.</param>
internal readonly record struct ImageKey(string Set, string Key);
