namespace Fovea.Executor.Intake;

/// <summary>How a model is run.</summary>
/// <param name="Family">Its <c>model_type</c>.</param>
/// <param name="DType">Data type of weights and activations: fp32, bf16 or fp16.</param>
/// <param name="Device">Where they live: cpu or cuda:N.</param>
internal sealed record ModelPlacement(string Family, string DType, string Device);
