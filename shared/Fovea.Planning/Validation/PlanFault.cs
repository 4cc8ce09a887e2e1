namespace Fovea.Planning.Validation;

/// <summary>Describes one fault by its kind, the field it is in, and a message that names the value and the limit.</summary>
/// <param name="Kind">Whose mistake it is.</param>
/// <param name="Field">Path of the field, such as <c>rules[2].budget</c>; empty for the whole input.</param>
/// <param name="Message">One sentence for the person who has to mend it.</param>
public sealed record PlanFault(PlanFaultKind Kind, string Field, string Message)
{
    /// <summary>Writes the field, if any, before the message.</summary>
    public override string ToString() => Field.Length == 0 ? Message : $"{Field}: {Message}";

    internal static PlanFault Invalid(string field, string message) => new(PlanFaultKind.InvalidArgument, field, message);

    internal static PlanFault Missing(string field, string message) => new(PlanFaultKind.NotFound, field, message);

    internal static PlanFault Precondition(string field, string message) => new(PlanFaultKind.FailedPrecondition, field, message);

    internal static PlanFault Infeasible(string field, string message) => new(PlanFaultKind.Infeasible, field, message);
}
