using Fovea.Cli.Shell;
using Fovea.Contracts.Mapping;
using Fovea.Planning.Validation;
using Grpc.Core;

namespace Fovea.Cli.Tests.Shell;

public sealed class ErrorReporterTests
{
    [Theory]
    [InlineData(StatusCode.InvalidArgument, "INVALID_ARGUMENT", ExitCodes.Failed)]
    [InlineData(StatusCode.Aborted, "ABORTED", ExitCodes.Failed)]
    [InlineData(StatusCode.Unavailable, "UNAVAILABLE", ExitCodes.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded, "DEADLINE_EXCEEDED", ExitCodes.Unavailable)]
    [InlineData(StatusCode.Cancelled, "CANCELLED", ExitCodes.Interrupted)]
    public void Report_RefusedCall_NamesTheStatus(StatusCode status, string name, int code)
    {
        var error = new StringWriter();

        var exit = ErrorReporter.Report(new RpcException(new Status(status, "because")), error);

        Assert.Equal(code, exit);
        Assert.Equal($"fovea: {name}: because{Environment.NewLine}", error.ToString());
    }

    [Fact]
    public void Report_ListedFaults_WritesOneLineEach()
    {
        var error = new StringWriter();
        PlanFault[] faults = [new(PlanFaultKind.InvalidArgument, "name", "is empty"), new(PlanFaultKind.InvalidArgument, "rules", "none; given")];

        ErrorReporter.Report(RpcFaults.ToException(faults), error);

        Assert.Equal(
            ["fovea: INVALID_ARGUMENT: name: is empty", "fovea: INVALID_ARGUMENT: rules: none; given"],
            error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
