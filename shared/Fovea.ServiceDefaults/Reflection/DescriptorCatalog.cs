using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace Fovea.ServiceDefaults.Reflection;

/// <summary>Finds the .proto files of the mapped services by file name, symbol and extension.</summary>
internal sealed class DescriptorCatalog
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> _symbols = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> _extensions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);

    /// <summary>Reads the descriptors of these services and of all files that they import.</summary>
    public DescriptorCatalog(IEnumerable<ServiceDescriptor> services)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            names.Add(service.FullName);
            AddFile(service.File);
        }

        ServiceNames = [.. names];
    }

    /// <summary>The full names of all services, sorted.</summary>
    public IReadOnlyList<string> ServiceNames { get; }

    /// <summary>Reads the services behind the endpoints of an application.</summary>
    public static DescriptorCatalog Of(EndpointDataSource endpoints)
    {
        var types = endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct();
        return new DescriptorCatalog(types.Select(FindDescriptor).OfType<ServiceDescriptor>());
    }

    /// <summary>The file of this name, first, and all files that it imports; null when there is none.</summary>
    public IReadOnlyList<ByteString>? FindFile(string name) => _files.TryGetValue(name, out var file) ? WithImports(file) : null;

    /// <summary>The file that declares a symbol, first, and all files that it imports; null when there is none.</summary>
    public IReadOnlyList<ByteString>? FindSymbol(string fullName) =>
        _symbols.TryGetValue(fullName.TrimStart('.'), out var file) ? WithImports(file) : null;

    /// <summary>The file that declares an extension, first, and all files that it imports; null when there is none.</summary>
    public IReadOnlyList<ByteString>? FindExtension(string extendedType, int number) =>
        _extensions.TryGetValue(extendedType.TrimStart('.'), out var numbers) && numbers.TryGetValue(number, out var file)
            ? WithImports(file)
            : null;

    /// <summary>The numbers of a message's extensions, sorted; null when the message is not known.</summary>
    public IReadOnlyList<int>? FindExtensionNumbers(string extendedType)
    {
        var name = extendedType.TrimStart('.');
        return _extensions.TryGetValue(name, out var numbers) ? [.. numbers.Keys] : _messages.Contains(name) ? [] : null;
    }

    private static ServiceDescriptor? FindDescriptor(Type serviceType) =>
        serviceType.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?
            .GetValue(null) as ServiceDescriptor;

    private static List<ByteString> WithImports(FileDescriptor file)
    {
        var found = new List<ByteString>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<FileDescriptor>([file]);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.Name))
            {
                continue;
            }

            found.Add(next.SerializedData);
            foreach (var import in next.Dependencies)
            {
                open.Enqueue(import);
            }
        }

        return found;
    }

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var message in file.MessageTypes)
        {
            AddMessage(message);
        }

        foreach (var declared in file.EnumTypes)
        {
            AddEnum(declared);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        AddExtensions(file.Extensions);
        foreach (var import in file.Dependencies)
        {
            AddFile(import);
        }
    }

    private void AddMessage(MessageDescriptor message)
    {
        _messages.Add(message.FullName);
        _symbols[message.FullName] = message.File;
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            _symbols[field.FullName] = message.File;
        }

        foreach (var oneof in message.Oneofs)
        {
            _symbols[oneof.FullName] = message.File;
        }

        foreach (var declared in message.EnumTypes)
        {
            AddEnum(declared);
        }

        foreach (var nested in message.NestedTypes)
        {
            AddMessage(nested);
        }

        AddExtensions(message.Extensions);
    }

    private void AddEnum(EnumDescriptor declared)
    {
        _symbols[declared.FullName] = declared.File;

        // The values of an enum are named beside it, not inside it.
        var scope = declared.FullName[..^declared.Name.Length];
        foreach (var value in declared.Values)
        {
            _symbols[scope + value.Name] = declared.File;
        }
    }

    private void AddExtensions(ExtensionCollection extensions)
    {
        foreach (var extension in extensions.UnorderedExtensions)
        {
            _symbols[extension.FullName] = extension.File;
            if (!_extensions.TryGetValue(extension.ExtendeeType.FullName, out var numbers))
            {
                _extensions[extension.ExtendeeType.FullName] = numbers = [];
            }

            numbers[extension.FieldNumber] = extension.File;
        }
    }
}
