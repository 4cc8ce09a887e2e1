using Fovea.Executor.Cache;
using Fovea.Executor.Models.Layers;

namespace Fovea.Executor.Prefill;

/// <summary>
/// Runs a prompt through the decoder and keeps, layer by layer, the vision tokens that the plan allows.
/// <code>
///            rows, pooled if the plan says so (1)
///              |
///   +--> layer l begins (2) -- plan drops here? --> rank by the scores of layer l-1 (3) --> drop (4) --+
///   |                                                                                                  |
///   |    layer l runs, its tap scores vision tokens if the plan drops before l+1 (5)  &lt;--------------+
///   +---------- KV length == plan + text (6)
///              |
///            head (7)
/// </code>
/// </summary>
internal sealed class PrefillRunner
{
    private readonly ILanguageModel _model;

    /// <summary>Runs prompts through <paramref name="model"/>.</summary>
    public PrefillRunner(ILanguageModel model)
    {
        _model = model;
    }

    /// <summary>Runs one prompt and fills its cache.</summary>
    /// <param name="input">The prompt and its plan.</param>
    /// <param name="cache">Empty, allocated for the plan.</param>
    /// <param name="cancellationToken">Checked before every layer.</param>
    /// <exception cref="ArgumentException">Plan and prompt do not fit each other or the model.</exception>
    public PrefillResult Run(PrefillInput input, KvCache cache, CancellationToken cancellationToken)
    {
        using var state = new PrefillState(_model, input, cache);
        return state.Finish(cancellationToken);
    }
}
