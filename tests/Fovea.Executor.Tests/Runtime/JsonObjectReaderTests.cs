using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Tests.Runtime;

public sealed class JsonObjectReaderTests
{
    [Fact]
    public void Fields_OfRightType_AreRead()
    {
        var reader = Reader("""{"i":3,"d":2.5,"b":true,"s":"x","o":{"k":1},"l":[1,2],"n":null}""", out var faults);

        Assert.Equal(3, reader.Int("i", 0, 0, 10));
        Assert.Equal(2.5, reader.Double("d", 0, 0, 10));
        Assert.True(reader.Bool("b", false));
        Assert.Equal("x", reader.String("s", "y"));
        Assert.Equal(1, reader.Object("o")!.RequiredInt("k", 0, 9));
        Assert.Equal(2, reader.Array("l").Count());
        Assert.Equal(7, reader.Int("n", 7, 0, 10));
        Assert.Null(reader.OptionalInt("missing", 0, 1));
        Assert.Empty(faults.Items);
    }

    [Fact]
    public void Fields_OfWrongType_AreFaultsWithPath()
    {
        var reader = Reader("""{"i":"3","j":1.5,"k":99,"d":"x","b":1,"s":2,"o":[],"l":{}}""", out var faults);

        reader.Int("i", 0, 0, 10);
        reader.Int("j", 0, 0, 10);
        reader.Int("k", 0, 0, 10);
        reader.Double("d", 0, 0, 10);
        reader.Bool("b", false);
        reader.String("s", null);
        reader.Object("o");
        Assert.Empty(reader.Array("l"));
        reader.RequiredInt("missing", 0, 1);
        reader.RequiredString("absent");

        Assert.Equal(10, faults.Items.Count);
        Assert.Contains("f.json: $.i is \"3\" where a whole number is needed", faults.Items);
        Assert.Contains("f.json: $.k is 99, outside [0, 10]", faults.Items);
        Assert.Contains("f.json: $.missing is missing", faults.Items);
    }

    [Fact]
    public void Faults_OverTheLimit_AreCounted()
    {
        var faults = new FaultList();
        for (var index = 0; index < FaultList.Limit + 5; index++)
        {
            faults.Add($"fault {index}");
        }

        Assert.Equal(FaultList.Limit + 1, faults.Items.Count);
        Assert.Equal("and 5 more", faults.Items[^1]);
    }

    private static JsonObjectReader Reader(string json, out FaultList faults)
    {
        faults = new FaultList();
        return new JsonObjectReader(JsonDocument.Parse(json).RootElement, "f.json", "$", faults);
    }
}
