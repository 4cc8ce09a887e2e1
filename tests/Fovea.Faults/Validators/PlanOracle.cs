using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Faults.Histories;
using ModelProfile = Fovea.Planning.Policies.ModelProfile;

namespace Fovea.Faults.Validators;

/// <summary>Decides plans once more, from what the history says the store held. Used by one thread.</summary>
internal sealed class PlanOracle
{
    private readonly SnapshotLog _log;
    private readonly ModelProfile _model;
    private readonly PlanDecider _decider = new();
    private readonly Dictionary<Position, IReadOnlyList<PlanningSnapshot?>> _planning = [];
    private readonly Dictionary<int, int> _textTokens = [];

    /// <summary>Makes an oracle; the text tokens of a prompt are learned from its answers.</summary>
    public PlanOracle(History history, ModelProfile model)
    {
        _log = new SnapshotLog(history);
        _model = model;
        foreach (var attempt in Attempt.AllOf(history))
        {
            if (attempt.Answer?.Message.Usage is { } usage)
            {
                _textTokens[attempt.Sent.Prompt] = usage.PromptTokens - usage.VisionTokens;
            }
        }
    }

    /// <summary>Returns the digests that the plan of an attempt may have; none when the history does not tell.</summary>
    public IReadOnlyList<string> DigestsOf(HistoryEvent.Sent sent, KeepPlan admitted)
    {
        if (!_textTokens.TryGetValue(sent.Prompt, out var textTokens))
        {
            return [];
        }

        var origin = admitted.Provenance ?? new Provenance();
        var descriptor = new PlanDescriptor
        {
            RequestId = sent.Attempt,
            Model = _model.Name,
            ModelRevision = _model.Revision,
            RequestClass = sent.RequestClass,
            TextTokens = textTokens,
            OverloadTier = origin.OverloadTier,
        };
        descriptor.ImageTokens.Add(admitted.VisionTokens);
        return [.. PlanningAt(new Position(origin.Epoch, origin.Revision)).Select(state => _decider.Decide(state, _model, descriptor).Plan?.Digest.Hex ?? "no plan")];
    }

    private IReadOnlyList<PlanningSnapshot?> PlanningAt(Position position)
    {
        if (!_planning.TryGetValue(position, out var states))
        {
            states = position.Epoch.Length == 0 ? [null] : [.. _log.At(position).Select(state => SnapshotMapping.ToDomain(state).Require())];
            _planning.Add(position, states);
        }

        return states;
    }
}
