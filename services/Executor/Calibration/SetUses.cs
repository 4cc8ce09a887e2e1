using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Calibration;

/// <summary>Counts who works on each set, and lets everything cached of it go with the last one.</summary>
internal sealed class SetUses
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly SetStore _store;
    private readonly TrialDesk _desk;

    /// <summary>Counts uses of the sets of a store.</summary>
    public SetUses(SetStore store, TrialDesk desk)
    {
        _store = store;
        _desk = desk;
    }

    /// <summary>Begins to use a set.</summary>
    /// <exception cref="RequestRefusedException">None of that digest is held.</exception>
    public SetLease Begin(string digest, IInferenceEngine engine)
    {
        var lease = _store.Require(digest);
        lock (_gate)
        {
            _uses[digest] = _uses.GetValueOrDefault(digest) + 1;
        }

        return new SetLease(lease.Set, () => End(lease, engine));
    }

    private void End(SetLease lease, IInferenceEngine engine)
    {
        var digest = lease.Set.Digest;
        lock (_gate)
        {
            if (--_uses[digest] == 0)
            {
                _uses.Remove(digest);
                _ = ForgetAsync(digest, engine);
            }
        }

        lease.Dispose();
    }

    private async Task ForgetAsync(string digest, IInferenceEngine engine)
    {
        try
        {
            await engine.RunAsideAsync(Forget, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The engine has stopped, and the desk is about to be disposed whole.
        }

        bool Forget(LoadedModel model, CancellationToken ends)
        {
            lock (_gate)
            {
                if (!_uses.ContainsKey(digest))
                {
                    _desk.Forget(digest);
                }

                return true;
            }
        }
    }
}
