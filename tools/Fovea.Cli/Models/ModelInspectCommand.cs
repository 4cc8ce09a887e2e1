using System.CommandLine;
using System.Text.Json.Nodes;
using Fovea.Cli.Plans;
using Fovea.Cli.Shell;
using Fovea.Executor.Runtime;
using Spectre.Console;

namespace Fovea.Cli.Models;

/// <summary>Is <c>model inspect</c>: shape, size and revision of a checkpoint, without loading its weights.</summary>
internal sealed class ModelInspectCommand : CliCommand
{
    private readonly ModelOption _model = new();
    private readonly Option<bool> _tensors = new("--tensors") { Description = "List every tensor" };

    /// <summary>Makes the command.</summary>
    public ModelInspectCommand(CliContext context)
        : base("inspect", "Show a checkpoint's shape, size and revision", context)
    {
        Add(_model);
        Add(_tensors);
    }

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var folder = result.GetRequiredValue(_model);
        var shape = ShapeSource.Load(folder);
        using var checkpoint = CheckpointFiles.Open(folder);
        var facts = CheckpointFacts.Of(checkpoint, shape);
        if (WantsJson(result))
        {
            Context.WriteJson(facts.ToJson(result.GetValue(_tensors)));
        }
        else
        {
            Print(facts, result.GetValue(_tensors));
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    private void Print(CheckpointFacts facts, bool withTensors)
    {
        var table = new Table().AddColumn("what").AddColumn("value");
        foreach (var (name, value) in facts.ToJson(withTensors: false))
        {
            AddRows(table, name, value);
        }

        Context.WriteTable(table);
        if (!withTensors)
        {
            return;
        }

        var tensors = new Table().AddColumn("tensor").AddColumn("type").AddColumn("shape");
        foreach (var tensor in facts.Tensors)
        {
            tensors.AddRow(Markup.Escape(tensor.Name), tensor.DType.Name(), string.Join(" x ", tensor.Shape));
        }

        Context.WriteTable(tensors);
    }

    private static void AddRows(Table table, string name, JsonNode? value)
    {
        if (value is not JsonObject nested)
        {
            table.AddRow(Markup.Escape(name), Markup.Escape(value?.ToString() ?? "none"));
            return;
        }

        foreach (var (key, inner) in nested)
        {
            AddRows(table, $"{name}.{key}", inner);
        }
    }
}
