using System.CommandLine;

namespace Fovea.Cli.Shell;

/// <summary>Bounds numeric options.</summary>
internal static class Ranges
{
    /// <summary>Makes values outside least..most a usage fault that names all three.</summary>
    public static void Bound(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        // A value that is no number was reported already.
        if (result.Errors.Any() || result.Tokens.Count == 0)
        {
            return;
        }

        var value = result.GetValueOrDefault<int>();
        if (value < least || value > most)
        {
            result.AddError($"{option.Name} {value} is outside {least}..{most}");
        }
    });
}
