using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Security;

/// <summary>Keeps an executor from calling itself what its credentials do not, where <see cref="SecurityOptions.BindExecutorId"/> says so.</summary>
public sealed class ExecutorIdRule
{
    private readonly SecurityOptions _options;
    private readonly SecurityMetrics _metrics;
    private readonly ILogger<ExecutorIdRule> _logger;

    /// <summary>Follows the options.</summary>
    internal ExecutorIdRule(IOptions<SecurityOptions> options, SecurityMetrics metrics, ILogger<ExecutorIdRule> logger)
    {
        _options = options.Value;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>Does nothing when the caller may use this id.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED: the id is none of the caller's names.</exception>
    public void Require(ServerCallContext context, string executorId)
    {
        var identity = CallIdentity.Of(context);
        if (!_options.IsOn || !_options.BindExecutorId || identity.IsIn(Roles.Admin) || identity.Names.Contains(executorId, StringComparer.Ordinal))
        {
            return;
        }

        SecurityLog.CallRefused(_logger, context.Method, identity.Subject, context.Peer, RefusalReasons.ExecutorId);
        _metrics.Refused(RefusalReasons.ExecutorId);
        throw new RpcException(new Status(StatusCode.PermissionDenied, "The executor's id is none of the names of its credentials."));
    }
}
