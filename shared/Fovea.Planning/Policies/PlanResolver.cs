using System.Collections.Immutable;
using Fovea.Planning.Plans;
using Fovea.Planning.Schedules;
using Fovea.Planning.Tables;
using Fovea.Planning.Validation;

namespace Fovea.Planning.Policies;

/// <summary>Decides the keep plan of a request; the same inputs give the same plan and digest in scheduler and executor.</summary>
/// <remarks>
/// The flow is: 1. check the request against the model, 2. choose policy, version and serving, a lossless rule's schedule
/// included, 3. put what the request asks for in place of the policy's scorer and positions, 4. make the rates, 5. make the
/// counts, 6. lower them to what the tier of the policy's overload ladder allows.
/// A budget that says neither slope nor amplitude is served by the model's budget table, if the snapshot has one for its
/// revision. One resolver serves any number of threads; it remembers solved budgets, which changes no result.
/// </remarks>
public sealed class PlanResolver
{
    private const int DefaultSlots = 4096;

    private readonly BudgetCache _cache;

    /// <summary>Makes a resolver.</summary>
    /// <param name="cacheSlots">Solved budgets to remember, a power of two; 0 for none.</param>
    public PlanResolver(int cacheSlots = DefaultSlots) => _cache = new(cacheSlots);

    /// <summary>Returns the plan, or every fault that prevents one.</summary>
    /// <param name="snapshot">The policies now valid, or null if none were received yet.</param>
    /// <param name="profile">The model that serves the request.</param>
    /// <param name="request">The request.</param>
    public PlanResolution Resolve(PolicySnapshot? snapshot, ModelProfile profile, PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(request);
        var origin = new PlanResolution { Epoch = snapshot?.Epoch ?? string.Empty, Revision = snapshot?.Revision ?? 0 };

        var faults = PlanRequestCheck.Faults(profile, request); // 1
        if (faults.Length > 0)
        {
            return origin with { Faults = faults };
        }

        var chosen = PolicyChooser.Choose(snapshot, profile, request); // 2
        var choice = chosen.IsValid ? LosslessFit.Apply(chosen.Value, snapshot?.Tables ?? ModelTables.None, profile) : chosen;
        if (!choice.IsValid)
        {
            return origin with { Faults = choice.Faults };
        }

        var modes = PlanModesCheck.Apply(AsMade(choice.Value, snapshot, profile), request.Modes); // 3
        return modes.IsValid
            ? Plan(origin, choice.Value with { Policy = modes.Value }, new(snapshot, profile, request))
            : origin with { Faults = modes.Faults };
    }

    private PlanResolution Plan(PlanResolution origin, PolicyChoice choice, Subject subject)
    {
        var decided = origin with
        {
            PolicyName = choice.Policy.Name,
            PolicyRevision = choice.Revision,
            IsCanary = choice.IsCanary,
            Rule = choice.Rule,
            IsFallback = choice.IsFallback,
        };
        var id = ReferencedSchedule(choice.Serve);
        var rates = Rates(choice, id, subject); // 4
        if (!rates.IsValid)
        {
            return decided with { Faults = choice.Rule is null ? rates.Faults : AsPrecondition(rates.Faults) };
        }

        // Averages rank nothing, so that they know no scope.
        var scope = rates.Value.Pool == 0 ? choice.Policy.Scope : BudgetScope.Pooled;
        var images = scope == BudgetScope.PerImage ? rates.Value.ImageCounts(subject.Request.ImageTokens, choice.Policy.Floor) : [];
        var visionTokens = (int)subject.Request.VisionTokens;
        var plan = new KeepPlan
        {
            Model = subject.Profile.Name,
            ModelRevision = subject.Profile.Revision,
            Schedule = rates.Value.Text ?? id?.Value ?? SpecText(choice.Serve),
            VisionTokens = visionTokens,
            Counts = scope == BudgetScope.PerImage
                ? KeepCounts.Sum(images, rates.Value.Rates.Count)
                : rates.Value.Counts(visionTokens, choice.Policy.Floor), // 5
            Floor = rates.Value.Floor ?? choice.Policy.Floor,
            Scorer = choice.Policy.Scorer,
            Positions = choice.Policy.Positions,
            Seed = subject.Request.Modes?.Seed ?? 0,
            Pool = rates.Value.Pool,
            Scope = scope,
            ImageCounts = images,
        };
        var tier = choice.Policy.Ladder?.Clamp(subject.Request.OverloadTier) ?? 0;
        return decided with { Plan = tier > 0 ? Bounded(plan, tier, choice, subject) : plan, ScheduleId = id, OverloadTier = tier };
    }

    private KeepPlan Bounded(KeepPlan plan, int tier, PolicyChoice choice, Subject subject) => // 6
        new OverloadBound(choice.Policy.Ladder!, tier, choice.Serve, subject.Snapshot?.Tables.FindBudgets(subject.Profile))
            .Apply(plan, Context(choice, subject), _cache);

    private Checked<ResolvedSchedule> Rates(PolicyChoice choice, ScheduleId? id, Subject subject)
    {
        if (id is { } reference)
        {
            return AtLeast(choice.Rule?.Floor, ScheduleFit.Find(reference, subject.Snapshot, subject.Profile));
        }

        var context = Context(choice, subject);
        return choice.Serve switch
        {
            Serving.ByBudget { IsShapeOpen: true } budget when subject.Snapshot?.Tables.FindBudgets(subject.Profile) is { } table =>
                _cache.Resolve(new TableBudgetSpec(table, budget.Budget), context),
            Serving.ByBudget budget => _cache.Resolve(budget.Spec, context),
            Serving.BySpec { Spec: BudgetedSpec budget } => _cache.Resolve(budget, context),
            Serving.BySpec { Spec: var spec } => AtLeast(choice.Rule?.Floor, spec.Resolve(context)),
            _ => new ResolvedSchedule(KeepRates.Full(context.Shape.Layers), null),
        };
    }

    private static ScheduleContext Context(PolicyChoice choice, Subject subject) => new()
    {
        Shape = subject.Profile.Shape,
        VisionTokens = (int)subject.Request.VisionTokens,
        TextTokens = subject.Request.TextTokens,
        ImageTokens = subject.Request.ImageTokens,
        Scope = choice.Policy.Scope,
        Scorer = choice.Policy.Scorer,
        Floor = choice.Policy.Floor,
        Latency = subject.Snapshot?.Tables.FindLatency(subject.Profile),
    };

    /// <summary>Returns the rates with a floor of their own raised to that of the rule.</summary>
    private static Checked<ResolvedSchedule> AtLeast(int? floor, Checked<ResolvedSchedule> rates) =>
        floor is { } least && rates.Value is { Floor: { } own } made && own < least ? made with { Floor = least } : rates;

    /// <summary>Returns the policy with the scorer and positions that what it serves was made with.</summary>
    private static Policy AsMade(PolicyChoice choice, PolicySnapshot? snapshot, ModelProfile profile)
    {
        var made = choice.Serve is Serving.ByBudget { IsShapeOpen: true } ? snapshot?.Tables.FindBudgets(profile)?.Modes
            : ReferencedSchedule(choice.Serve) is { } id ? snapshot?.FindSchedule(id)?.Modes
            : null;
        var policy = choice.Policy;
        return made is null ? policy : policy with { Scorer = made.Scorer ?? policy.Scorer, Positions = made.Positions ?? policy.Positions };
    }

    private static ScheduleId? ReferencedSchedule(Serving serve) => serve switch
    {
        Serving.BySchedule reference => reference.Id,
        Serving.BySpec { Spec: IdSpec reference } => reference.Id,
        _ => null,
    };

    private static string SpecText(Serving serve) => serve switch
    {
        Serving.ByBudget budget => budget.Spec.ToString(),
        Serving.BySpec spec => spec.Spec.ToString(),
        _ => "full",
    };

    /// <summary>Makes a fault of the policy a precondition: the request itself is not at fault.</summary>
    private static ImmutableArray<PlanFault> AsPrecondition(ImmutableArray<PlanFault> faults) =>
        [.. faults.Select(fault => fault.Kind == PlanFaultKind.InvalidArgument ? fault with { Kind = PlanFaultKind.FailedPrecondition } : fault)];

    private sealed record Subject(PolicySnapshot? Snapshot, ModelProfile Profile, PlanRequest Request);
}
