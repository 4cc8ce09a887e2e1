using System.Runtime.CompilerServices;
using Fovea.Contracts.V1;
using Fovea.Executor.Calibration.Sets;
using Fovea.Executor.Calibration.Trials;
using Fovea.Executor.Intake;

namespace Fovea.Executor.Calibration;

/// <summary>Tells what sets are, with how long their prompts are under the loaded model; safe for several threads.</summary>
/// <remarks>
/// Prompts are measured when a set is first asked about with the model loaded, once for as long as the set is held: who asks meanwhile
/// waits for the same result, and who stops waiting does not end it.
/// </remarks>
internal sealed class SetSummaries
{
    private readonly ConditionalWeakTable<StoredSet, Lazy<Task<PromptBounds?>>> _measured = [];
    private readonly ModelHost _host;

    /// <summary>Measures by the model of a host.</summary>
    public SetSummaries(ModelHost host) => _host = host;

    /// <summary>Returns a set's summary; its prompts are unknown while the model loads, or when one of them cannot be made.</summary>
    public async Task<SetSummary> OfAsync(StoredSet set, CancellationToken cancellationToken)
    {
        var summary = set.Summary();
        if (_host.Current is { } model)
        {
            var measuring = _measured.GetValue(set, key => new Lazy<Task<PromptBounds?>>(() => Task.Run(() => MeasureAsync(key, model))));
            var bounds = await measuring.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            (summary.VisionTokens, summary.TextTokens) = (bounds?.VisionTokens ?? 0, bounds?.TextTokens ?? 0);
        }

        return summary;
    }

    private async Task<PromptBounds?> MeasureAsync(StoredSet set, ServedModel model)
    {
        try
        {
            return await PromptBounds.OfAsync(set, model).ConfigureAwait(false);
        }
        catch (IOException)
        {
            _measured.Remove(set); // given up meanwhile, or to be read another time
            return null;
        }
        catch (Exception e) when (e is RequestRefusedException or ArgumentException)
        {
            return null; // a trial on that question says why
        }
    }
}
