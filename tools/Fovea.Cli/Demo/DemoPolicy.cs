using Fovea.Cli.Policies;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Grpc.Core;

namespace Fovea.Cli.Demo;

/// <summary>Changes the demo's policy by compare-and-set.</summary>
internal sealed class DemoPolicy
{
    private readonly ServiceSession _scheduler;
    private readonly PolicyService.PolicyServiceClient _client;
    private readonly CliContext _context;

    /// <summary>Makes a client over a borrowed session.</summary>
    public DemoPolicy(ServiceSession scheduler, CliContext context)
    {
        (_scheduler, _context) = (scheduler, context);
        _client = new PolicyService.PolicyServiceClient(scheduler.Channel);
    }

    /// <summary>Applies a policy file over whatever is there and returns what is stored.</summary>
    public async Task<StoredPolicy> ApplyFileAsync(string path, CancellationToken cancellationToken)
    {
        var draft = PolicyFile.Read(path);
        await PolicySchedules.ResolveAsync(draft, _scheduler, isDryRun: false, _context, cancellationToken);
        return await ApplyAsync(draft.Policy, await RevisionAsync(draft.Policy.Name, cancellationToken), cancellationToken);
    }

    /// <summary>Applies a policy if it still has the expected revision and returns what is stored.</summary>
    /// <exception cref="RpcException">ABORTED when it has another revision.</exception>
    public async Task<StoredPolicy> ApplyAsync(Policy policy, long expected, CancellationToken cancellationToken)
    {
        var request = new ApplyPolicyRequest { Policy = policy, ExpectedRevision = expected };
        var answer = await _client.ApplyPolicyAsync(request, _scheduler.Call(cancellationToken));
        return answer.Policy;
    }

    private async Task<long> RevisionAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await _client.GetPolicyAsync(new GetPolicyRequest { Name = name }, _scheduler.Call(cancellationToken));
            return stored.Revision;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return 0;
        }
    }
}
