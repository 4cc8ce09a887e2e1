using Fovea.Contracts.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Keeps an executor from calling itself what its credentials do not, where <see cref="SecurityOptions.BindExecutorId"/> says so.</summary>
internal sealed class ExecutorIdRule
{
    private readonly SecurityMetrics _metrics;
    private readonly ILogger<ExecutorIdRule> _logger;

    /// <summary>Follows the options.</summary>
    public ExecutorIdRule(IOptions<SecurityOptions> options, SecurityMetrics metrics, ILogger<ExecutorIdRule> logger)
    {
        IsInForce = options.Value.IsOn && options.Value.BindExecutorId;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Whether ids are looked at.</summary>
    public bool IsInForce { get; }

    /// <summary>Does nothing when a message names no id, or one that the caller may use.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED: the id is none of the caller's names.</exception>
    public void Require(ServerCallContext context, object message)
    {
        var identity = CallIdentity.Of(context);
        if (IdIn(message) is not { } id || identity.IsIn(Roles.Admin) || identity.Names.Contains(id, StringComparer.Ordinal))
        {
            return;
        }

        SecurityLog.CallRefused(_logger, context.Method, identity.Subject, context.Peer, RefusalReasons.ExecutorId);
        _metrics.Refused(RefusalReasons.ExecutorId);
        throw new RpcException(new Status(StatusCode.PermissionDenied, "The executor's id is none of the names of its credentials."));
    }

    private static string? IdIn(object message) => message switch
    {
        WatchRequest { Subscribe: { } subscribe } => subscribe.ExecutorId,
        PlanStreamRequest { Hello: { } hello } => hello.ExecutorId,
        _ => null,
    };
}
