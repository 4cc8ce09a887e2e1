using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Fovea.Cli.Shell;

/// <summary>Holds what commands write to and take time from, so that a test can run them in its own process.</summary>
internal sealed class CliContext
{
    private const int PlainWidth = 200;

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes a context.</summary>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes faults and progress.</param>
    /// <param name="time">Gives deadlines.</param>
    /// <param name="interactive">Whether a person watches: colours and live progress.</param>
    public CliContext(TextWriter output, TextWriter error, TimeProvider time, bool interactive)
    {
        Output = output;
        Error = error;
        Time = time;
        IsInteractive = interactive;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!interactive)
        {
            Console.Profile.Width = PlainWidth;
        }
    }

    /// <summary>Gets the writer of results.</summary>
    public TextWriter Output { get; }

    /// <summary>Gets the writer of faults and progress.</summary>
    public TextWriter Error { get; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Gets whether a person watches.</summary>
    public bool IsInteractive { get; }

    /// <summary>Gets the console for tables, over <see cref="Output"/>.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Makes the context of a process.</summary>
    public static CliContext ForProcess() =>
        new(System.Console.Out, System.Console.Error, TimeProvider.System, !System.Console.IsOutputRedirected);

    /// <summary>Writes one JSON document and a line end.</summary>
    public void WriteJson(JsonNode? node) => Output.WriteLine(ToText(node));

    /// <summary>Returns a JSON document as text, in one line.</summary>
    public static string ToText(JsonNode? node) => node is null ? "null" : node.ToJsonString(JsonOptions);

    /// <summary>Writes a table.</summary>
    public void WriteTable(Table table) => Console.Write(table.Border(TableBorder.Simple));
}
