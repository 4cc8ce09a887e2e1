using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text;

/// <summary>
/// Finds a checkpoint's chat template and recognises its family; a template of no known family is refused, not guessed at.
/// </summary>
internal static class ChatTemplateReader
{
    private const string JinjaName = "chat_template.jinja";

    private static readonly string[] JsonNames = ["chat_template.json", "processor_config.json", "tokenizer_config.json"];

    /// <summary>
    /// The template of a checkpoint folder, or LLaVA-1.5's own when the folder has none; throws <see cref="CheckpointException"/>.
    /// </summary>
    public static ChatTemplate Read(string folder)
    {
        var faults = new FaultList();
        var (name, source) = Find(folder, faults);
        var style = source is null ? ChatStyle.Llava15 : Recognise(source);
        if (style is null)
        {
            faults.Add($"{name}: the chat template is of no known family (LLaVA-1.5: roles as \"USER: \", images as <image>); use raw prompts");
        }

        faults.ThrowIfAny(folder);
        return new ChatTemplate(style!);
    }

    /// <summary>The style of a Jinja template of the LLaVA-1.5 family, or null.</summary>
    public static ChatStyle? Recognise(string source)
    {
        var upper = source.Contains("| upper", StringComparison.Ordinal) || source.Contains(".upper()", StringComparison.Ordinal);
        var known = upper && source.Contains("<image>", StringComparison.Ordinal) && source.Contains("ASSISTANT:", StringComparison.Ordinal);
        var foreign = new[] { "<|", "[INST]", "eos_token", "bos_token", "### " };
        if (!known || foreign.Any(marker => source.Contains(marker, StringComparison.Ordinal)))
        {
            return null;
        }

        var skipsSystem = source.Contains("!= 'system'", StringComparison.Ordinal) || source.Contains("!= \"system\"", StringComparison.Ordinal);
        return skipsSystem ? ChatStyle.Llava15 : ChatStyle.RoleUpper;
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
}
