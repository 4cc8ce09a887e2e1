using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Store;

public sealed class StoreKillTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Kill_WhileWriting_LosesNothingThatWasAcknowledged()
    {
        var random = new Random(20260101);
        string? epoch = null;
        var floor = 0;
        for (var round = 0; round < 4; round++)
        {
            await using var child = await SchedulerChild.StartAsync(_folder.Path);
            var acknowledged = await WriteUntilKilledAsync(child, floor, random.Next(5, 60));

            using var store = Stores.Open(_folder);
            var policy = store.Current.Policies["loop"];
            epoch ??= store.Current.Epoch;
            Assert.Equal(epoch, store.Current.Epoch);
            Assert.InRange(policy.Policy.Floor, acknowledged.Policy.Floor, acknowledged.Policy.Floor + 1);
            Assert.Equal(acknowledged.Revision + policy.Policy.Floor - acknowledged.Policy.Floor, policy.Revision);
            floor = policy.Policy.Floor;
        }
    }

    /// <summary>Applies one change after the other and kills the child while the change after <paramref name="changes"/> others is under way.</summary>
    private static async Task<StoredPolicy> WriteUntilKilledAsync(SchedulerChild child, int floor, int changes)
    {
        using var channel = child.Connect();
        var policies = new PolicyService.PolicyServiceClient(channel);
        StoredPolicy? acknowledged = null;
        Task? kill = null;
        try
        {
            for (var change = 1; ; change++)
            {
                var applying = policies.ApplyPolicyAsync(new ApplyPolicyRequest { Policy = TestPolicies.Full("loop", floor + change) });
                kill ??= change > changes ? child.KillAsync() : null;
                acknowledged = (await applying).Policy;
            }
        }
        catch (RpcException exception)
        {
            Assert.Contains(exception.StatusCode, new[] { StatusCode.Unavailable, StatusCode.Internal, StatusCode.Cancelled });
        }

        await kill!;
        return acknowledged!;
    }
}
