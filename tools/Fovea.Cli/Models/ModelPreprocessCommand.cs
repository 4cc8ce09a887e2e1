using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;
using Fovea.Torch.Images;

namespace Fovea.Cli.Models;

/// <summary>Is <c>model preprocess</c>: the tensors that a model's image processor makes.</summary>
internal sealed class ModelPreprocessCommand : CliCommand
{
    private readonly ModelOption _model = new();
    private readonly Option<string> _image = new("--image") { Required = true, HelpName = "FILE", Description = "PNG, JPEG or WebP" };
    private readonly Option<string> _out = new("--out") { Required = true, HelpName = "FILE.safetensors", Description = "Where the tensors go" };

    /// <summary>Makes the command.</summary>
    public ModelPreprocessCommand(CliContext context)
        : base("preprocess", "Write the tensors that a model's image processor makes", context)
    {
        Add(_model);
        Add(_image);
        Add(_out);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var path = result.GetRequiredValue(_image);
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"--image: {path}: no such file");
        }

        var processor = new ClipImageProcessor(ClipImageOptionsReader.Read(result.GetRequiredValue(_model)));
        var image = ImageCodec.Decode(await File.ReadAllBytesAsync(path, cancellationToken), ImageLimits.Default);
        var pixels = processor.Process(new RgbPixels(image.Width, image.Height, image.Pixels));
        var tensor = SafetensorsTensor.Of("pixel_values", pixels.Data, 1, RgbPixels.Channels, pixels.Height, pixels.Width);
        SafetensorsWriter.Write(result.GetRequiredValue(_out), [tensor]);
        Print(tensor, WantsJson(result));
        return ExitCodes.Ok;
    }

    private void Print(SafetensorsTensor tensor, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(new JsonObject { [tensor.Name] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]) });
        }
        else
        {
            Context.Output.WriteLine($"{tensor.Name}  {tensor.DType.Name()}  {string.Join(" x ", tensor.Shape)}");
        }
    }
}
