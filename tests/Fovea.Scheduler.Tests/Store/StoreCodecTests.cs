using System.Security.Cryptography;
using System.Text;
using Fovea.Contracts.V1;
using Fovea.Scheduler.Store;
using Fovea.Scheduler.Tests.Infrastructure;

namespace Fovea.Scheduler.Tests.Store;

public sealed class StoreCodecTests
{
    [Fact]
    public void Decode_Encoded_ReturnsTheSameState()
    {
        var state = Stores.Sample();

        var read = StoreCodec.Decode(StoreCodec.Encode(state));

        Assert.Equal((state.Epoch, state.Generation, state.Revision), (read.Epoch, read.Generation, read.Revision));
        Assert.Equal<KeyValuePair<string, StoredPolicy>>(state.Policies, read.Policies);
        Assert.Equal<KeyValuePair<string, Schedule>>(state.Schedules, read.Schedules);
        Assert.Equal<KeyValuePair<string, ModelProfile>>(state.Models, read.Models);
        Assert.Equal<KeyValuePair<string, BudgetTable>>(state.BudgetTables, read.BudgetTables);
        Assert.Equal<KeyValuePair<string, CostTable>>(state.CostTables, read.CostTables);
    }

    [Fact]
    public void Decode_FileFromBeforeTables_HasNone()
    {
        // Written by the version before tables were stored.
        const string Body = """{"epoch":"e1","generation":1,"revision":0,"policies":[],"schedules":[],"models":[]}""";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));

        var state = StoreCodec.Decode(Encoding.UTF8.GetBytes($$"""{"format":"fovea-store/1","sha256":"{{digest}}","body":{{Body}}}"""));

        Assert.Equal(("e1", 1), (state.Epoch, state.Generation));
        Assert.Empty(state.BudgetTables);
        Assert.Empty(state.CostTables);
    }

    [Fact]
    public void Decode_AnyBitFlipped_IsRefused()
    {
        var content = StoreCodec.Encode(Stores.Sample());
        for (var index = 0; index < content.Length; index++)
        {
            content[index] ^= 1;
            Assert.Throws<StoreDamagedException>(() => StoreCodec.Decode(content));
            content[index] ^= 1;
        }
    }

    [Fact]
    public void Decode_AnyTruncation_IsRefused()
    {
        var content = StoreCodec.Encode(Stores.Sample());
        for (var length = 0; length < content.Length; length++)
        {
            Assert.Throws<StoreDamagedException>(() => StoreCodec.Decode(content.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Decode_OtherFormat_NamesBothFormats()
    {
        var exception = Assert.Throws<StoreDamagedException>(() => StoreCodec.Decode("""{"format":"fovea-store/9"}"""u8.ToArray()));

        Assert.Contains("fovea-store/9", exception.Message, StringComparison.Ordinal);
        Assert.Contains(StoreCodec.Format, exception.Message, StringComparison.Ordinal);
    }
}
