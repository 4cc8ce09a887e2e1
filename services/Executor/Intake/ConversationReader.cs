using System.Collections.Immutable;
using System.Globalization;
using Fovea.Contracts.V1;
using Fovea.Executor.Text;
using ChatMessage = Fovea.Executor.Text.ChatMessage;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Executor.Intake;

/// <summary>Reads the messages of a request.</summary>
internal sealed class ConversationReader
{
    private readonly IntakeOptions _options;

    /// <summary>Reads within the limits of the options.</summary>
    public ConversationReader(IntakeOptions options) => _options = options;

    /// <summary>Gives the messages and the images in order; what is wrong goes to <paramref name="faults"/>.</summary>
    public Conversation Read(IReadOnlyList<Wire.ChatMessage> messages, RequestFaults faults)
    {
        var read = ImmutableArray.CreateBuilder<ChatMessage>(messages.Count);
        var images = ImmutableArray.CreateBuilder<ImageFile>();
        for (var index = 0; index < messages.Count; index++)
        {
            var path = Path("messages", index);
            var role = ReadRole(messages[index].Role, path, faults);
            read.Add(new ChatMessage(role, ReadParts(messages[index], path, images, faults)));
        }

        var conversation = new Conversation(read.ToImmutable(), images.ToImmutable());
        CheckCounts(conversation, faults);
        CheckText(conversation.Messages, faults);
        return conversation;
    }

    private static ChatRole ReadRole(string role, string path, RequestFaults faults)
    {
        switch (role)
        {
            case "system":
                return ChatRole.System;
            case "user":
                return ChatRole.User;
            case "assistant":
                return ChatRole.Assistant;
            default:
                faults.Invalid($"{path}.role", $"'{role}' is none of system, user, assistant.");
                return ChatRole.User;
        }
    }

    private static ImmutableArray<ChatPart> ReadParts(
        Wire.ChatMessage message, string path, ImmutableArray<ImageFile>.Builder images, RequestFaults faults)
    {
        if (message.Parts.Count == 0)
        {
            faults.Invalid($"{path}.parts", "The message is empty.");
        }

        var parts = ImmutableArray.CreateBuilder<ChatPart>(message.Parts.Count);
        for (var index = 0; index < message.Parts.Count; index++)
        {
            var part = message.Parts[index];
            var field = Path($"{path}.parts", index);
            switch (part.KindCase)
            {
                case ContentPart.KindOneofCase.Text:
                    parts.Add(new ChatPart.Text(part.Text));
                    break;
                case ContentPart.KindOneofCase.Image:
                    parts.Add(new ChatPart.Image());
                    images.Add(new ImageFile($"{field}.image", part.Image.Data.Memory));
                    CheckPlace(message.Role, field, faults);
                    break;
                default:
                    faults.Invalid(field, "The part holds neither text nor image.");
                    break;
            }
        }

        return parts.ToImmutable();
    }

    private static void CheckPlace(string role, string field, RequestFaults faults)
    {
        if (role is "system" or "assistant")
        {
            faults.Invalid(field, $"An image stands in a message of role '{role}'; only 'user' messages hold images.");
        }
    }

    private void CheckCounts(Conversation conversation, RequestFaults faults)
    {
        var messages = conversation.Messages;
        if (messages.Length > _options.MaxMessages)
        {
            faults.Invalid("messages", $"{messages.Length} messages are more than {_options.MaxMessages} (option Intake:MaxMessages).");
        }

        if (!messages.IsEmpty && messages[^1].Role != ChatRole.User)
        {
            var last = Path("messages", messages.Length - 1);
            faults.Invalid(last, "The last message is not of role 'user'; the model answers a user's message.");
        }

        if (conversation.Images.IsEmpty)
        {
            faults.Invalid("messages", "No image is given; a request holds at least one.");
        }
        else if (conversation.Images.Length > _options.MaxImages)
        {
            faults.Invalid(
                "messages", $"{conversation.Images.Length} images are more than {_options.MaxImages} (option Intake:MaxImages).");
        }
    }

    private void CheckText(ImmutableArray<ChatMessage> messages, RequestFaults faults)
    {
        var characters = messages.Sum(message => Texts(message).Sum(text => (long)text.Length));
        if (characters > _options.MaxTextCharacters)
        {
            faults.Invalid(
                "messages",
                $"{characters} characters of text are more than {_options.MaxTextCharacters} (option Intake:MaxTextCharacters).");
        }

        if (!messages.Any(message => message.Role == ChatRole.User && Texts(message).Any(text => !string.IsNullOrWhiteSpace(text))))
        {
            faults.Invalid("messages", "No text is given; a request holds a question beside its images.");
        }
    }

    private static IEnumerable<string> Texts(ChatMessage message) => message.Parts.OfType<ChatPart.Text>().Select(part => part.Content);

    private static string Path(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
