using System.CommandLine;
using System.Globalization;

namespace Fovea.Cli.Shell;

/// <summary>Bounds numeric options.</summary>
internal static class Ranges
{
    /// <summary>Makes values outside least..most a usage fault that names all three.</summary>
    public static void Bound(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        // What is no number is reported by the parser itself.
        if (result.Tokens.Count != 1 || !int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return;
        }

        if (value < least || value > most)
        {
            result.AddError($"{option.Name} {value} is outside {least}..{most}");
        }
    });

    /// <summary>Makes values outside least..most a usage fault that names all three.</summary>
    public static void Bound(Option<double> option, double least, double most) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count != 1 || !double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return;
        }

        if (!(value >= least && value <= most))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} {value} is outside {least}..{most}"));
        }
    });
}
