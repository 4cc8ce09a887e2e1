using Fovea.Executor.Intake;
using Fovea.Executor.Planning;
using Microsoft.Extensions.Options;

namespace Fovea.Executor.Calibration.Sets;

/// <summary>Holds question sets by their digests, on disk, and gives up the one unused for longest when room is short.</summary>
/// <remarks>
/// With a state directory sets outlive the process, in <c>sets/DIGEST</c>; without one they are in a temporary folder that is deleted
/// at the end. A set appears under its digest by one rename, complete and flushed. Safe for several threads.
/// </remarks>
internal sealed class SetStore : IDisposable
{
    private const string PendingPrefix = ".new-";

    private readonly Lock _gate = new();
    private readonly LinkedList<Held> _sets = new(); // the one used last is last
    private readonly CalibrationOptions _options;
    private readonly string _root;
    private readonly bool _isTemporary;
    private readonly ILogger<SetStore> _logger;
    private bool _loaded;

    /// <summary>Opens the store; folders are read when it is first asked.</summary>
    public SetStore(IOptions<CalibrationOptions> options, IOptions<PlanningOptions> planning, ILogger<SetStore> logger)
    {
        var state = planning.Value.StateDirectory;
        _options = options.Value;
        _isTemporary = state.Length == 0;
        _root = _isTemporary ? Path.Combine(Path.GetTempPath(), $"fovea-sets-{Guid.NewGuid():N}") : Path.Combine(state, "sets");
        _logger = logger;
    }

    /// <summary>All sets.</summary>
    public IReadOnlyList<StoredSet> List()
    {
        lock (_gate)
        {
            Load();
            return [.. _sets.Select(held => held.Set)];
        }
    }

    /// <summary>Finds a set and counts it as used now; null when none of that digest is held.</summary>
    public SetLease? Find(string digest)
    {
        lock (_gate)
        {
            Load();
            var held = _sets.FirstOrDefault(item => item.Set.Digest == digest);
            if (held is null)
            {
                return null;
            }

            _sets.Remove(held);
            _sets.AddLast(held);
            held.Leases++;
            return new SetLease(held.Set, () => Release(held));
        }
    }

    /// <summary>Leases a set.</summary>
    /// <exception cref="RequestRefusedException">None of that digest is held.</exception>
    public SetLease Require(string digest) => Find(digest) ?? throw new RequestRefusedException(
        RefusalReason.UnknownSet, $"No question set '{digest}' is held; put it, or let it be fetched from an executor that holds it.");

    /// <summary>Makes an empty folder for a set that is on its way.</summary>
    public string NewFolder()
    {
        lock (_gate)
        {
            Load(); // which clears what an earlier process has left, and so goes first
        }

        return Directory.CreateDirectory(Path.Combine(_root, $"{PendingPrefix}{Guid.NewGuid():N}")).FullName;
    }

    /// <summary>Takes over a folder from <see cref="NewFolder"/>; a set that is held already stays as it is.</summary>
    /// <exception cref="RequestRefusedException">Sets in use leave no room for it.</exception>
    public StoredSet Add(string pending, string digest)
    {
        lock (_gate)
        {
            Load();
            if (_sets.FirstOrDefault(held => held.Set.Digest == digest) is { } known)
            {
                return known.Set;
            }

            var bytes = SetFolder.Read(pending, digest).Bytes;
            MakeRoom(bytes);
            var folder = Path.Combine(_root, digest);
            Remove(folder); // a damaged one
            Directory.Move(pending, folder);
            var set = SetFolder.Read(folder, digest);
            _sets.AddLast(new Held(set));
            CalibrationLog.SetHeld(_logger, digest, set.Questions.Length, set.Images.Length, bytes);
            return set;
        }
    }

    /// <summary>Deletes a folder, if it is there.</summary>
    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isTemporary)
        {
            Remove(_root);
        }
    }

    private void Release(Held held)
    {
        lock (_gate)
        {
            held.Leases--;
        }
    }

    private void MakeRoom(long bytes)
    {
        while (_sets.Sum(held => held.Set.Bytes) + bytes > _options.MaxSetsBytes)
        {
            var oldest = _sets.FirstOrDefault(held => held.Leases == 0) ?? throw new RequestRefusedException(
                RefusalReason.NoRoom,
                $"The set has {bytes} bytes; sets in use leave less of {_options.MaxSetsBytes} (option Calibration:MaxSetsBytes).");
            _sets.Remove(oldest);
            Remove(oldest.Set.Folder);
            CalibrationLog.SetEvicted(_logger, oldest.Set.Digest);
        }
    }

    private void Load()
    {
        if (_loaded)
        {
            return;
        }

        _loaded = true;
        foreach (var folder in Directory.CreateDirectory(_root).EnumerateDirectories().OrderBy(folder => folder.LastWriteTimeUtc))
        {
            if (folder.Name.StartsWith(PendingPrefix, StringComparison.Ordinal))
            {
                Remove(folder.FullName); // left by a process that was stopped meanwhile
                continue;
            }

            try
            {
                _sets.AddLast(new Held(SetFolder.Read(folder.FullName, folder.Name)));
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                CalibrationLog.SetDamaged(_logger, folder.FullName, e.Message);
            }
        }
    }

    private sealed class Held
    {
        public Held(StoredSet set) => Set = set;

        public StoredSet Set { get; }

        public int Leases { get; set; }
    }
}
