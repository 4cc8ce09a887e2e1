using Fovea.ServiceDefaults.Security;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Names who makes a call, for history and log.</summary>
internal static class CallActor
{
    /// <summary>Returns the caller's name: the subject of its credentials, or <c>anonymous</c> where callers are not authenticated.</summary>
    public static string Of(ServerCallContext context) => CallIdentity.Of(context).Subject;
}
