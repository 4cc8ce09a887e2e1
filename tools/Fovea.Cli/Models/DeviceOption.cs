using System.CommandLine;
using System.CommandLine.Parsing;
using Fovea.Torch;

namespace Fovea.Cli.Models;

/// <summary>Is <c>--device</c>: where tensors live.</summary>
internal sealed class DeviceOption : Option<Device>
{
    /// <summary>Makes the option; its default is the processor.</summary>
    public DeviceOption()
        : base("--device")
    {
        HelpName = "cpu|cuda:N";
        Description = "Where tensors live";
        DefaultValueFactory = _ => default;
        CustomParser = Parse;
    }

    private static Device Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Device.TryParse(text, out var device))
        {
            result.AddError($"--device: '{text}' is no device, write cpu or cuda:N");
        }

        return device;
    }
}
