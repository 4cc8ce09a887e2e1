using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.InternVl;

/// <summary>Finds the id of a token that only the tokenizer's files tell.</summary>
internal static class AddedTokenIds
{
    private const string AddedFile = "added_tokens.json";
    private const string TokenizerFile = "tokenizer.json";
    private const string ConfigFile = "tokenizer_config.json";
    private const int MaxId = 1 << 24;

    /// <summary>The id by the first file that names the token; in no file it is a fault.</summary>
    public static int? Find(string folder, string token, FaultList faults)
    {
        var id = InFile(folder, AddedFile, faults, root => root.OptionalInt(token, 0, MaxId))
            ?? InFile(folder, TokenizerFile, faults, root => InList(root, token))
            ?? InFile(folder, ConfigFile, faults, root => InTable(root, token));
        if (id is null)
        {
            faults.Add($"{token} is named by none of {AddedFile}, {TokenizerFile}, {ConfigFile}: without it no image can be placed");
        }

        return id;
    }

    private static int? InFile(string folder, string name, FaultList faults, Func<JsonObjectReader, int?> find)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            return null;
        }

        using var document = JsonFile.Load(path, faults);
        return document is null ? null : find(new JsonObjectReader(document.RootElement, name, "$", faults));
    }

    private static int? InList(JsonObjectReader root, string token) => root.Objects("added_tokens")
        .FirstOrDefault(entry => entry.String("content", null) == token)?
        .OptionalInt("id", 0, MaxId);

    private static int? InTable(JsonObjectReader root, string token)
    {
        var table = root.Object("added_tokens_decoder");
        foreach (var entry in table?.Properties() ?? [])
        {
            if (table!.Object(entry.Name)?.String("content", null) == token && int.TryParse(entry.Name, out var id))
            {
                return id;
            }
        }

        return null;
    }
}
