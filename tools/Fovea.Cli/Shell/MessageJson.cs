using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Fovea.Cli.Shell;

/// <summary>
/// Writes any message as JSON under its field names: 64-bit numbers as numbers, enum values in lower case without their
/// type's prefix, bytes in base64, times in UTC, maps as objects, fields of an unset <c>oneof</c> or <c>optional</c> left out.
/// </summary>
internal static class MessageJson
{
    private const int MapValue = 2;

    /// <summary>Returns the message as a JSON object.</summary>
    public static JsonObject Of(IMessage message)
    {
        var json = new JsonObject();
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (IsShown(field, message))
            {
                json[field.Name] = Value(field, field.Accessor.GetValue(message));
            }
        }

        return json;
    }

    /// <summary>Returns the messages as a JSON array.</summary>
    public static JsonArray Of(IEnumerable<IMessage> messages) => [.. messages.Select(message => (JsonNode)Of(message))];

    private static bool IsShown(FieldDescriptor field, IMessage message) =>
        !field.HasPresence || field.Accessor.HasValue(message);

    private static JsonNode? Value(FieldDescriptor field, object value) => field switch
    {
        { IsMap: true } => Map(field.MessageType.FindFieldByNumber(MapValue), (IDictionary)value),
        { IsRepeated: true } => new JsonArray([.. ((IList)value).Cast<object>().Select(item => Single(field, item))]),
        _ => Single(field, value),
    };

    // Keys in order, so that equal maps are written alike.
    private static JsonObject Map(FieldDescriptor value, IDictionary map)
    {
        var keys = map.Keys.Cast<object>().OrderBy(key => key.ToString(), StringComparer.Ordinal);
        return new JsonObject(keys.Select(key => KeyValuePair.Create(key.ToString()!, Single(value, map[key]!))));
    }

    private static JsonNode? Single(FieldDescriptor field, object value) => value switch
    {
        Timestamp time => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IMessage message => Of(message),
        string text => text,
        bool flag => flag,
        int number => number,
        uint number => number,
        long number => number,
        ulong number => number,
        float number => Number(number),
        double number => Number(number),
        ByteString bytes => bytes.ToBase64(),
        _ => EnumName(field.EnumType, Convert.ToInt32(value, CultureInfo.InvariantCulture)),
    };

    private static JsonNode? Number(double number) => double.IsFinite(number) ? JsonValue.Create(number) : null;

    private static JsonNode? EnumName(EnumDescriptor type, int number)
    {
        var value = type.FindValueByNumber(number);
        if (value is null)
        {
            return number;
        }

        var prefix = type.FindValueByNumber(0).Name.Replace("UNSPECIFIED", string.Empty, StringComparison.Ordinal);
        var name = value.Name.StartsWith(prefix, StringComparison.Ordinal) ? value.Name[prefix.Length..] : value.Name;
        return name.ToLowerInvariant();
    }
}
