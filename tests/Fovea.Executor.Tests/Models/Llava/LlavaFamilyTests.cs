using Fovea.Executor.Models.Llava;
using Fovea.Executor.Runtime;
using Fovea.Torch;

namespace Fovea.Executor.Tests.Models.Llava;

/// <summary>Checkpoints that do not hold what their configuration says.</summary>
[Collection(nameof(TensorCollection))]
public sealed class LlavaFamilyTests : IDisposable
{
    private const string Norm = "language_model.model.norm.weight";
    private const string Query = "language_model.model.layers.3.self_attn.q_proj.weight";
    private const string Bias = "multi_modal_projector.linear_1.bias";

    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-llava-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_MissingMisshapenUnusedAndUntypedTensors_NamesEachFault()
    {
        Write(tensors =>
        {
            tensors.RemoveAll(tensor => tensor.Name == Norm);
            Replace(tensors, Query, SafetensorsTensor.Of(Query, new float[32 * 64], 32, 64));
            Replace(tensors, Bias, SafetensorsTensor.Of(Bias, new long[64], 64));
            tensors.Add(SafetensorsTensor.Of("language_model.model.layers.8.extra", new float[4], 4));
        });

        var faults = Assert.Throws<CheckpointException>(Load).Faults;

        Assert.Equal(4, faults.Count);
        Assert.Contains(faults, fault => fault.Contains(Norm, StringComparison.Ordinal) && fault.Contains("missing", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("[32, 64]", StringComparison.Ordinal) && fault.Contains("[64, 64]", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains(Bias, StringComparison.Ordinal) && fault.Contains("I64", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("layers.8.extra", StringComparison.Ordinal) && fault.Contains("unused", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_OneWeightUnderTwoNames_IsAFault()
    {
        Write(tensors => tensors.Add(SafetensorsTensor.Of("lm_head.weight", new float[1408 * 64], 1408, 64)));

        var fault = Assert.Single(Assert.Throws<CheckpointException>(Load).Faults);

        Assert.Contains("both mean", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_StoredRotaryFrequencies_AreIgnored()
    {
        Write(tensors => tensors.Add(
            SafetensorsTensor.Of("language_model.model.layers.0.self_attn.rotary_emb.inv_freq", new float[8], 8)));

        using var model = Load();

        Assert.Equal(8, model.Profile.Shape.Layers);
    }

    [Fact]
    public void Load_UnknownModelType_NamesItAndTheKnownOnes()
    {
        File.WriteAllText(Path.Combine(_folder, "config.json"), """{"model_type":"imagined"}""");

        var error = Assert.Throws<CheckpointException>(Load);

        Assert.Contains("imagined", error.Message, StringComparison.Ordinal);
        Assert.Contains("llava", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Canonical_NamesOfEveryGeneration_MeanTheSame()
    {
        string?[] names =
        [
            LlavaWeightTable.Canonical("vision_tower.vision_model.pre_layrnorm.bias"),
            LlavaWeightTable.Canonical("vision_tower.pre_layrnorm.bias"),
            LlavaWeightTable.Canonical("model.vision_tower.vision_model.pre_layrnorm.bias"),
        ];

        Assert.Equal("vision_tower.pre_layrnorm.bias", Assert.Single(names.Distinct()));
        Assert.Equal("language_model.model.norm.weight", LlavaWeightTable.Canonical("model.language_model.norm.weight"));
        Assert.Equal("language_model.lm_head.weight", LlavaWeightTable.Canonical("lm_head.weight"));
    }

    private LoadedModel Load() => ModelLoader.Load(new ModelSource(_folder, "changed", ScalarType.Float32, torch.CPU));

    private void Write(Action<List<SafetensorsTensor>> change)
    {
        File.Copy(Fixtures.Path("llava", "config.json"), Path.Combine(_folder, "config.json"));
        using var original = SafetensorsFile.Open(Fixtures.Path("llava", "model.safetensors"));
        var tensors = original.Tensors.Values
            .Select(tensor => new SafetensorsTensor(tensor.Name, tensor.DType, tensor.Shape, tensor.Bytes.ToArray())).ToList();
        change(tensors);
        SafetensorsWriter.Write(Path.Combine(_folder, "model.safetensors"), tensors, null);
    }

    private static void Replace(List<SafetensorsTensor> tensors, string name, SafetensorsTensor other) =>
        tensors[tensors.FindIndex(tensor => tensor.Name == name)] = other;
}
