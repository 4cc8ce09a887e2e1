namespace Fovea.Executor.Intake;

/// <summary>One image as it came.</summary>
/// <param name="Field">Where it stands in the request.</param>
/// <param name="Data">The file's bytes.</param>
internal sealed record ImageFile(string Field, ReadOnlyMemory<byte> Data);
