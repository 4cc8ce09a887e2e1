namespace Fovea.Executor.Text.Bpe;

/// <summary>How a model treats what its vocabulary lacks.</summary>
/// <param name="UnknownId">The id for unknown characters, or null: they give nothing.</param>
/// <param name="FuseUnknown">Whether neighbouring unknown characters give one id.</param>
/// <param name="ByteFallback">Whether an unknown character becomes the tokens of its UTF-8 bytes where all are there.</param>
/// <param name="IgnoreMerges">Whether a word that is a token as a whole is taken as it is.</param>
internal sealed record BpeOptions(int? UnknownId, bool FuseUnknown, bool ByteFallback, bool IgnoreMerges);
