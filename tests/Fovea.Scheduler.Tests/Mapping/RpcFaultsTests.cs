using Fovea.Contracts.Mapping;
using Fovea.Planning.Validation;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Mapping;

public sealed class RpcFaultsTests
{
    [Theory]
    [InlineData(StatusCode.InvalidArgument, PlanFaultKind.NotFound, PlanFaultKind.InvalidArgument)]
    [InlineData(StatusCode.InvalidArgument, PlanFaultKind.FailedPrecondition, PlanFaultKind.Infeasible)]
    [InlineData(StatusCode.NotFound, PlanFaultKind.FailedPrecondition, PlanFaultKind.NotFound)]
    [InlineData(StatusCode.FailedPrecondition, PlanFaultKind.FailedPrecondition)]
    public void ToException_Kinds_GiveTheCode(StatusCode code, params PlanFaultKind[] kinds)
    {
        var exception = RpcFaults.ToException([.. kinds.Select(kind => new PlanFault(kind, "f", "m"))]);

        Assert.Equal(code, exception.StatusCode);
    }

    [Fact]
    public void Read_OfToException_GivesEveryFault()
    {
        PlanFault[] faults = [new(PlanFaultKind.NotFound, "a.b[1]", "is not there"), new(PlanFaultKind.NotFound, string.Empty, "nor this, ü")];

        var exception = RpcFaults.ToException(faults);

        Assert.Equal(faults, RpcFaults.Read(exception));
        Assert.Equal("a.b[1]: is not there; nor this, ü", exception.Status.Detail);
    }

    [Fact]
    public void ToException_VeryManyFaults_AreCutAndCounted()
    {
        var faults = Enumerable.Range(0, 1000).Select(number => new PlanFault(PlanFaultKind.InvalidArgument, $"rates[{number}]", "bad")).ToList();

        var exception = RpcFaults.ToException(faults);

        Assert.Equal(32, RpcFaults.Read(exception).Length);
        Assert.EndsWith("; and 968 more", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoDetails_IsEmpty() => Assert.Empty(RpcFaults.Read(new RpcException(new Status(StatusCode.Internal, "x"))));
}
