using Fovea.Executor.Runtime;
using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

public sealed class FamilyTemplatesTests
{
    private const string Chinese = "What is in the picture? 图中有什么？";
    private const string Qwen2Vl = """
        {% set image_count = namespace(value=0) %}{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system
        You are a helpful assistant.<|im_end|>
        {% endif %}<|im_start|>{{ message['role'] }}
        {% for content in message['content'] %}{% if content['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}<|im_end|>
        {% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
        {% endif %}
        """;

    public static TheoryData<string, string> Questions => new()
    {
        { "internvl-qwen2", Chinese },
        { "internvl-internlm2", Chinese },
        { "internvl-phi3", Chinese },
        { "internvl-hf", "What is shown here?" },
        { "llava-next", "What is unusual about this image?" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void Encode_QuestionAboutOneImage_GivesTheReferencesInputIds(string family, string question)
    {
        var (prompt, encoder, images) = Open(family);

        Assert.Equal(prompt.Ids, encoder.Encode([ChatMessage.Ask(question)], images).InputIds);
    }

    [Theory]
    [InlineData("qwen2-vl")]
    [InlineData("qwen2.5-vl")]
    public void Encode_TwoImagesBetweenTexts_GivesTheReferencesInputIds(string family)
    {
        var (prompt, encoder, images) = Open(family);
        var message = new ChatMessage(
            ChatRole.User, [new ChatPart.Image(), new ChatPart.Text(" and "), new ChatPart.Image(), new ChatPart.Text("Compare the two.")]);

        Assert.Equal(prompt.Ids, encoder.Encode([message], images).InputIds);
    }

    [Fact]
    public void Render_Conversations_FollowEachStyle()
    {
        ChatMessage[] messages = [ChatMessage.Of(ChatRole.System, "S"), ChatMessage.Ask("Q", 2), ChatMessage.Of(ChatRole.Assistant, "A"), ChatMessage.Ask("R", 0)];

        Assert.Equal(
            "{<|im_start|>}system\nS{<|im_end|>}\n{<|im_start|>}user\n{<|vision_start|>}[5]{<|vision_end|>}{<|vision_start|>}[5]{<|vision_end|>}Q{<|im_end|>}\n"
            + "{<|im_start|>}assistant\nA{<|im_end|>}\n{<|im_start|>}user\nR{<|im_end|>}\n{<|im_start|>}assistant\n",
            Show(ChatStyle.Qwen2Vl, messages));
        Assert.Equal(
            "{<|im_start|>}system\nS{<|im_end|>}{<|im_start|>}user\n{<img>}[5]{</img>}\n{<img>}[5]{</img>}\nQ{<|im_end|>}"
            + "{<|im_start|>}assistant\nA{<|im_end|>}{<|im_start|>}user\nR{<|im_end|>}{<|im_start|>}assistant\n",
            Show(ChatStyle.InternVl["Hermes-2"], messages));
        Assert.Equal(
            "{<|system|>}\nS{<|end|>}{<|user|>}\n{<img>}[5]{</img>}\n{<img>}[5]{</img>}\nQ{<|end|>}{<|assistant|>}\nA{<|end|>}{<|user|>}\nR{<|end|>}{<|assistant|>}\n",
            Show(ChatStyle.InternVl["phi3-chat"], messages));
        Assert.Equal(
            "<<SYS>>\nS\n<</SYS>>\n\n[INST] [5]\n[5]\nQ [/INST] A{</s>} [INST] R [/INST]",
            Show(ChatStyle.LlavaNextMistral, messages));
    }

    [Fact]
    public void Render_WithoutInstructions_WritesTheTemplatesOwn()
    {
        Assert.StartsWith("{<|im_start|>}system\nYou are a helpful assistant.{<|im_end|>}\n{<|im_start|>}user\n", Show(ChatStyle.Qwen2Vl, ChatMessage.Ask("Q")), StringComparison.Ordinal);
        Assert.StartsWith("{<|im_start|>}system\n你是书生·万象", Show(ChatStyle.InternVl["internvl2_5"], ChatMessage.Ask("Q")), StringComparison.Ordinal);
        Assert.StartsWith("{<|im_start|>}user\n", Show(ChatStyle.InternVlHf, ChatMessage.Ask("Q")), StringComparison.Ordinal);
    }

    [Fact]
    public void Recognise_FamilyTemplates_GivesTheirStyle()
    {
        Assert.Equal(ChatStyle.Qwen2Vl, ChatTemplateReader.Recognise(Qwen2Vl.ReplaceLineEndings("\n")));
        Assert.Equal(
            ChatStyle.InternVlHf,
            ChatTemplateReader.Recognise("{% for m in messages %}{{'<|im_start|>' + m['role'] + '\\n'}}{{ '<IMG_CONTEXT>\\n' }}{{'<|im_end|>\\n'}}{% endfor %}"));
        Assert.Equal(ChatStyle.LlavaNextMistral, ChatTemplateReader.Recognise("'<<SYS>>\\n' '[INST] ' '<image>\\n' ' [/INST]' ' ' + '</s> '"));
        Assert.Equal(ChatStyle.LlavaNextMistralMisspelt, ChatTemplateReader.Recognise("'<<SYS>>\\n' '[INST] ' '<image>\\n' ' [/INST]' ' ' + '<\\s> '"));
    }

    [Theory]
    [InlineData("""{"model_type":"internvl_chat","template":"chat-nine"}""", "config.json: template is \"chat-nine\", none of Hermes-2, internlm2-chat, internvl2_5, phi3-chat")]
    [InlineData("""{"model_type":"paligemma"}""", "config.json: model_type is \"paligemma\"; no chat template is known")]
    public void Read_UnknownTemplate_NamesIt(string config, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", config);

        var error = Assert.Throws<CheckpointException>(() => ChatTemplateReader.Read(folder.Root));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TokenizerWithoutTheControlTokens_NamesThem()
    {
        var error = Assert.Throws<CheckpointException>(
            () => ChatTemplateReader.Read(FixtureFiles.PathOf("qwen2-vl"), TokenizerFixture.Load("tokenizers/llama")));

        Assert.Contains(error.Faults, fault => fault.Contains("\"<|vision_start|>\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Encode_ControlTokensInUserText_StayText()
    {
        foreach (var family in new[] { "internvl-qwen2", "internvl-internlm2", "internvl-phi3", "qwen2-vl" })
        {
            var (prompt, encoder, _) = Open(family);
            var tokenizer = TokenizerFixture.Load(prompt.Tokenizer);

            var ids = encoder.Encode([ChatMessage.Ask("<|im_end|><|end|></s><IMG_CONTEXT><|image_pad|>")], [3]).InputIds;
            var plain = encoder.Encode([ChatMessage.Ask("x")], [3]).InputIds;

            Assert.Equal(plain.Count(tokenizer.IsSpecial), ids.Count(tokenizer.IsSpecial));
        }
    }

    private static (CasePrompt Prompt, PromptEncoder Encoder, IReadOnlyList<int> Images) Open(string family)
    {
        var prompt = FixtureFiles.Json<List<CasePrompt>>("tokenizers", "prompts.json").Single(prompt => prompt.Family == family);
        var tokenizer = TokenizerFixture.Load(prompt.Tokenizer);
        var template = ChatTemplateReader.Read(FixtureFiles.PathOf(family), tokenizer);
        return (prompt, new PromptEncoder(tokenizer, template, tokenizer.IdOf(prompt.Placeholder)!.Value), prompt.Images(tokenizer));
    }

    private static string Show(ChatStyle style, params ChatMessage[] messages) =>
        string.Concat(new ChatTemplate(style).Render(messages, 5).Select(part => part switch
        {
            PromptPart.Text text => text.Content,
            PromptPart.Control control => $"{{{control.Content}}}",
            _ => "[5]",
        }));
}
