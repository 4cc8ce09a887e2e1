using System.Collections.Immutable;
using System.Globalization;
using Fovea.Contracts.V1;

namespace Fovea.Executor.Intake;

/// <summary>Reads the messages of a request.</summary>
internal sealed class ConversationReader
{
    private static readonly ImmutableArray<string> Roles = ["system", "user", "assistant"];

    private readonly IntakeOptions _options;

    /// <summary>Reads within the limits of the options.</summary>
    public ConversationReader(IntakeOptions options) => _options = options;

    /// <summary>Gives the turns and the images in order; what is wrong goes to <paramref name="faults"/>.</summary>
    public Conversation Read(IReadOnlyList<ChatMessage> messages, RequestFaults faults)
    {
        var turns = ImmutableArray.CreateBuilder<ChatTurn>(messages.Count);
        var images = ImmutableArray.CreateBuilder<ImageFile>();
        for (var index = 0; index < messages.Count; index++)
        {
            turns.Add(ReadTurn(messages[index], Path("messages", index), images, faults));
        }

        var conversation = new Conversation(turns.ToImmutable(), images.ToImmutable());
        Check(conversation, faults);
        return conversation;
    }

    private static ChatTurn ReadTurn(ChatMessage message, string path, ImmutableArray<ImageFile>.Builder images, RequestFaults faults)
    {
        if (!Roles.Contains(message.Role))
        {
            faults.Invalid($"{path}.role", $"'{message.Role}' is none of {string.Join(", ", Roles)}.");
        }

        if (message.Parts.Count == 0)
        {
            faults.Invalid($"{path}.parts", "The message is empty.");
        }

        var parts = ImmutableArray.CreateBuilder<string?>(message.Parts.Count);
        for (var index = 0; index < message.Parts.Count; index++)
        {
            var part = message.Parts[index];
            var partPath = Path($"{path}.parts", index);
            switch (part.KindCase)
            {
                case ContentPart.KindOneofCase.Text:
                    parts.Add(part.Text);
                    break;
                case ContentPart.KindOneofCase.Image:
                    parts.Add(null);
                    images.Add(new ImageFile($"{partPath}.image", part.Image.Data.Memory));
                    if (message.Role is "system" or "assistant")
                    {
                        faults.Invalid(partPath, $"An image stands in a message of role '{message.Role}'; only 'user' messages hold images.");
                    }

                    break;
                default:
                    faults.Invalid(partPath, "The part holds neither text nor image.");
                    break;
            }
        }

        return new ChatTurn(message.Role, parts.ToImmutable());
    }

    private void Check(Conversation conversation, RequestFaults faults)
    {
        var turns = conversation.Turns;
        if (turns.Length > _options.MaxMessages)
        {
            faults.Invalid("messages", $"{turns.Length} messages are more than {_options.MaxMessages} (option Intake:MaxMessages).");
        }

        if (conversation.Images.IsEmpty)
        {
            faults.Invalid("messages", "No image is given; a request holds at least one.");
        }
        else if (conversation.Images.Length > _options.MaxImages)
        {
            faults.Invalid("messages", $"{conversation.Images.Length} images are more than {_options.MaxImages} (option Intake:MaxImages).");
        }

        CheckText(turns, faults);
        if (!turns.IsEmpty && turns[^1].Role != "user")
        {
            faults.Invalid(Path("messages", turns.Length - 1), $"The last message is of role '{turns[^1].Role}'; the model answers a 'user' message.");
        }
    }

    private void CheckText(ImmutableArray<ChatTurn> turns, RequestFaults faults)
    {
        var characters = turns.Sum(turn => turn.Parts.Sum(part => (long)(part?.Length ?? 0)));
        if (characters > _options.MaxTextCharacters)
        {
            faults.Invalid("messages", $"{characters} characters of text are more than {_options.MaxTextCharacters} (option Intake:MaxTextCharacters).");
        }

        if (!turns.Any(turn => turn.Role == "user" && turn.Parts.Any(part => !string.IsNullOrWhiteSpace(part))))
        {
            faults.Invalid("messages", "No text is given; a request holds a question beside its images.");
        }
    }

    private static string Path(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
