using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Tests.Infrastructure;
using Google.Protobuf;
using Grpc.Core;

namespace Fovea.Scheduler.Tests.Policies;

public sealed class PolicyCheckTests : IAsyncLifetime
{
    private TestScheduler _scheduler = null!;

    public async Task InitializeAsync()
    {
        _scheduler = await TestScheduler.StartAsync();
        await _scheduler.AnnounceAsync(TestModels.LlavaProfile());
    }

    public async Task DisposeAsync() => await _scheduler.DisposeAsync();

    [Theory]
    [InlineData("""{"name":"Big","rules":[{"requestClass":"*","full":true}]}""", "name", "lower-case")]
    [InlineData("""{"name":"","rules":[{"requestClass":"*","full":true}]}""", "name", "''")]
    [InlineData("""{"name":"a","model":"no good","rules":[{"requestClass":"*","full":true}]}""", "model", "no good")]
    [InlineData("""{"name":"a","floor":-1,"rules":[{"requestClass":"*","full":true}]}""", "floor", "-1")]
    [InlineData("""{"name":"a","scorer":7,"rules":[{"requestClass":"*","full":true}]}""", "scorer", "7")]
    [InlineData("""{"name":"a","positions":9,"rules":[{"requestClass":"*","full":true}]}""", "positions", "9")]
    [InlineData("""{"name":"a"}""", "rules", "at least one")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*"}]}""", "rules[0]", "serves nothing")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"","full":true}]}""", "rules[0].class", "''")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","full":false}]}""", "rules[0].full", "false")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"c","full":true},{"requestClass":"c","full":true}]}""", "rules[1].class", "already")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","scheduleId":"nonsense"}]}""", "rules[0].scheduleId", "nonsense")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","scheduleId":"s-0123456789abcdef"}]}""", "rules[0].schedule", "s-0123456789abcdef")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","spec":"magic:K=2"}]}""", "rules[0].spec", "magic")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","spec":"rates:[1,1,0.5]"}]}""", "rules[0].spec", "32 layers")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","spec":"id:0123456789abcdef"}]}""", "rules[0].schedule", "s-0123456789abcdef")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{}}]}""", "rules[0].budget.budget", "no budget")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{"budget":{"meanKeep":1.5}}}]}""", "rules[0].budget.budget", "1.5")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{"budget":{"meanKeep":"NaN"}}}]}""", "rules[0].budget.budget", "NaN")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{"budget":{"meanKeep":0.5},"slope":-1}}]}""", "rules[0].budget.slope", "-1")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{"budget":{"meanKeep":0.5},"firstDropLayer":0}}]}""", "rules[0].budget.firstDropLayer", "0")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{"budget":{"meanKeep":0.01}}}]}""", "rules[0].budget", "nearest is mean=")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{"budget":{"milliseconds":40}}}]}""", "rules[0].budget", "no cost table was measured")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","spec":"vtw:kv=10"}]}""", "rules[0].budget", "nearest is kv=")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","budget":{"budget":{"tflops":0.001}}}]}""", "rules[0].budget", "infeasible")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","tenant":"no good","full":true}]}""", "rules[0].tenant", "no good")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*"},{"requestClass":"*","tenant":"no good","full":true}]}""", "rules[1].tenant", "no good")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","model":"no good","full":true}]}""", "rules[0].model", "no good")]
    [InlineData("""{"name":"a","model":"m","rules":[{"requestClass":"*","model":"n","full":true}]}""", "rules[0].model", "never served")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","floor":-1,"spec":"uniform:r=0.5"}]}""", "rules[0].floor", "-1")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"c","tenant":"t","full":true},{"requestClass":"c","tenant":"t","full":true}]}""", "rules[1].class", "of tenant 't' has a rule already")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","lossless":false}]}""", "rules[0].lossless", "false")]
    [InlineData("""{"name":"a","rules":[{"requestClass":"*","lossless":true}]}""", "rules[0].lossless", "no lossless search")]
    [InlineData("""{"name":"a","allowedOverrides":[1,9],"rules":[{"requestClass":"*","full":true}]}""", "allowedOverrides[1]", "9")]
    [InlineData("""{"name":"a","allowedOverrides":[1,1],"rules":[{"requestClass":"*","full":true}]}""", "allowedOverrides[1]", "twice")]
    public async Task ApplyPolicy_Bad_IsInvalidAndNamesTheField(string json, string field, string said)
    {
        var exception = await ApplyAsync(json);

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Contains(said, exception.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(RpcFaults.Read(exception), fault => fault.Field.StartsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ApplyPolicy_ManyFaults_AllAreNamed()
    {
        var exception = await ApplyAsync(
            """
            {"name":"No","floor":-2,"scorer":9,"rules":[
              {"requestClass":"a","spec":"fastv:K=0,R=7"},
              {"requestClass":"b","scheduleId":"s-0123456789abcdef"},
              {"requestClass":"c","budget":{"budget":{"flopsShare":2}}}]}
            """);

        var fields = RpcFaults.Read(exception).Select(fault => fault.Field).ToList();
        foreach (var field in new[] { "name", "floor", "scorer", "rules[0].spec", "rules[1].schedule", "rules[2].budget" })
        {
            Assert.Contains(fields, found => found.StartsWith(field, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ApplyPolicy_None_IsInvalid()
    {
        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(new ApplyPolicyRequest()));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
    }

    [Fact]
    public async Task ApplyPolicy_ScheduleOfOtherLength_IsInvalid()
    {
        var schedule = await _scheduler.Schedules.PutScheduleAsync(new PutScheduleRequest { Schedule = TestPolicies.Rates(24, 0.5) });

        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(TestPolicies.BySchedule("a", schedule.Id)));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Contains("24 layers", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyPolicy_WrittenScheduleOfAnotherModel_IsInvalid()
    {
        var schedule = await _scheduler.Schedules.PutScheduleAsync(
            new PutScheduleRequest { Schedule = new Schedule { Name = "x", Model = "qwen2-vl-7b", Spec = "fastv:K=2,R=0.5" } });

        var exception = await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(TestPolicies.BySchedule("a", schedule.Id, TestModels.Llava)));

        Assert.Contains("qwen2-vl-7b", exception.Status.Detail, StringComparison.Ordinal);
    }

    private async Task<RpcException> ApplyAsync(string json)
    {
        var policy = JsonParser.Default.Parse<Policy>(json);
        return await Assert.ThrowsAsync<RpcException>(() => _scheduler.ApplyAsync(policy));
    }
}
