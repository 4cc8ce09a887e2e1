using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Reads the history of policies.</summary>
internal sealed class PolicyHistoryReader
{
    private const int DefaultLimit = 20;

    private readonly ISchedulerStore _store;

    /// <summary>Makes the part.</summary>
    public PolicyHistoryReader(ISchedulerStore store) => _store = store;

    /// <summary>Returns the newest versions of a policy, newest first.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, NOT_FOUND for a name that was never stored, or UNAVAILABLE.</exception>
    public async Task<GetPolicyHistoryResponse> ReadAsync(GetPolicyHistoryRequest request, CancellationToken cancellationToken)
    {
        if (request.Limit < 0)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"limit: {request.Limit} is negative"));
        }

        var stored = _store.Current.Policies.GetValueOrDefault(request.Name);
        var limit = request.Limit == 0 ? DefaultLimit : request.Limit;
        var versions = await _store.HistoryForCallAsync(request.Name, limit, cancellationToken);
        var response = new GetPolicyHistoryResponse();
        response.Versions.AddRange(versions.Count > 0 || stored is null ? versions : [Begin(stored)]);
        return response.Versions.Count > 0 ? response : throw PolicyErrors.NotFound(request.Name);
    }

    /// <summary>Returns the version of a policy that was stored before history was kept.</summary>
    private static PolicyVersion Begin(StoredPolicy stored) =>
        new() { Policy = stored, Name = stored.Policy.Name, Epoch = stored.Epoch, Revision = stored.Revision };
}
