using System.Collections.Frozen;

namespace Fovea.Executor.Hosting;

/// <summary>Turns the executor's arguments into settings; every argument at fault is named.</summary>
/// <remarks>To add one: a line in <see cref="Known"/>, a line in <see cref="Usage"/>, and a row in docs/executor.md.</remarks>
internal sealed class CommandLine
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage = """
        Serves one multimodal model and drops vision tokens layer by layer.

        Usage: Fovea.Executor --model DIR [options]

          --model DIR             folder of the checkpoint (Hugging Face layout)
          --model-name NAME       name of the model (default: the folder's name; of its parent if the folder is called "model")
          --listen URL            where to serve gRPC (default http://127.0.0.1:7081; port 0 takes a free one)
          --address-file FILE     write the bound address there
          --metrics-listen URL    where to serve Prometheus metrics by HTTP (default: nowhere)
          --health-listen URL     where to serve health alone, in plaintext (default: nowhere)
          --scheduler URLS        the schedulers, separated by commas; dns:///HOST:PORT stands for all addresses of a host
                                  (default http://127.0.0.1:7080; "" for none)
          --executor-id ID        name under which the scheduler knows this executor (default: machine name and process id)
          --state DIR             folder of the last policy snapshot (default: not kept)
          --device DEVICE         cpu or cuda:N (default cpu)
          --dtype TYPE            auto, fp32, bf16 or fp16 (default auto)
          --threads N             threads of tensor operations (default 0: as many as cores)
          --SECTION:KEY VALUE     any other option of docs/executor.md
        """;

    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["--model"] = "Model:Directory",
        ["--model-name"] = "Model:Name",
        ["--device"] = "Model:Device",
        ["--dtype"] = "Model:DType",
        ["--threads"] = "Engine:Threads",
        ["--listen"] = "Server:Listen",
        ["--address-file"] = "Server:AddressFile",
        ["--metrics-listen"] = "Server:MetricsListen",
        ["--health-listen"] = "Server:HealthListen",
        ["--scheduler"] = "Planning:Scheduler",
        ["--executor-id"] = "Planning:ExecutorId",
        ["--state"] = "Planning:StateDirectory",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _faults = [];

    private CommandLine()
    {
    }

    /// <summary>Settings by configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>Every argument that cannot be understood.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Whether only help is asked for.</summary>
    public bool WantsHelp { get; private set; }

    /// <summary>Reads <c>--name value</c> and <c>--name=value</c>.</summary>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var result = new CommandLine();
        for (var index = 0; index < arguments.Count; index++)
        {
            result.Take(arguments, ref index);
        }

        return result;
    }

    private void Take(IReadOnlyList<string> arguments, ref int index)
    {
        var argument = arguments[index];
        if (argument is "--help" or "-h")
        {
            WantsHelp = true;
            return;
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        if (Key(name) is not { } key)
        {
            _faults.Add($"'{argument}' is no argument of the executor; --help lists them.");
        }
        else if (equals >= 0)
        {
            _settings[key] = argument[(equals + 1)..];
        }
        else if (index + 1 < arguments.Count)
        {
            _settings[key] = arguments[++index];
        }
        else
        {
            _faults.Add($"'{argument}' needs a value.");
        }
    }

    private static string? Key(string name) =>
        Known.TryGetValue(name, out var key) ? key
        : name.StartsWith("--", StringComparison.Ordinal) && name.IndexOf(':', StringComparison.Ordinal) > 2 ? name[2..]
        : null;
}
