namespace Fovea.Executor.Decode;

/// <summary>Chooses and orders candidates: larger logit first, of equal ones the lower id.</summary>
internal static class Candidates
{
    /// <summary>The order.</summary>
    public static int Compare(Candidate a, Candidate b)
    {
        var byLogit = b.Logit.CompareTo(a.Logit);
        return byLogit != 0 ? byLogit : a.Id.CompareTo(b.Id);
    }

    /// <summary>The best <paramref name="count"/> tokens in order, in time O(V log count).</summary>
    public static Candidate[] Best(ReadOnlySpan<float> logits, int count)
    {
        count = Math.Min(count, logits.Length);
        if (count == 0)
        {
            return [];
        }

        // The worst of those kept is on top, so that a better one takes its place.
        var heap = new PriorityQueue<Candidate, Candidate>(count, Comparer<Candidate>.Create(static (a, b) => Compare(b, a)));
        for (var id = 0; id < logits.Length; id++)
        {
            var candidate = new Candidate(id, logits[id]);
            if (heap.Count < count)
            {
                heap.Enqueue(candidate, candidate);
            }
            else if (logits[id] > heap.Peek().Logit)
            {
                heap.EnqueueDequeue(candidate, candidate);
            }
        }

        var best = new Candidate[count];
        for (var index = count - 1; index >= 0; index--)
        {
            best[index] = heap.Dequeue();
        }

        return best;
    }
}
