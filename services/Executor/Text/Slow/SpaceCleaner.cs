namespace Fovea.Executor.Text.Slow;

/// <summary>Removes spaces before punctuation and English contractions as the reference library's <c>clean_up_tokenization</c> does.</summary>
/// <remarks>Serves one sequence of texts; a space is held back until what follows it is known.</remarks>
internal sealed class SpaceCleaner
{
    private readonly TextReplacer[] _steps =
    [
        new(" .", "."), new(" ?", "?"), new(" !", "!"), new(" ,", ","), new(" ' ", "'"),
        new(" n't", "n't"), new(" 'm", "'m"), new(" 's", "'s"), new(" 've", "'ve"), new(" 're", "'re"),
    ];

    /// <summary>Takes the next part of a text; returns what is certain now.</summary>
    public string Push(string part) => PushFrom(0, part);

    /// <summary>Returns what was held back; the next part begins a new text.</summary>
    public string Finish()
    {
        var output = string.Empty;
        for (var index = 0; index < _steps.Length; index++)
        {
            output += PushFrom(index + 1, _steps[index].Finish());
        }

        return output;
    }

    private string PushFrom(int first, string part)
    {
        for (var index = first; index < _steps.Length && part.Length > 0; index++)
        {
            part = _steps[index].Push(part);
        }

        return part;
    }
}
