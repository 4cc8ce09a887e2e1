namespace Fovea.Scheduler.Store;

/// <summary>Finds the state that a store folder holds, and refuses to guess when that is not plain.</summary>
internal sealed class StoreLoader
{
    private readonly StoreFolder _folder;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Makes a loader of a folder that this process owns.</summary>
    public StoreLoader(StoreFolder folder, TimeProvider time, ILogger logger)
    {
        _folder = folder;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Returns the stored state; makes and stores an empty one of a new epoch in a new folder. With
    /// <paramref name="recover"/> a damaged or missing state file is replaced by the state before it, in a new epoch,
    /// because what was committed last is lost.
    /// </summary>
    /// <exception cref="StoreOpenException">The state file is damaged, or missing beside a previous one.</exception>
    public StoreState Load(bool recover)
    {
        StoreFiles.RemovePending(_folder);
        if (!File.Exists(_folder.State) && !File.Exists(_folder.Previous))
        {
            return Create();
        }

        var fault = TryRead(_folder.State, out var state);
        if (state is not null)
        {
            StoreLog.Opened(_logger, _folder.Path, state.Epoch, state.Revision);
            return state;
        }

        return recover ? Recover(fault!) : throw Refuse(fault!);
    }

    private StoreState Create()
    {
        var state = StoreState.Empty(NewEpoch());
        StoreFiles.Commit(_folder, StoreCodec.Encode(state));
        StoreLog.Created(_logger, _folder.Path, state.Epoch);
        return state;
    }

    private StoreState Recover(string fault)
    {
        var previousFault = TryRead(_folder.Previous, out var previous);
        if (previous is null)
        {
            throw new StoreOpenException(
                $"store '{_folder.Path}' cannot be recovered: {fault}; {previousFault}. "
                + "Restore state.json from a copy, or name an empty folder by --store to start over.");
        }

        if (File.Exists(_folder.State))
        {
            File.Move(_folder.State, _folder.Damaged(_time.GetUtcNow()));
        }

        var state = previous.InEpoch(NewEpoch(previous.Epoch));
        StoreFiles.Commit(_folder, StoreCodec.Encode(state));
        StoreLog.Recovered(_logger, _folder.Path, fault, previous.Epoch, state.Epoch, state.Revision);
        return state;
    }

    private StoreOpenException Refuse(string fault)
    {
        _ = TryRead(_folder.Previous, out var previous);
        var remedy = previous is null
            ? "There is no good previous state. Restore state.json from a copy, or name an empty folder by --store to start over."
            : $"The state before it (revision {previous.Revision}) is good: start once with --store-recover to go back to it, "
              + "which loses the last change and begins a new epoch, or restore state.json from a copy.";
        return new StoreOpenException($"store '{_folder.Path}' cannot be opened: {fault}. {remedy}");
    }

    private static string? TryRead(string path, out StoreState? state)
    {
        state = null;
        try
        {
            state = StoreCodec.Decode(File.ReadAllBytes(path));
            return null;
        }
        catch (FileNotFoundException)
        {
            return $"'{path}' is missing";
        }
        catch (StoreDamagedException exception)
        {
            return $"'{path}' is damaged: {exception.Message}";
        }
    }

    private string NewEpoch(params IEnumerable<string> replaced) => Epochs.After(_time.GetUtcNow(), replaced);
}
