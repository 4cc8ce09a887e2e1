namespace Fovea.Scheduler.Hosting;

/// <summary>Tells other processes the bound address.</summary>
internal static class AddressFile
{
    /// <summary>Writes the address, such as <c>http://127.0.0.1:41234</c>, to a file that never holds a part of it.</summary>
    public static void Write(string address, string path)
    {
        var pending = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(pending, address + "\n");
        File.Move(pending, path, overwrite: true);
    }
}
