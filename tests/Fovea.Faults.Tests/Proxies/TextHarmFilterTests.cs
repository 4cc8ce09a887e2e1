using System.Text;
using Fovea.Faults.Proxies;

namespace Fovea.Faults.Tests.Proxies;

/// <summary>The filter that harms one text.</summary>
public sealed class TextHarmFilterTests
{
    [Theory]
    [InlineData("nothing here", "nothing here")]
    [InlineData("a mark and a mark", "a marj and a marj")]
    [InlineData("mar|k", "marj")]
    [InlineData("m|a|r|k|mark", "marjmarj")]
    [InlineData("ma|ma|rk", "mamarj")]
    public void Pass_InPieces_OnlyTheTextIsHarmed(string pieces, string expected)
    {
        var filter = new TextHarmFilter("mark");

        var passed = pieces.Split('|').SelectMany(piece => filter.Pass(Encoding.ASCII.GetBytes(piece)));

        Assert.Equal(expected, Encoding.ASCII.GetString([.. passed]));
    }
}
