using System.Globalization;

namespace Fovea.Benchmarks.Control;

/// <summary>Reads <c>--name value</c> pairs of a command.</summary>
internal sealed class ControlOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads the arguments after the command.</summary>
    /// <exception cref="ArgumentException">An argument has no value.</exception>
    public ControlOptions(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (!arguments[index].StartsWith("--", StringComparison.Ordinal) || index + 1 == arguments.Count)
            {
                throw new ArgumentException($"'{arguments[index]}' is not followed by a value");
            }

            _values[arguments[index][2..]] = arguments[index + 1];
        }
    }

    /// <summary>Returns a whole number, or its default.</summary>
    public int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
