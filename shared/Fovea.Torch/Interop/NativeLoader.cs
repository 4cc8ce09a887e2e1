using System.Reflection;
using System.Runtime.InteropServices;

namespace Fovea.Torch.Interop;

/// <summary>Finds the two native libraries: by environment, beside the assembly, or in build/native of an enclosing folder.</summary>
internal static class NativeLoader
{
    /// <summary>Names the library over libtorch.</summary>
    internal const string TorchLibrary = "fovea_torch";

    /// <summary>Names the library over libvips.</summary>
    internal const string ImagesLibrary = "fovea_images";

    /// <summary>Names the environment variable that holds the path of libfovea_torch.so, or of the folder with both libraries.</summary>
    internal const string PathVariable = "FOVEA_TORCH_LIB";

    /// <summary>Lists the files to try for a library, in order.</summary>
    internal static IReadOnlyList<string> CandidatesFor(string library, string baseDirectory, string? fromEnvironment)
    {
        var file = $"lib{library}.so";
        var candidates = new List<string>();
        if (!string.IsNullOrEmpty(fromEnvironment))
        {
            var folder = Directory.Exists(fromEnvironment) ? fromEnvironment : Path.GetDirectoryName(fromEnvironment);
            candidates.Add(library == TorchLibrary && folder != fromEnvironment ? fromEnvironment : Path.Combine(folder ?? ".", file));
        }

        candidates.Add(Path.Combine(baseDirectory, file));
        for (var folder = new DirectoryInfo(baseDirectory); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, "build", "native", file));
        }

        return candidates;
    }

    /// <summary>Loads a library of this project; other names are left to the runtime.</summary>
    /// <exception cref="DllNotFoundException">The library is in none of the places, which the message lists, or cannot be loaded.</exception>
    internal static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (library is not (TorchLibrary or ImagesLibrary))
        {
            return 0;
        }

        var fromEnvironment = Environment.GetEnvironmentVariable(PathVariable);
        return Load(library, CandidatesFor(library, AppContext.BaseDirectory, fromEnvironment));
    }

    /// <summary>Loads a library from the first of the places that has it.</summary>
    /// <exception cref="DllNotFoundException">None has it; the message lists them.</exception>
    internal static nint Load(string library, IReadOnlyList<string> places)
    {
        var found = places.FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException(
                $"lib{library}.so is not built or not found. Run `make native`, or set {PathVariable}. Looked at: {string.Join(", ", places)}.");
        return NativeLibrary.Load(found);
    }
}
