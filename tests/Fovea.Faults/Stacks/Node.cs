using System.Globalization;
using Fovea.Faults.Processes;

namespace Fovea.Faults.Stacks;

/// <summary>A process that may die and be started again in the same place.</summary>
internal abstract class Node : IAsyncDisposable
{
    private readonly string _folder;
    private ManagedProcess? _process;

    /// <summary>Makes a node that keeps its files in <paramref name="folder"/>.</summary>
    protected Node(string name, string folder)
    {
        Name = name;
        _folder = Path.Combine(folder, name);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Gets the name, unique in its stack.</summary>
    public string Name { get; }

    /// <summary>Gets how often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Gets whether it runs, stopped or not.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Gets whether the stack is whole without it: it joins later, or was removed.</summary>
    public bool IsAbsent { get; private set; }

    /// <summary>Gets the folder of its files.</summary>
    protected string Folder => _folder;

    /// <summary>Gets the running process.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    protected ManagedProcess Process => _process ?? throw new InvalidOperationException($"{Name} does not run");

    /// <summary>Starts it and waits until it serves.</summary>
    public abstract Task StartAsync();

    /// <summary>Kills it; it cannot clean up.</summary>
    public async Task KillAsync()
    {
        await Process.KillAsync();
        await Process.DisposeAsync();
        _process = null;
    }

    /// <summary>Lets it end in order.</summary>
    public async Task TerminateAsync()
    {
        await Process.TerminateAsync();
        await Process.DisposeAsync();
        _process = null;
    }

    /// <summary>Lets it end in order, for good.</summary>
    public Task RemoveAsync()
    {
        IsAbsent = true;
        return TerminateAsync();
    }

    /// <summary>Leaves it out until it is started.</summary>
    public void LeaveOut() => IsAbsent = true;

    /// <summary>Stops it where it is.</summary>
    public void Stop() => Process.Stop();

    /// <summary>Lets it go on.</summary>
    public void Continue() => Process.Continue();

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Starts the program.</summary>
    protected void Start(string program, IEnumerable<string> arguments)
    {
        Starts++;
        IsAbsent = false;
        _process = ManagedProcess.Start(program, arguments, Path.Combine(_folder, "output.log"), OrphanGuard.Shared);
    }

    /// <summary>Starts a service of the repository and returns the address that it has written.</summary>
    protected async Task<string> StartServiceAsync(string project, IEnumerable<string> arguments)
    {
        var file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"address-{Starts + 1}"));
        Start("dotnet", [Repository.Assembly(project), .. arguments, "--address-file", file]);
        await Waiting.UntilAsync(
            () => Process.HasExited ? throw new InvalidOperationException($"{Name} has ended: {Tail()}") : Task.FromResult(File.Exists(file)),
            Limits.Start,
            $"{Name} has written its address");
        return (await File.ReadAllTextAsync(file)).Trim();
    }

    private string Tail()
    {
        var log = Path.Combine(_folder, "output.log");
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return string.Join('\n', reader.ReadToEnd().Split('\n').TakeLast(20));
    }
}
