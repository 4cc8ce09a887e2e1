using Fovea.Torch.Interop;

namespace Fovea.Torch.Tests;

public sealed class NativeLoaderTests
{
    [Fact]
    public void CandidatesFor_NoEnvironment_AreBesideTheAssemblyThenUpward()
    {
        var places = NativeLoader.CandidatesFor(NativeLoader.TorchLibrary, "/repo/service/bin", fromEnvironment: null);

        Assert.Equal(
            [
                "/repo/service/bin/libfovea_torch.so",
                "/repo/service/bin/build/native/libfovea_torch.so",
                "/repo/service/build/native/libfovea_torch.so",
                "/repo/build/native/libfovea_torch.so",
                "/build/native/libfovea_torch.so",
            ],
            places);
    }

    [Fact]
    public void CandidatesFor_EnvironmentNamesFile_ComesFirstForBothLibraries()
    {
        const string named = "/opt/fovea/libmine.so";

        var torchPlaces = NativeLoader.CandidatesFor(NativeLoader.TorchLibrary, "/app", named);
        var imagePlaces = NativeLoader.CandidatesFor(NativeLoader.ImagesLibrary, "/app", named);

        Assert.Equal(named, torchPlaces[0]);
        Assert.Equal("/opt/fovea/libfovea_images.so", imagePlaces[0]);
    }

    [Fact]
    public void Load_LibraryNowhere_NamesPlacesAndRemedy()
    {
        var error = Assert.Throws<DllNotFoundException>(() => NativeLoader.Load(NativeLoader.TorchLibrary, ["/nowhere/a.so", "/nowhere/b.so"]));

        Assert.Contains("/nowhere/a.so, /nowhere/b.so", error.Message, StringComparison.Ordinal);
        Assert.Contains("make native", error.Message, StringComparison.Ordinal);
        Assert.Contains(NativeLoader.PathVariable, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_ForeignName_IsLeftToTheRuntime()
        => Assert.Equal(0, NativeLoader.Resolve("libc", typeof(Tensor).Assembly, searchPath: null));
}
