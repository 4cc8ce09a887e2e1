using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Fovea.Scheduler.Hosting;

/// <summary>Tells the address that the server is bound to once it is.</summary>
internal static class BoundAddress
{
    /// <summary>Returns the bound address of a started server.</summary>
    public static string Of(IServer server) => server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>Writes the address to a file, which never holds a part of it.</summary>
    public static void Write(string address, string path)
    {
        var pending = $"{path}.tmp";
        File.WriteAllText(pending, address + "\n");
        File.Move(pending, path, overwrite: true);
    }
}
