using System.Text;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

public sealed class JsonFileTests
{
    [Theory]
    [InlineData("{\"a\":\"\\ud83d\\ude00\"}")]
    [InlineData("{\"a\":\"\\\\ud83d\"}")]
    [InlineData("\uFEFF{\"a\":1}")]
    [InlineData("{\"\\u00e9\":\"\\\\\\\\\"}")]
    public void Parse_GoodText_HasNoFault(string json)
    {
        var faults = new FaultList();

        using var document = JsonFile.Parse(Encoding.UTF8.GetBytes(json), "f.json", faults);

        Assert.NotNull(document);
        Assert.Empty(faults.Items);
    }

    [Theory]
    [InlineData("{\"a\":\"\\ud83d\"}", "surrogate")]
    [InlineData("{\"a\":\"\\ude00\"}", "surrogate")]
    [InlineData("{\"a\":\"\\ud83d\\ud83d\"}", "surrogate")]
    [InlineData("{\"a\":\"\\ud83dx\\ude00\"}", "surrogate")]
    [InlineData("{\"\\ud83d\":1}", "surrogate")]
    [InlineData("{\"a\":1,\"a\":2}", "f.json")]
    [InlineData("{\"a\":", "f.json")]
    [InlineData("", "f.json")]
    public void Parse_BadText_IsAFault(string json, string expected)
    {
        var faults = new FaultList();

        using var document = JsonFile.Parse(Encoding.UTF8.GetBytes(json), "f.json", faults);

        Assert.Null(document);
        Assert.Contains(expected, Assert.Single(faults.Items), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_InvalidUtf8_IsAFault()
    {
        var faults = new FaultList();

        using var document = JsonFile.Parse(new byte[] { (byte)'"', 0xFF, (byte)'"' }, "f.json", faults);

        Assert.Null(document);
        Assert.Contains("UTF-8", Assert.Single(faults.Items), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNesting_IsAFault()
    {
        var faults = new FaultList();

        using var document = JsonFile.Parse(Encoding.UTF8.GetBytes(new string('[', 100_000)), "f.json", faults);

        Assert.Null(document);
        Assert.Single(faults.Items);
    }
}
