using Fovea.Executor.Runtime;
using Fovea.Executor.Text.SentencePiece;
using Fovea.Executor.Text.Slow;

namespace Fovea.Executor.Text;

/// <summary>
/// Loads the tokenizer of a checkpoint folder from what it holds: tokenizer.json, else tokenizer.model, else vocab.json with merges.txt.
/// </summary>
internal static class TokenizerLoader
{
    /// <summary>Loads the tokenizer; throws <see cref="CheckpointException"/> naming every fault.</summary>
    public static ITokenizer Load(string folder)
    {
        if (Has(folder, TokenizerJson.FileName))
        {
            return TokenizerJson.Load(folder);
        }

        var faults = new FaultList();
        Tokenizer? tokenizer = null;
        if (Has(folder, PieceModelReader.FileName))
        {
            tokenizer = SentencePieceLoader.Load(folder, faults);
        }
        else if (Has(folder, VocabularyMerges.VocabularyName) || Has(folder, VocabularyMerges.MergesName))
        {
            tokenizer = ByteLevelLoader.Load(folder, faults);
        }
        else
        {
            faults.Add(
                $"there is no tokenizer: neither {TokenizerJson.FileName} nor {PieceModelReader.FileName} nor {VocabularyMerges.VocabularyName} with {VocabularyMerges.MergesName}");
        }

        faults.ThrowIfAny(folder);
        return tokenizer!;
    }

    private static bool Has(string folder, string name) => File.Exists(Path.Combine(folder, name));
}
