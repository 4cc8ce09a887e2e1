using System.CommandLine;
using System.CommandLine.Parsing;

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
        where T : notnull => new(name)
    {
        HelpName = string.Join('|', words.Keys),
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse(result, name, words, fallback),
    };

    /// <summary>Returns the word that stands for a value.</summary>
    public static string WordOf<T>(IReadOnlyDictionary<string, T> words, T value)
        where T : notnull =>
        words.FirstOrDefault(pair => EqualityComparer<T>.Default.Equals(pair.Value, value)).Key ?? value.ToString()!;

    private static T Parse<T>(ArgumentResult result, string name, IReadOnlyDictionary<string, T> words, T fallback)
        where T : notnull
    {
        var text = result.Tokens[0].Value;
        if (words.TryGetValue(text, out var value))
        {
            return value;
        }

        result.AddError($"{name}: '{text}' is unknown, known are {string.Join(", ", words.Keys)}");
        return fallback;
    }
}
