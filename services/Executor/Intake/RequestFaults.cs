using System.Collections.Immutable;

namespace Fovea.Executor.Intake;

/// <summary>Gathers the faults of one request, so that all are reported at once.</summary>
internal sealed class RequestFaults
{
    private readonly ImmutableArray<RequestFault>.Builder _faults = ImmutableArray.CreateBuilder<RequestFault>();

    /// <summary>Number of faults so far.</summary>
    public int Count => _faults.Count;

    /// <summary>Adds a fault of the request itself.</summary>
    public void Invalid(string field, string message) => Add(RefusalReason.Invalid, field, message);

    /// <summary>Adds a fault of any kind.</summary>
    public void Add(RefusalReason reason, string field, string message) => _faults.Add(new RequestFault(reason, field, message));

    /// <summary>Ends the request if there is any fault.</summary>
    /// <exception cref="RequestRefusedException">There is at least one fault; it carries all.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new RequestRefusedException(_faults.ToImmutable());
        }
    }
}
