using System.Collections.Immutable;
using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>Lists every guarantee that is checked.</summary>
internal static class AllValidators
{
    /// <summary>Gets one validator for each guarantee.</summary>
    public static ImmutableArray<IValidator> List { get; } =
    [
        new OrderedValidator(), new UniqueValidator(), new ReliableValidator(), new AtomicValidator(), new ResumableValidator(),
        new BookmarkableValidator(), new NoTearValidator(), new NoRegressionValidator(), new ExactAppliedValidator(), new OneOutcomeValidator(),
    ];

    /// <summary>Returns the verdict of each.</summary>
    public static ImmutableArray<Verdict> Check(History history) => [.. List.Select(validator => validator.Check(history))];
}
