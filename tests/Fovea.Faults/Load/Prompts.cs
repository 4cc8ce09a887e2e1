using Fovea.Contracts.V1;
using Fovea.Faults.Processes;
using Google.Protobuf;

namespace Fovea.Faults.Load;

/// <summary>What clients ask: few prompts of different lengths, with one small image.</summary>
internal static class Prompts
{
    private static readonly string[] Questions =
        ["What is shown?", "How many tiles are there, and which colours do they have?", "Name every object left of the crown, from top to bottom, one by one."];

    private static readonly ByteString Picture = ByteString.CopyFrom(File.ReadAllBytes(Repository.TinyImage));

    /// <summary>Gets how many there are.</summary>
    public static int Count => Questions.Length;

    /// <summary>Makes a request.</summary>
    public static GenerateRequest Make(string id, int prompt, string requestClass, int tokens)
    {
        var message = new ChatMessage { Role = "user" };
        message.Parts.Add(new ContentPart { Image = new Image { Data = Picture } });
        message.Parts.Add(new ContentPart { Text = Questions[prompt] });
        return new GenerateRequest
        {
            RequestId = id,
            RequestClass = requestClass,
            Sampling = new Sampling { MaxTokens = tokens, IgnoreEos = true },
            Messages = { message },
        };
    }
}
