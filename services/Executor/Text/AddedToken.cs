namespace Fovea.Executor.Text;

/// <summary>A token that stands beside the model's vocabulary and is found in text before anything else is done to it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">How it is written; not empty.</param>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it is a control token, left out of answers and never made from a user's text.</summary>
    public bool Special { get; init; }

    /// <summary>Whether it is found in normalized text rather than in the text as given.</summary>
    public bool Normalized { get; init; }

    /// <summary>Whether it takes the white space before it.</summary>
    public bool LeftStrip { get; init; }

    /// <summary>Whether it takes the white space after it.</summary>
    public bool RightStrip { get; init; }

    /// <summary>Whether it is found only where no word character adjoins it.</summary>
    public bool SingleWord { get; init; }
}
