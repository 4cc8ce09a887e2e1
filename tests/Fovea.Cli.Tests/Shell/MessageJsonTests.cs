using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Fovea.Cli.Tests.Shell;

public sealed class MessageJsonTests
{
    [Fact]
    public void Of_Policy_WritesNumbersEnumsAndOnlyTheChosenArm()
    {
        var stored = new StoredPolicy
        {
            Revision = 9_007_199_254_740_991,
            Policy = new Policy { Name = "default", Scorer = Scorer.Instruction, Rules = { new ClassRule { RequestClass = "*", Full = true } } },
        };

        var json = MessageJson.Of(stored);

        Assert.Equal(9_007_199_254_740_991, json["revision"]!.GetValue<long>());
        Assert.Equal("instruction", (string?)json["policy"]!["scorer"]);
        Assert.Equal("unspecified", (string?)json["policy"]!["positions"]);
        Assert.False(json["policy"]!.AsObject().ContainsKey("floor"));
        var rule = json["policy"]!["rules"]![0]!.AsObject();
        Assert.Equal(["request_class", "full", "tenant", "model"], rule.Select(pair => pair.Key));
    }

    [Fact]
    public void Of_OptionalZero_IsWritten()
    {
        Assert.Equal(0, (int?)MessageJson.Of(new Policy { Floor = 0 })["floor"]);
    }

    [Fact]
    public void Of_BytesAndInfinity_AreBase64AndNull()
    {
        Assert.Equal("AQI=", (string?)MessageJson.Of(new Image { Data = ByteString.CopyFrom(1, 2) })["data"]);
        Assert.Null(MessageJson.Of(new ExecutorStatus { SilentSeconds = double.PositiveInfinity })["silent_seconds"]);
    }

    [Fact]
    public void Of_Time_IsItsUtcText()
    {
        var version = new PolicyVersion { Time = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 3, 1, 12, 30, 15, 250, TimeSpan.Zero)) };

        Assert.Equal("2026-03-01T12:30:15.25Z", (string?)MessageJson.Of(version)["time"]);
    }

    [Fact]
    public void Of_Messages_IsAnArray()
    {
        var json = MessageJson.Of(new IMessage[] { new GetPolicyRequest { Name = "a" }, new GetPolicyRequest { Name = "b" } });

        Assert.Equal("""[{"name":"a"},{"name":"b"}]""", json.ToJsonString());
        Assert.IsType<JsonArray>(json);
    }

    [Fact]
    public void Of_Map_IsAnObjectByKey()
    {
        var json = MessageJson.Of(new Report { AccuracyByClass = { ["tile"] = 100, ["count"] = 92.5 } });

        Assert.Equal("""{"count":92.5,"tile":100}""", json["accuracy_by_class"]!.ToJsonString());
    }
}
