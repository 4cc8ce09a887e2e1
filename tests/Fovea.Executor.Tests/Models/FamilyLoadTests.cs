using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Prefill;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Models;

/// <summary>Checkpoints of every family that do not hold what their configuration says, and inputs that do not fit.</summary>
[Collection(nameof(TensorCollection))]
public sealed class FamilyLoadTests
{
    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Load_MissingAndMisshapenTensors_NamesEach(string family)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Fixtures.Path(family), "*.json").Where(file => !file.EndsWith(".index.json", StringComparison.Ordinal)))
        {
            File.Copy(file, folder.PathOf(Path.GetFileName(file)));
        }

        string[] damaged;
        using (var files = CheckpointFiles.Open(Fixtures.Path(family)))
        {
            var all = files.Tensors.Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToArray();
            damaged = [all[0].Name, all[^1].Name];
            var kept = all.Skip(1).SkipLast(1).Select(tensor => new SafetensorsTensor(tensor.Name, tensor.DType, tensor.Shape, tensor.Bytes.ToArray()));
            SafetensorsWriter.Write(folder.PathOf("model.safetensors"), [.. kept, SafetensorsTensor.Of(damaged[1], new float[3], 3)]);
        }

        var error = Assert.Throws<CheckpointException>(() => ModelLoader.Load(new ModelSource(folder.Root, "damaged", ScalarType.Float32, torch.CPU)));

        Assert.Equal(2, error.Faults.Count);
        Assert.Contains(error.Faults, fault => fault.Contains("is missing", StringComparison.Ordinal));
        Assert.Contains(error.Faults, fault => fault.Contains($"{damaged[1]} has shape [3]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("llava", "[3, 112, 112]")]
    [InlineData("internvl-qwen2", "[3, 112, 112]")]
    [InlineData("llava-next", "image_sizes")]
    [InlineData("qwen2-vl", "image_grid_thw")]
    public void TokensOf_PictureOfAnotherSize_NamesWhatIsNeeded(string family, string needed)
    {
        using var model = ParityCase.Load(family);

        var error = Assert.Throws<ArgumentException>(() => model.Vision!.TokensOf(new PixelValues(56, 56, new float[3 * 56 * 56])));

        Assert.Contains(needed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TokensOf_TooFewTiles_NamesBothCounts()
    {
        using var model = ParityCase.Load("llava-next");
        var image = new PixelValues([3, 3, 112, 112], new float[3 * 3 * 112 * 112]) { OriginalSize = new ImageSize(420, 180) };

        var error = Assert.Throws<ArgumentException>(() => model.Vision!.TokensOf(image));

        Assert.Contains("needs 4 tiles, the whole picture included, and has 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 6, "no whole squares of 2 x 2")]
    [InlineData(4, 6, "make it [24, 1176]")]
    public void TokensOf_GridUnlikeThePatches_NamesBoth(int rows, int columns, string expected)
    {
        using var model = ParityCase.Load("qwen2-vl");
        var image = new PixelValues([20, 1176], new float[20 * 1176]) { Grid = new PatchGrid(1, rows, columns) };

        var error = Assert.Throws<ArgumentException>(() => model.Vision!.TokensOf(image));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ParityCase.FamilyNames), MemberType = typeof(ParityCase))]
    public void Load_AnyFamily_LeavesNoTensorBehindWhenDisposed(string family)
    {
        var before = TensorStatistics.Read().Live;

        using (ParityCase.Load(family))
        {
            Assert.True(TensorStatistics.Read().Live > before);
        }

        Assert.Equal(before, TensorStatistics.Read().Live);
    }
}
