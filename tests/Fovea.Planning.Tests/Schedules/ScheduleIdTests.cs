using Fovea.Planning.Schedules;

namespace Fovea.Planning.Tests.Schedules;

public sealed class ScheduleIdTests
{
    [Theory]
    [InlineData("s-0123456789abcdef")]
    [InlineData("0123456789abcdef")]
    public void TryParse_WithOrWithoutPrefix_IsTheSameId(string text)
    {
        Assert.True(ScheduleId.TryParse(text, out var id));
        Assert.Equal(("s-0123456789abcdef", "0123456789abcdef"), (id.Value, id.Hex));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("s-")]
    [InlineData("s-0123456789ABCDEF")]
    [InlineData("s-0123456789abcde")]
    [InlineData("x-0123456789abcdef")]
    public void TryParse_Else_Fails(string? text) => Assert.False(ScheduleId.TryParse(text, out _));

    [Fact]
    public void Parse_Faulty_NamesTheText() =>
        Assert.Contains("'zz'", Assert.Throws<FormatException>(() => ScheduleId.Parse("zz")).Message, StringComparison.Ordinal);

    [Fact]
    public void Value_Default_IsEmpty() => Assert.Equal((string.Empty, string.Empty), (default(ScheduleId).Value, default(ScheduleId).Hex));
}
