using Fovea.Scheduler.Store;
using Grpc.Core;

namespace Fovea.Scheduler.Policies;

/// <summary>Names who makes a call, for history and log.</summary>
internal static class CallActor
{
    /// <summary>Returns the caller's name.</summary>
    public static string Of(ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ChangeNote.Anonymous;
    }
}
