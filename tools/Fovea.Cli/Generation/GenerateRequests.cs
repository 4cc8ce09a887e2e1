using Fovea.Cli.Shell;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Cli.Generation;

/// <summary>Makes requests of one user message: images first, then text.</summary>
internal static class GenerateRequests
{
    /// <summary>Returns the request for image files.</summary>
    /// <exception cref="CliException">A file is missing; all missing files are named.</exception>
    public static async Task<GenerateRequest> OfFilesAsync(IReadOnlyList<string> images, string prompt, CancellationToken cancellationToken)
    {
        var missing = images.Where(path => !File.Exists(path)).ToArray();
        if (missing.Length > 0)
        {
            throw new CliException(ExitCodes.Usage, missing.Select(path => $"--image: {path}: no such file"));
        }

        var message = new ChatMessage { Role = "user" };
        foreach (var path in images)
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            message.Parts.Add(new ContentPart { Image = new Image { Data = ByteString.CopyFrom(bytes) } });
        }

        message.Parts.Add(new ContentPart { Text = prompt });
        return new GenerateRequest { Messages = { message } };
    }
}
