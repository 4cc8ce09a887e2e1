using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class ChatTemplateTests
{
    [Fact]
    public void Render_OneQuestion_IsThePromptOfLlava()
    {
        Assert.Equal("USER: <image>\nWhat is it? ASSISTANT:", Text(ChatStyle.Llava15, ChatMessage.Ask("What is it?")));
        Assert.Equal("USER: <image>\nWhat is it? ASSISTANT:", Text(ChatStyle.RoleUpper, ChatMessage.Ask("What is it?")));
        Assert.Equal("USER: Hi ASSISTANT:", Text(ChatStyle.Llava15, ChatMessage.Ask("Hi", images: 0)));
    }

    [Fact]
    public void Render_Conversation_FollowsTheStyle()
    {
        ChatMessage[] messages =
        [
            ChatMessage.Of(ChatRole.System, "Be brief."), ChatMessage.Ask("One?"), ChatMessage.Of(ChatRole.Assistant, "1"), ChatMessage.Ask("Two?", 0),
        ];

        Assert.Equal("Be brief. USER: <image>\nOne? ASSISTANT: 1 USER: Two? ASSISTANT:", Text(ChatStyle.Llava15, messages));
        Assert.Equal("SYSTEM: Be brief. USER: <image>\nOne? ASSISTANT: 1 USER: Two? ASSISTANT:", Text(ChatStyle.RoleUpper, messages));
    }

    [Fact]
    public void Render_ImagesBetweenTexts_StayInPlaceUnlessMovedFirst()
    {
        var message = new ChatMessage(
            ChatRole.User, [new ChatPart.Text("a"), new ChatPart.Image(), new ChatPart.Text("b"), new ChatPart.Image()]);

        Assert.Equal("USER: a<image>\nb<image>\n ASSISTANT:", Text(ChatStyle.RoleUpper, message));
        Assert.Equal(
            "USER: <image>\n<image>\nab ASSISTANT:",
            Text(new ChatTemplate(ChatStyle.RoleUpper) { ImagesFirst = true }.Render([message], 5)));
    }

    private static string Text(ChatStyle style, params ChatMessage[] messages) => Text(new ChatTemplate(style).Render(messages, 5));

    private static string Text(IReadOnlyList<PromptPart> parts) =>
        string.Concat(parts.Select(part => part is PromptPart.Text text ? text.Content : "<image>"));
}
