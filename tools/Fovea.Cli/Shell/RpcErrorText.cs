using Fovea.Contracts.Mapping;
using Grpc.Core;

namespace Fovea.Cli.Shell;

/// <summary>Takes a refused call apart into one line for the status and one for each fault.</summary>
internal static class RpcErrorText
{
    /// <summary>Returns the status with its message; when the answer lists its faults, a line for each of them takes the message's place.</summary>
    public static IEnumerable<string> Lines(RpcException exception)
    {
        var status = ErrorReporter.NameOf(exception.StatusCode);
        var faults = RpcFaults.Read(exception);
        if (faults.IsEmpty)
        {
            yield return exception.Status.Detail.Length == 0 ? status : $"{status}: {exception.Status.Detail}";
            yield break;
        }

        foreach (var fault in faults)
        {
            yield return $"{status}: {fault}";
        }
    }
}
