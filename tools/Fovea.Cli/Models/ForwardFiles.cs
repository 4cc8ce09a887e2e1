using Fovea.Cli.Shell;
using Fovea.Executor.Prefill;
using Fovea.Executor.Runtime;

namespace Fovea.Cli.Models;

/// <summary>Reads model inputs and writes model outputs as safetensors, under Hugging Face's names.</summary>
internal static class ForwardFiles
{
    /// <summary>Returns the inputs of a file under the names of <see cref="HubTensors"/>.</summary>
    /// <exception cref="CliException">A tensor is missing or of another kind; every fault is named.</exception>
    public static ForwardInputs Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"--inputs: {path}: no such file");
        }

        using var file = SafetensorsFile.Open(path);
        var faults = new List<string>();
        var inputs = HubTensors.Read(file, faults);
        return faults.Count == 0 ? inputs : throw new CliException(ExitCodes.Usage, faults.Select(fault => $"{path}: {fault}"));
    }

    /// <summary>Writes <c>logits</c> [rows, vocabulary] and <c>kept_LAYER</c>.</summary>
    public static void Write(string path, ForwardOutputs outputs)
    {
        var tensors = new List<SafetensorsTensor> { SafetensorsTensor.Of("logits", outputs.Logits, outputs.Rows, outputs.Vocabulary) };
        foreach (var (layer, indices) in outputs.Kept)
        {
            long[] values = [.. indices];
            tensors.Add(SafetensorsTensor.Of($"kept_{layer}", values, values.Length));
        }

        SafetensorsWriter.Write(path, tensors);
    }
}
