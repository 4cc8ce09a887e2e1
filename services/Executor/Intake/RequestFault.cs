namespace Fovea.Executor.Intake;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Reason">What kind of fault it is.</param>
/// <param name="Field">Path of the field, such as <c>messages[0].parts[1].image</c>.</param>
/// <param name="Message">One sentence that names the value, the limit, and the option that sets it.</param>
internal sealed record RequestFault(RefusalReason Reason, string Field, string Message);
