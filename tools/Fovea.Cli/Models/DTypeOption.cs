using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Torch;

namespace Fovea.Cli.Models;

/// <summary>Is <c>--dtype</c>: data type of weights and activations.</summary>
internal sealed class DTypeOption : Option<ScalarType>
{
    private static readonly Dictionary<string, ScalarType> Known = new(StringComparer.Ordinal)
    {
        ["fp32"] = ScalarType.Float32,
        ["bf16"] = ScalarType.BFloat16,
        ["fp16"] = ScalarType.Float16,
    };

    /// <summary>Makes the option; its default is fp32.</summary>
    public DTypeOption()
        : base("--dtype")
    {
        HelpName = string.Join('|', Known.Keys);
        Description = "Data type of weights and activations";
        DefaultValueFactory = _ => ScalarType.Float32;
        CustomParser = Parse;
    }

    private static ScalarType Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Known.TryGetValue(text, out var type))
        {
            result.AddError($"--dtype: '{text}' is unknown, known are {string.Join(", ", Known.Keys)}");
        }

        return type;
    }
}
