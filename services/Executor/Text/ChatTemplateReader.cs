using System.Text.Json;
using System.Text.RegularExpressions;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text;

/// <summary>
/// Finds a checkpoint's chat template and recognises its family; a template of no known family is refused, not guessed at.
/// </summary>
internal static partial class ChatTemplateReader
{
    private const string JinjaName = "chat_template.jinja";
    private const string ConfigName = "config.json";
    private const int ShownCharacters = 60;

    private static readonly string[] JsonNames = ["chat_template.json", "processor_config.json", "tokenizer_config.json"];

    /// <summary>
    /// The template of a checkpoint folder, or its family's own when the folder has none; throws <see cref="CheckpointException"/>.
    /// </summary>
    public static ChatTemplate Read(string folder)
    {
        var faults = new FaultList();
        var style = ReadStyle(folder, faults);
        faults.ThrowIfAny(folder);
        return new ChatTemplate(style!);
    }

    /// <summary>The same for a tokenizer, which must have every control token that the template writes.</summary>
    public static ChatTemplate Read(string folder, ITokenizer tokenizer)
    {
        var template = Read(folder);
        var faults = new FaultList();
        foreach (var control in template.Controls.Where(control => tokenizer.IdOf(control) is null))
        {
            faults.Add($"the tokenizer has no token \"{control}\", which the chat template needs");
        }

        faults.ThrowIfAny(folder);
        return template;
    }

    /// <summary>The style of a Jinja template of a known family, or null.</summary>
    public static ChatStyle? Recognise(string source)
    {
        if (HasAll(source, "<|im_start|>", "<|im_end|>", "<|vision_start|><|image_pad|><|vision_end|>"))
        {
            return ChatStyle.Qwen2Vl with { DefaultSystem = DefaultSystemOf(source) };
        }

        if (HasAll(source, "<|im_start|>", "<|im_end|>", "<IMG_CONTEXT>"))
        {
            return ChatStyle.InternVlHf with { DefaultSystem = DefaultSystemOf(source) };
        }

        if (HasAll(source, "[INST] ", " [/INST]", "<image>", "<<SYS>>"))
        {
            return HasAll(source, "</s>") ? ChatStyle.LlavaNextMistral : ChatStyle.LlavaNextMistralMisspelt;
        }

        return RecogniseLlava(source);
    }

    private static ChatStyle? RecogniseLlava(string source)
    {
        var upper = HasAll(source, "| upper") || HasAll(source, ".upper()");
        var foreign = new[] { "<|", "[INST]", "eos_token", "bos_token", "### " };
        if (!upper || !HasAll(source, "<image>", "ASSISTANT:") || foreign.Any(marker => HasAll(source, marker)))
        {
            return null;
        }

        return HasAll(source, "!= 'system'") || HasAll(source, "!= \"system\"") ? ChatStyle.Llava15 : ChatStyle.RoleUpper;
    }

    private static bool HasAll(string source, params ReadOnlySpan<string> markers)
    {
        foreach (var marker in markers)
        {
            if (!source.Contains(marker, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static string? DefaultSystemOf(string source) =>
        DefaultSystem().Match(source) is { Success: true } match ? match.Groups["text"].Value : null;

    // The instructions stand in the template as text; the line's end as such or as an escape.
    [GeneratedRegex(@"<\|im_start\|>system(\\n|\n)(?<text>[^<>{}'""]+)<\|im_end\|>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex DefaultSystem();

    private static ChatStyle? ReadStyle(string folder, FaultList faults)
    {
        var model = ReadModel(folder);
        if (model.Type == "internvl_chat")
        {
            return ReadNamed(model.Template, faults);
        }

        var (name, source) = Find(folder, faults);
        var style = source is null ? DefaultOf(model) : Recognise(source);
        if (style is null && source is null)
        {
            faults.Add($"{ConfigName}: model_type is \"{model.Type}\"; no chat template is known for it and the folder has none");
        }
        else if (style is null)
        {
            var shown = source!.Length <= ShownCharacters ? source : source[..ShownCharacters] + "…";
            faults.Add($"{name}: the chat template is of no known family (LLaVA-1.5, LLaVA-NeXT on Mistral, Qwen2-VL, InternVL); use raw prompts: {shown}");
        }

        return style;
    }

    private static ChatStyle? ReadNamed(string? name, FaultList faults)
    {
        if (name is not null && ChatStyle.InternVl.TryGetValue(name, out var style))
        {
            return style;
        }

        faults.Add($"{ConfigName}: template is \"{name}\", none of {string.Join(", ", ChatStyle.InternVl.Keys.Order(StringComparer.Ordinal))}");
        return null;
    }

    private static ChatStyle? DefaultOf(ModelFacts model) => model.Type switch
    {
        null or "llava" => ChatStyle.Llava15,
        "llava_next" => model.TextType == "mistral" ? ChatStyle.LlavaNextMistral : ChatStyle.Llava15,
        "qwen2_vl" or "qwen2_5_vl" => ChatStyle.Qwen2Vl,
        "internvl" => ChatStyle.InternVlHf,
        _ => null,
    };

    private static ModelFacts ReadModel(string folder)
    {
        // A missing or broken configuration is the model loader's to report.
        var faults = new FaultList();
        var path = Path.Combine(folder, ConfigName);
        using var document = File.Exists(path) ? JsonFile.Load(path, faults) : null;
        if (document?.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new ModelFacts(null, null, null);
        }

        var root = new JsonObjectReader(document.RootElement, ConfigName, "$", faults);
        return new ModelFacts(
            root.String("model_type", null), root.Object("text_config")?.String("model_type", null), root.String("template", null));
    }

    private static (string Name, string? Source) Find(string folder, FaultList faults)
    {
        var jinja = Path.Combine(folder, JinjaName);
        if (File.Exists(jinja))
        {
            return (JinjaName, File.ReadAllText(jinja));
        }

        foreach (var name in JsonNames.Where(name => File.Exists(Path.Combine(folder, name))))
        {
            using var document = JsonFile.Load(Path.Combine(folder, name), faults);
            if (document?.RootElement is { ValueKind: JsonValueKind.Object } root
                && new JsonObjectReader(root, name, "$", faults).String("chat_template", null) is { } source)
            {
                return (name, source);
            }
        }

        return (JinjaName, null);
    }

    private sealed record ModelFacts(string? Type, string? TextType, string? Template);
}
