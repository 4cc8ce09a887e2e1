namespace Fovea.Executor.Text;

/// <summary>A stretch of a string and whether a pattern matched it.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="IsMatch">Whether it is a match rather than what lies between matches.</param>
internal readonly record struct TextSpan(int Start, int End, bool IsMatch);
