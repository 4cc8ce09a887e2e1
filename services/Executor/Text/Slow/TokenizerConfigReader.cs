using System.Globalization;
using System.Text.Json;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Text.Slow;

/// <summary>Reads the files beside a tokenizer.model or a vocab.json; a file that is not there is no fault.</summary>
internal sealed class TokenizerConfigReader
{
    /// <summary>The main file's name.</summary>
    public const string FileName = "tokenizer_config.json";

    private const string MapName = "special_tokens_map.json";
    private const string AddedName = "added_tokens.json";
    private const int MaxId = (1 << 21) - 1;

    private static readonly string[] Names =
        ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    private readonly FaultList _faults;
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);
    private readonly List<string> _additional = [];
    private readonly List<AddedToken> _added = [];

    private TokenizerConfigReader(FaultList faults) => _faults = faults;

    /// <summary>Reads the files of a folder; faults are added to <paramref name="faults"/>.</summary>
    public static TokenizerConfig Read(string folder, FaultList faults)
    {
        using var main = Open(folder, FileName, faults);
        using var map = Open(folder, MapName, faults);
        using var added = Open(folder, AddedName, faults);
        return new TokenizerConfigReader(faults).Read(Root(main, FileName, faults), Root(map, MapName, faults), Root(added, AddedName, faults));
    }

    /// <summary>The same from the bytes of tokenizer_config.json alone.</summary>
    public static TokenizerConfig Parse(byte[] file, FaultList faults)
    {
        using var main = JsonFile.Parse(file, FileName, faults);
        return new TokenizerConfigReader(faults).Read(Root(main, FileName, faults), null, null);
    }

    private static JsonDocument? Open(string folder, string name, FaultList faults)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? JsonFile.Load(path, faults) : null;
    }

    private static JsonObjectReader? Root(JsonDocument? document, string name, FaultList faults) =>
        document is null ? null : new JsonObjectReader(document.RootElement, name, "$", faults);

    private TokenizerConfig Read(JsonObjectReader? main, JsonObjectReader? map, JsonObjectReader? added)
    {
        ReadNames(main);
        ReadNames(map);
        if (main?.Object("added_tokens_decoder") is { } decoder)
        {
            ReadDecoder(decoder);
        }
        else
        {
            ReadAdded(added);
        }

        CheckUnique(main is null ? AddedName : FileName);
        return new TokenizerConfig
        {
            Exists = main is not null || map is not null || added is not null,
            TokenizerClass = ClassOf(main?.String("tokenizer_class", null)),
            Named = Names.Where(_named.ContainsKey).ToDictionary(static name => name, name => _named[name], StringComparer.Ordinal),
            Additional = _additional,
            Added = [.. _added.OrderBy(static token => token.Id)],
            AddBos = Flag(main, "add_bos_token"),
            AddEos = Flag(main, "add_eos_token"),
            AddPrefixSpace = Flag(main, "add_prefix_space"),
            Legacy = main?.Bool("legacy", true) ?? true,
        };
    }

    private static string? ClassOf(string? name) =>
        name?.EndsWith("Fast", StringComparison.Ordinal) == true ? name[..^"Fast".Length] : name;

    private static bool? Flag(JsonObjectReader? reader, string name) => reader?.Has(name) == true ? reader.Bool(name, false) : null;

    private void ReadNames(JsonObjectReader? reader)
    {
        foreach (var name in Names)
        {
            if (reader is not null && Content(reader, name) is { } content)
            {
                _named.TryAdd(name, content);
            }
        }

        foreach (var element in _additional.Count == 0 ? reader?.Array("additional_special_tokens") ?? [] : [])
        {
            if (ContentOf(element) is { } content)
            {
                _additional.Add(content);
            }
            else
            {
                reader!.Fault("additional_special_tokens", $"holds {JsonKinds.Show(element)} where a token is needed");
            }
        }
    }

    private static string? Content(JsonObjectReader reader, string name)
    {
        if (!reader.TryGet(name, out var value))
        {
            return null;
        }

        var content = ContentOf(value);
        if (content is null)
        {
            reader.Fault(name, $"is {JsonKinds.Show(value)} where a token is needed");
        }

        return content;
    }

    private static string? ContentOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when element.GetString() is { Length: > 0 } content => content,
        JsonValueKind.Object when element.TryGetProperty("content", out var inner) && inner.ValueKind == JsonValueKind.String
            && inner.GetString() is { Length: > 0 } content => content,
        _ => null,
    };

    private void ReadDecoder(JsonObjectReader decoder)
    {
        foreach (var property in decoder.Properties())
        {
            var reader = new JsonObjectReader(property.Value, decoder.File, decoder.PathOf(property.Name), _faults);
            if (!int.TryParse(property.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id > MaxId)
            {
                decoder.Fault(property.Name, $"is no id in [0, {MaxId}]");
                continue;
            }

            var content = reader.RequiredString("content");
            if (content.Length == 0)
            {
                reader.Fault("content", "is empty");
                continue;
            }

            _added.Add(new AddedToken(id, content)
            {
                Special = reader.Bool("special", false) || IsNamed(content),
                LeftStrip = reader.Bool("lstrip", false),
                RightStrip = reader.Bool("rstrip", false),
                SingleWord = reader.Bool("single_word", false),
            });
        }
    }

    private void ReadAdded(JsonObjectReader? added)
    {
        foreach (var property in added?.Properties() ?? [])
        {
            if (property.Name.Length == 0 || property.Value.ValueKind != JsonValueKind.Number
                || !property.Value.TryGetInt32(out var id) || id is < 0 or > MaxId)
            {
                added!.Fault(property.Name, $"is {JsonKinds.Show(property.Value)} where a token and an id in [0, {MaxId}] are needed");
                continue;
            }

            _added.Add(new AddedToken(id, property.Name) { Special = IsNamed(property.Name) });
        }
    }

    private bool IsNamed(string content) => _named.ContainsValue(content) || _additional.Contains(content);

    private void CheckUnique(string file)
    {
        var ids = new HashSet<int>();
        var contents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in _added)
        {
            if (!ids.Add(token.Id) | !contents.Add(token.Content))
            {
                _faults.Add($"{file}: the added token \"{token.Content}\" or its id {token.Id} is used twice");
            }
        }
    }
}
