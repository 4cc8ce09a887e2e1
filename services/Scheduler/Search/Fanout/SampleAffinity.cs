namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Says which executor scores a question unless another one has nothing to do: its work on the question's prompt is kept there.</summary>
/// <remarks>
/// Shares are equal to one question. When executors come or go, as few questions as that allows change hands. With 5 questions and
/// executors a, b: a has 0 1 2, b has 3 4; once c has come: a has 0 1, b has 3 4, c has 2.
/// </remarks>
internal sealed class SampleAffinity
{
    private readonly string?[] _owners;

    /// <summary>Begins with questions that nobody has.</summary>
    public SampleAffinity(int samples) => _owners = new string?[samples];

    /// <summary>Returns the executor that a question goes to; null before the first <see cref="Share"/>.</summary>
    public string? OwnerOf(int sample) => _owners[sample];

    /// <summary>Shares the questions among these executors; no executors leave all as it is.</summary>
    public void Share(IReadOnlyCollection<string> executors)
    {
        if (executors.Count == 0)
        {
            return;
        }

        var held = executors.ToDictionary(executor => executor, _ => 0, StringComparer.Ordinal);
        foreach (var owner in _owners)
        {
            if (owner is not null && held.TryGetValue(owner, out var count))
            {
                held[owner] = count + 1;
            }
        }

        var quotas = Quotas(held);
        Release(quotas);
        Assign(quotas);
    }

    /// <summary>Returns how many questions each executor is to have: those that hold most keep the odd ones.</summary>
    private Dictionary<string, int> Quotas(Dictionary<string, int> held)
    {
        var (share, odd) = Math.DivRem(_owners.Length, held.Count);
        return held.OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal)
            .Select((item, place) => (item.Key, Quota: place < odd ? share + 1 : share))
            .ToDictionary(item => item.Key, item => item.Quota, StringComparer.Ordinal);
    }

    /// <summary>Takes questions from those that went or have too many; what is left of each quota is to be filled.</summary>
    private void Release(Dictionary<string, int> quotas)
    {
        for (var sample = 0; sample < _owners.Length; sample++)
        {
            if (_owners[sample] is { } owner && quotas.TryGetValue(owner, out var left) && left > 0)
            {
                quotas[owner] = left - 1;
            }
            else
            {
                _owners[sample] = null;
            }
        }
    }

    private void Assign(Dictionary<string, int> left)
    {
        var free = new Queue<string>(left.OrderBy(item => item.Key, StringComparer.Ordinal).SelectMany(item => Enumerable.Repeat(item.Key, item.Value)));
        for (var sample = 0; sample < _owners.Length; sample++)
        {
            _owners[sample] ??= free.Dequeue();
        }
    }
}
