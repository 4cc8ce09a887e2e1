namespace Fovea.Executor.Text.Decoders;

/// <summary>One stage that turns tokens into text, fed token by token; each instance serves one sequence.</summary>
internal interface ITokenDecoder
{
    /// <summary>Takes the next token and appends what is certain now to <paramref name="output"/>.</summary>
    void Push(string token, List<string> output);

    /// <summary>Appends what was held back; nothing is pushed afterwards.</summary>
    void Finish(List<string> output);
}
