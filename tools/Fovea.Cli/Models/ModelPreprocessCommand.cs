using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Executor.Prefill;
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

        var folder = result.GetRequiredValue(_model);
        var processor = ModelFamilies.Of(folder).Family.OpenImages(folder);
        var image = ImageCodec.Decode(await File.ReadAllBytesAsync(path, cancellationToken), ImageLimits.Default);
        var tensors = HubTensors.Of(Process(processor, image));
        SafetensorsWriter.Write(result.GetRequiredValue(_out), tensors);
        Print(tensors, WantsJson(result));
        return ExitCodes.Ok;
    }

    private static PixelValues Process(IImageInputs processor, RgbImage image)
    {
        try
        {
            return processor.Process(new RgbPixels(image.Width, image.Height, image.Pixels));
        }
        catch (ImageShapeException e)
        {
            throw new CliException(ExitCodes.Usage, $"--image: {e.Message}");
        }
    }

    private void Print(IReadOnlyList<SafetensorsTensor> tensors, bool asJson)
    {
        if (asJson)
        {
            Context.WriteJson(new JsonObject(tensors.Select(tensor => KeyValuePair.Create(
                tensor.Name, (JsonNode?)new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)])))));
            return;
        }

        foreach (var tensor in tensors)
        {
            Context.Output.WriteLine($"{tensor.Name}  {tensor.DType.Name()}  {string.Join(" x ", tensor.Shape)}");
        }
    }
}
