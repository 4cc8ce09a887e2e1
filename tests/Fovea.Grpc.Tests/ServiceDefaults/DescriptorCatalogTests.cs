using Fovea.ServiceDefaults.Reflection;
using Google.Protobuf.Reflection;

namespace Fovea.GrpcTests.ServiceDefaults;

public sealed class DescriptorCatalogTests
{
    private readonly DescriptorCatalog _catalog = new([Protos.Extended.Descriptor]);

    [Theory]
    [InlineData("fovea.probe.extended.Extended")]
    [InlineData("fovea.probe.extended.Extended.Call")]
    [InlineData("fovea.probe.extended.Base")]
    [InlineData("fovea.probe.extended.Base.name")]
    [InlineData("fovea.probe.extended.Base.Inner")]
    [InlineData("fovea.probe.extended.Base.Kind")]
    [InlineData("fovea.probe.extended.Base.KIND_ONE")]
    [InlineData("fovea.probe.extended.Base.choice")]
    [InlineData("fovea.probe.extended.weight")]
    [InlineData(".fovea.probe.extended.Base")]
    public void FindSymbol_EveryKindOfSymbol_IsItsFile(string symbol)
    {
        var file = FileDescriptorProto.Parser.ParseFrom(_catalog.FindSymbol(symbol)![0]);

        Assert.Equal("extended.proto", file.Name);
    }

    [Fact]
    public void FindFile_WithImports_HoldsThemAll()
    {
        var names = _catalog.FindFile("extended.proto")!.Select(bytes => FileDescriptorProto.Parser.ParseFrom(bytes).Name);

        Assert.Equal(["extended.proto", "google/protobuf/timestamp.proto"], names);
    }

    [Fact]
    public void FindExtension_ByTypeAndNumber_IsItsFile()
    {
        Assert.Equal([100, 101], _catalog.FindExtensionNumbers("fovea.probe.extended.Base")!);
        Assert.Empty(_catalog.FindExtensionNumbers("fovea.probe.extended.Base.Inner")!);
        Assert.Null(_catalog.FindExtensionNumbers("fovea.probe.extended.Nothing"));
        Assert.NotNull(_catalog.FindExtension("fovea.probe.extended.Base", 101));
        Assert.Null(_catalog.FindExtension("fovea.probe.extended.Base", 102));
    }

    [Fact]
    public void Find_Unknown_IsNull()
    {
        Assert.Null(_catalog.FindSymbol("fovea.probe.extended.Nothing"));
        Assert.Null(_catalog.FindFile("nothing.proto"));
    }
}
