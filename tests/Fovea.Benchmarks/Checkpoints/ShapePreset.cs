namespace Fovea.Benchmarks.Checkpoints;

/// <summary>The shape of a checkpoint: what a small one's configuration must change to.</summary>
/// <param name="Name">Name of the shape.</param>
/// <param name="Fixture">Folder of the small checkpoint of the same family, whose tokenizer is used.</param>
/// <param name="Config">Fields of config.json that differ, as JSON.</param>
/// <param name="Preprocessor">Fields of preprocessor_config.json that differ, as JSON.</param>
internal sealed record ShapePreset(string Name, string Fixture, string Config, string Preprocessor = "{}");
