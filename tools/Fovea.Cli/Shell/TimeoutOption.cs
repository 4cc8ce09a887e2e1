using System.CommandLine;
using System.Globalization;

namespace Fovea.Cli.Shell;

/// <summary>Is <c>--timeout</c>: seconds that one call may take.</summary>
internal sealed class TimeoutOption : Option<double>
{
    private const double DefaultSeconds = 60;
    private const double MostSeconds = 86400;

    /// <summary>Makes the option.</summary>
    public TimeoutOption()
        : base("--timeout")
    {
        Description = "Seconds that one call may take";
        HelpName = "SECONDS";
        DefaultValueFactory = _ => DefaultSeconds;
        Validators.Add(result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : null;
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
            if (isNumber && seconds is not (> 0 and <= MostSeconds))
            {
                result.AddError($"--timeout must be above 0 and at most {MostSeconds} seconds");
            }
        });
    }
}
