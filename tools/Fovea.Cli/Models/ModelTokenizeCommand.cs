using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fovea.Cli.Shell;
using Fovea.Executor.Text;

namespace Fovea.Cli.Models;

/// <summary>Is <c>model tokenize</c>: texts to ids, or ids to texts.</summary>
internal sealed class ModelTokenizeCommand : CliCommand
{
    private readonly ModelOption _model = new() { Description = "Folder of a checkpoint, or of a tokenizer alone" };
    private readonly Option<string> _texts = new("--texts") { Required = true, HelpName = "FILE.json", Description = "JSON array of strings; of arrays of ids with --decode" };
    private readonly Option<bool> _noSpecial = new("--no-special") { Description = "Add no special tokens; with --decode leave them out" };
    private readonly Option<bool> _decode = new("--decode") { Description = "Turn ids into texts" };

    /// <summary>Makes the command.</summary>
    public ModelTokenizeCommand(CliContext context)
        : base("tokenize", "Turn texts into token ids, or back", context)
    {
        Add(_model);
        Add(_texts);
        Add(_noSpecial);
        Add(_decode);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var tokenizer = TokenizerLoader.Load(result.GetRequiredValue(_model));
        var path = result.GetRequiredValue(_texts);
        var skip = result.GetValue(_noSpecial);
        JsonNode[] answers = result.GetValue(_decode)
            ? [.. Read<int[]>(path, "arrays of ids").Select(ids => (JsonNode)tokenizer.Decode(ids, skip))]
            : [.. Read<string>(path, "strings").Select(text => (JsonNode)Ids(tokenizer.Encode(text, !skip)))];
        if (WantsJson(result))
        {
            Context.WriteJson(new JsonArray(answers));
        }
        else
        {
            foreach (var answer in answers)
            {
                Context.Output.WriteLine(answer is JsonArray ids ? string.Join(' ', ids) : answer.GetValue<string>());
            }
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    private static JsonArray Ids(int[] ids) => [.. ids.Select(id => (JsonNode)id)];

    private static T[] Read<T>(string path, string what)
        where T : class
    {
        if (!File.Exists(path))
        {
            throw new CliException(ExitCodes.Usage, $"--texts: {path}: no such file");
        }

        try
        {
            var items = JsonSerializer.Deserialize<T?[]>(File.ReadAllBytes(path)) ?? throw new JsonException("null");
            return [.. items.Select(item => item ?? throw new JsonException("an item is null"))];
        }
        catch (JsonException exception)
        {
            throw new CliException(ExitCodes.Usage, $"--texts: {path}: must be a JSON array of {what}: {exception.Message}");
        }
    }
}
