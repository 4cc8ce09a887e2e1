using Fovea.Executor.Planning;
using Fovea.Executor.Tests.Doubles;

namespace Fovea.Executor.Tests.Planning;

public sealed class SnapshotFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fovea-state-").FullName;
    private readonly ManualTime _time = new();

    private string FilePath => Path.Combine(_folder, "snapshot.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_NoFile_IsNull() => Assert.Null(new SnapshotFile(_folder, _time).Load());

    [Fact]
    public void Load_AfterSave_GivesTheSameSnapshotAndItsAge()
    {
        var snapshot = Snapshots.Uniform("e1", 7, 0.5);
        new SnapshotFile(_folder, _time).Save(snapshot);
        _time.Advance(TimeSpan.FromSeconds(90));

        var saved = new SnapshotFile(_folder, _time).Load();

        Assert.Equal(snapshot, saved!.Snapshot);
        Assert.Equal(90, saved.Age.TotalSeconds, 1.0);
    }

    [Fact]
    public void Confirm_LaterThanSave_MakesTheSnapshotYounger()
    {
        var file = new SnapshotFile(_folder, _time);
        file.Save(Snapshots.Uniform("e1", 7, 0.5));
        _time.Advance(TimeSpan.FromSeconds(90));
        file.Confirm();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(5, file.Load()!.Age.TotalSeconds, 1.0);
    }

    [Fact]
    public void Load_KilledWhileSaving_GivesTheOldSnapshot()
    {
        var old = Snapshots.Uniform("e1", 7, 0.5);
        var file = new SnapshotFile(_folder, _time);
        file.Save(old);
        // What a kill in the middle of the next save leaves: a part of the new file beside the old one.
        File.WriteAllBytes(FilePath + ".new", File.ReadAllBytes(FilePath).AsSpan(0, 20));

        Assert.Equal(old, new SnapshotFile(_folder, _time).Load()!.Snapshot);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(39)]
    public void Load_CutFile_SaysWhich(int length)
    {
        var file = new SnapshotFile(_folder, _time);
        file.Save(Snapshots.Uniform("e1", 7, 0.5));
        File.WriteAllBytes(FilePath, File.ReadAllBytes(FilePath).AsSpan(0, length));

        var error = Assert.Throws<InvalidDataException>(() => file.Load());

        Assert.Contains(FilePath, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryFlippedByte_IsNoticed()
    {
        var file = new SnapshotFile(_folder, _time);
        file.Save(Snapshots.Uniform("e1", 7, 0.5));
        var bytes = File.ReadAllBytes(FilePath);

        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= 0x10;
            File.WriteAllBytes(FilePath, bytes);
            Assert.Throws<InvalidDataException>(() => file.Load());
            bytes[index] ^= 0x10;
        }
    }
}
