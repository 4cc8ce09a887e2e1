using Fovea.Executor.Text.Bpe;

namespace Fovea.Executor.Text.SentencePiece;

/// <summary>Makes the rules of a BPE model: a piece is joined from any two pieces whose contents make it up, higher scores first.</summary>
/// <remarks>A piece that holds a character without a piece of its own is never joined, as in the reference library's own conversion.</remarks>
internal static class PieceMerges
{
    /// <summary>The rules and their ranks; rules for pieces of one score have one rank.</summary>
    public static (List<BpeMerge> Merges, List<int> Ranks) Of(PieceModel model, BpeVocabulary vocabulary)
    {
        var learnt = Enumerable.Range(0, model.Pieces.Count).Where(id => model.Pieces[id].Kind == PieceKind.Normal).ToList();
        var isLearnt = new bool[model.Pieces.Count];
        learnt.ForEach(id => isLearnt[id] = true);
        var merges = new List<BpeMerge>();
        var ranks = new List<int>();
        var rank = -1;
        var score = float.NaN;
        foreach (var id in learnt.OrderByDescending(id => model.Pieces[id].Score))
        {
            rank += model.Pieces[id].Score.Equals(score) ? 0 : 1;
            score = model.Pieces[id].Score;
            AddMerges(id, model.Pieces[id].Content);
        }

        return (merges, ranks);

        void AddMerges(int id, string content)
        {
            for (var cut = 1; cut < content.Length; cut++)
            {
                if (vocabulary.IdOf(content.AsSpan(0, cut)) is var left and >= 0 && isLearnt[left]
                    && vocabulary.IdOf(content.AsSpan(cut)) is var right and >= 0 && isLearnt[right])
                {
                    merges.Add(new BpeMerge(left, right, id));
                    ranks.Add(rank);
                }
            }
        }
    }
}
