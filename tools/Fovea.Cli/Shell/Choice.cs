using System.CommandLine;

namespace Fovea.Cli.Shell;

/// <summary>Makes options that take one of a few words.</summary>
internal static class Choice
{
    /// <summary>Makes an option; a word that is not known is a usage fault that names those that are.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it says.</param>
    /// <param name="words">Each word and what it stands for.</param>
    /// <param name="fallback">Value where the option is not given.</param>
    public static Option<T> Option<T>(string name, string description, IReadOnlyDictionary<string, T> words, T fallback)
        where T : notnull
    {
        var option = new Option<T>(name)
        {
            HelpName = string.Join('|', words.Keys),
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result => words.GetValueOrDefault(result.Tokens[0].Value, fallback),
        };

        // A fault of a validator stands beside those of other options; one of the parser would hide them.
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !words.ContainsKey(token.Value)))
            {
                result.AddError($"{name}: '{token.Value}' is unknown, known are {string.Join(", ", words.Keys)}");
            }
        });
        return option;
    }

    /// <summary>Returns the word that stands for a value.</summary>
    public static string WordOf<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : notnull =>
        words.FirstOrDefault(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key ?? value.ToString()!;
}
