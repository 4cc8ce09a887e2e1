namespace Fovea.Executor.Text;

/// <summary>How a known chat template writes a conversation.</summary>
/// <param name="System">Around instructions.</param>
/// <param name="User">Around questions.</param>
/// <param name="Assistant">Around earlier answers.</param>
/// <param name="Answer">What the model's answer follows.</param>
internal sealed record ChatStyle(TurnFrame System, TurnFrame User, TurnFrame Assistant, string Answer)
{
    private const string InternVl2System =
        "你是由上海人工智能实验室联合商汤科技开发的书生多模态大模型，英文名叫InternVL, 是一个有用无害的人工智能助手。";

    private const string InternVl25System =
        "你是书生·万象，英文名是InternVL，是由上海人工智能实验室、清华大学及多家合作单位联合开发的多模态大语言模型。";

    /// <summary>The template of the LLaVA-1.5 checkpoints, also used where a checkpoint brings none.</summary>
    public static ChatStyle Llava15 { get; } =
        new(new(string.Empty, string.Empty), new("USER: ", string.Empty), new("ASSISTANT: ", string.Empty), "ASSISTANT:")
        {
            AfterText = " ",
            AfterImage = "\n",
        };

    /// <summary>The template that writes every role in capitals and ends every message in a space.</summary>
    public static ChatStyle RoleUpper { get; } =
        new(new("SYSTEM: ", " "), new("USER: ", " "), new("ASSISTANT: ", " "), "ASSISTANT:") { AfterImage = "\n" };

    /// <summary>The template of LLaVA-NeXT on Mistral.</summary>
    public static ChatStyle LlavaNextMistral { get; } =
        new(new("<<SYS>>\n", "\n<</SYS>>\n\n"), new("[INST] ", " [/INST]"), new(" ", "</s> "), string.Empty)
        {
            AfterImage = "\n",
            Controls = ["</s>"],
        };

    /// <summary>The template of LLaVA-NeXT on Mistral as first published, whose answers end in a misspelt token, which is text.</summary>
    public static ChatStyle LlavaNextMistralMisspelt { get; } =
        LlavaNextMistral with { Assistant = new(" ", "<\\s> "), Controls = [] };

    /// <summary>The template of Qwen2-VL and Qwen2.5-VL.</summary>
    public static ChatStyle Qwen2Vl { get; } = ChatMl("<|im_end|>\n") with
    {
        DefaultSystem = "You are a helpful assistant.",
        BeforeImage = "<|vision_start|>",
        BehindImage = "<|vision_end|>",
        Controls = ["<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>"],
    };

    /// <summary>The template of InternVL in its Hugging Face layout.</summary>
    public static ChatStyle InternVlHf { get; } = InternVlChatMl("<|im_end|>\n", system: null);

    /// <summary>InternVL's templates by the names that config.json gives them.</summary>
    public static IReadOnlyDictionary<string, ChatStyle> InternVl { get; } = new Dictionary<string, ChatStyle>
    {
        ["Hermes-2"] = InternVlChatMl("<|im_end|>", InternVl2System),
        ["internlm2-chat"] = InternVlChatMl("<|im_end|>", InternVl2System),
        ["internvl2_5"] = InternVlChatMl("<|im_end|>\n", InternVl25System),
        ["phi3-chat"] = new(new("<|system|>\n", "<|end|>"), new("<|user|>\n", "<|end|>"), new("<|assistant|>\n", "<|end|>"), "<|assistant|>\n")
        {
            DefaultSystem = InternVl2System,
            AfterImage = "\n",
            BeforeImage = "<img>",
            BehindImage = "</img>",
            Controls = ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<img>", "</img>"],
        },
    };

    /// <summary>What is written as instructions when a conversation does not begin with any, or null.</summary>
    public string? DefaultSystem { get; init; }

    /// <summary>What follows each text of a message.</summary>
    public string AfterText { get; init; } = string.Empty;

    /// <summary>What stands before an image's tokens wherever the image stands.</summary>
    public string BeforeImage { get; init; } = string.Empty;

    /// <summary>What stands behind an image's tokens wherever the image stands.</summary>
    public string BehindImage { get; init; } = string.Empty;

    /// <summary>What separates an image of a message from what follows it.</summary>
    public string AfterImage { get; init; } = string.Empty;

    /// <summary>Which stretches of the frames are control tokens rather than text.</summary>
    public IReadOnlyList<string> Controls { get; init; } = [];

    private static ChatStyle ChatMl(string end) =>
        new(Turn("system", end), Turn("user", end), Turn("assistant", end), "<|im_start|>assistant\n")
        {
            Controls = ["<|im_start|>", "<|im_end|>", "<img>", "</img>"],
        };

    private static ChatStyle InternVlChatMl(string end, string? system) => ChatMl(end) with
    {
        DefaultSystem = system,
        AfterImage = "\n",
        BeforeImage = "<img>",
        BehindImage = "</img>",
    };

    private static TurnFrame Turn(string role, string end) => new($"<|im_start|>{role}\n", end);
}
