namespace Fovea.Executor.Intake;

/// <summary>What one more token makes of the answer.</summary>
/// <param name="Text">Text that is certain now; possibly empty.</param>
/// <param name="Stopped">Whether a stop string has appeared; the answer ends with <paramref name="Text"/>.</param>
internal readonly record struct DecodedDelta(string Text, bool Stopped);
