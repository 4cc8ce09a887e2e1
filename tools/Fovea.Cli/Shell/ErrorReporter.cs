using System.Text;
using Fovea.Executor.Runtime;
using Grpc.Core;

namespace Fovea.Cli.Shell;

/// <summary>Turns what ended a command into lines for people and an exit code.</summary>
internal static class ErrorReporter
{
    /// <summary>Writes every fault, one line each, and returns the exit code.</summary>
    public static int Report(Exception exception, TextWriter error) => exception switch
    {
        CliException cli => Write(error, cli.Faults, cli.ExitCode),
        RpcException rpc => ReportRpc(rpc, error),
        CheckpointException checkpoint => Write(error, checkpoint.Faults.Select(fault => $"{checkpoint.Subject}: {fault}"), ExitCodes.Failed),
        OperationCanceledException => Write(error, ["interrupted"], ExitCodes.Interrupted),
        IOException or UnauthorizedAccessException => Write(error, [exception.Message], ExitCodes.Failed),
        _ => Write(error, [$"{exception.GetType().Name}: {exception.Message}"], ExitCodes.Failed),
    };

    /// <summary>Returns the status as it is written on the wire, e.g. <c>INVALID_ARGUMENT</c>.</summary>
    public static string NameOf(StatusCode code)
    {
        var name = new StringBuilder();
        foreach (var letter in code == StatusCode.OK ? "Ok" : code.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(letter));
        }

        return name.ToString();
    }

    private static int ReportRpc(RpcException rpc, TextWriter error)
    {
        var code = rpc.StatusCode switch
        {
            StatusCode.Unavailable or StatusCode.DeadlineExceeded => ExitCodes.Unavailable,
            StatusCode.Cancelled => ExitCodes.Interrupted,
            _ => ExitCodes.Failed,
        };
        return Write(error, RpcErrorText.Lines(rpc), code);
    }

    private static int Write(TextWriter error, IEnumerable<string> lines, int code)
    {
        foreach (var line in lines)
        {
            error.WriteLine($"fovea: {line}");
        }

        return code;
    }
}
