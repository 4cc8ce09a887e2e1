using Fovea.Planning.Validation;

namespace Fovea.Planning.Tests.Validation;

public sealed class NamesTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("llava-hf/llava-1.5-7b-hf")]
    [InlineData("sha256:00ff")]
    [InlineData("7")]
    public void IsValid_Name_IsTrue(string name) => Assert.True(Names.IsValid(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\n")]
    public void IsValid_Else_IsFalse(string? name) => Assert.False(Names.IsValid(name));

    [Fact]
    public void IsValid_TooLong_IsFalse()
    {
        Assert.True(Names.IsValid(new string('a', Names.MaxLength)));
        Assert.False(Names.IsValid(new string('a', Names.MaxLength + 1)));
    }
}
