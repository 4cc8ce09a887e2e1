using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Fovea.ServiceDefaults.Reflection;

/// <summary>Answers reflection questions from a catalog; what has no answer is an error message, never a failed call.</summary>
internal sealed class ReflectionAnswers
{
    private readonly Lazy<DescriptorCatalog> _catalog;

    /// <summary>Answers from a catalog that is made at the first question.</summary>
    public ReflectionAnswers(Func<DescriptorCatalog> makeCatalog)
    {
        _catalog = new Lazy<DescriptorCatalog>(makeCatalog);
    }

    /// <summary>Answers one question.</summary>
    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                SetFiles(response, _catalog.Value.FindFile(request.FileByFilename), request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                SetFiles(response, _catalog.Value.FindSymbol(request.FileContainingSymbol), request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                SetFiles(
                    response,
                    _catalog.Value.FindExtension(extension.ContainingType, extension.ExtensionNumber),
                    $"{extension.ContainingType}[{extension.ExtensionNumber}]");
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                SetNumbers(response, request.AllExtensionNumbersOfType);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse
                {
                    Service = { _catalog.Value.ServiceNames.Select(name => new ServiceResponse { Name = name }) },
                };
                break;
            default:
                SetError(response, StatusCode.InvalidArgument, "The request asks nothing that is known here.");
                break;
        }

        return response;
    }

    private static void SetFiles(ServerReflectionResponse response, IReadOnlyList<ByteString>? files, string name)
    {
        if (files is null)
        {
            SetError(response, StatusCode.NotFound, $"\"{name}\" is not known here.");
        }
        else
        {
            response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { files } };
        }
    }

    private static void SetError(ServerReflectionResponse response, StatusCode code, string message) =>
        response.ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message };

    private void SetNumbers(ServerReflectionResponse response, string type)
    {
        if (_catalog.Value.FindExtensionNumbers(type) is { } numbers)
        {
            response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type, ExtensionNumber = { numbers } };
        }
        else
        {
            SetError(response, StatusCode.NotFound, $"\"{type}\" is not known here.");
        }
    }
}
