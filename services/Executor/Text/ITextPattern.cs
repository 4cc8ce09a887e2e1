namespace Fovea.Executor.Text;

/// <summary>A pattern that cuts text into matches and what lies between.</summary>
internal interface ITextPattern
{
    /// <summary>
    /// Adds the stretches of <paramref name="text"/> in order; together they are the whole text, and an empty text has one empty
    /// stretch.
    /// </summary>
    void Split(string text, List<TextSpan> spans);
}
