using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text;

/// <summary>Turns words into ids by what a model has learnt; safe for several threads.</summary>
internal interface ITokenModel
{
    /// <summary>The model's tokens.</summary>
    BpeVocabulary Vocabulary { get; }

    /// <summary>Appends the ids of <paramref name="word"/>, well-formed text.</summary>
    void Encode(string word, List<int> ids);
}
