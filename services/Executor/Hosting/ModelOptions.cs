using System.ComponentModel.DataAnnotations;

namespace Fovea.Executor.Hosting;

/// <summary>Says which model to load and how to run it.</summary>
internal sealed class ModelOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Model";

    /// <summary>Folder of the checkpoint.</summary>
    /// <value>No default; it must exist.</value>
    [Required(ErrorMessage = "No model is named: give its folder by --model (Model:Directory).")]
    public string Directory { get; set; } = string.Empty;

    /// <summary>Name that requests and policies use.</summary>
    /// <value>Default empty: the folder's name, or its parent's when the folder is called <c>model</c>.</value>
    public string Name { get; set; } = string.Empty;

    /// <summary>Device of all tensors.</summary>
    /// <value>Default cpu; cpu or cuda:N.</value>
    [RegularExpression("^(cpu|cuda:[0-9]+)$", ErrorMessage = "Model:Device (--device) is cpu or cuda:N.")]
    public string Device { get; set; } = "cpu";

    /// <summary>Data type of weights and activations.</summary>
    /// <value>Default auto: bf16, or fp32 on a CPU without AVX-512; auto, fp32, bf16 or fp16.</value>
    [RegularExpression("^(auto|fp32|bf16|fp16)$", ErrorMessage = "Model:DType (--dtype) is auto, fp32, bf16 or fp16.")]
    public string DType { get; set; } = "auto";

    /// <summary>The name in use.</summary>
    public string EffectiveName => Name.Length > 0 ? Name : NameOf(Directory);

    private static string NameOf(string directory)
    {
        if (directory.Length == 0)
        {
            return string.Empty;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var name = Path.GetFileName(path);
        return name == "model" ? Path.GetFileName(Path.GetDirectoryName(path)) ?? name : name;
    }
}
