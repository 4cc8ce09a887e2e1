using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class ChatTemplateReaderTests
{
    private const string Published = """
        {% for message in messages %}{% if message['role'] != 'system' %}{{ message['role'].upper() + ': '}}{% endif %}{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}{{ '<image>\n' }}{% endfor %}{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}{{ content['text'] + ' '}}{% endfor %}{% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}
        """;

    [Fact]
    public void Recognise_KnownTemplates_GivesTheirStyle()
    {
        Assert.Equal(ChatStyle.Llava15, ChatTemplateReader.Recognise(Published));
        Assert.Equal(ChatStyle.RoleUpper, ChatTemplateReader.Recognise(File.ReadAllText(Path.Combine(FixtureFiles.DemoModel, "chat_template.jinja"))));
    }

    [Theory]
    [InlineData("{{ bos_token }}{% for m in messages %}[INST] {{ m['content'] }} [/INST]{% endfor %}")]
    [InlineData("{% for m in messages %}<|im_start|>{{ m['role'] | upper }}<image>ASSISTANT:{% endfor %}")]
    [InlineData("")]
    public void Recognise_ForeignTemplate_GivesNone(string source) => Assert.Null(ChatTemplateReader.Recognise(source));

    [Fact]
    public void Read_NoTemplate_TakesLlavas()
    {
        var template = ChatTemplateReader.Read(FixtureFiles.PathOf("llava"));

        Assert.Equal(new PromptPart.Text("USER: "), template.Render([ChatMessage.Ask("x")], 1)[0]);
    }

    [Fact]
    public void Read_ForeignTemplate_Throws()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer_config.json", """{"chat_template":"[INST] {{ x }}"}""");

        var error = Assert.Throws<CheckpointException>(() => ChatTemplateReader.Read(folder.Root));

        Assert.Contains("tokenizer_config.json: the chat template is of no known family", error.Message, StringComparison.Ordinal);
    }
}
