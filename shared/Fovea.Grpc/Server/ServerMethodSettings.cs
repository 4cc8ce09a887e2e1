using Grpc.Wire;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server;

/// <summary>What all calls of one method share.</summary>
/// <param name="Options">The options of the service.</param>
/// <param name="Compression">The compression algorithms.</param>
/// <param name="Time">The clock of deadlines.</param>
/// <param name="Logger">The server's logger.</param>
internal sealed record ServerMethodSettings(GrpcServiceOptions Options, CompressionSet Compression, TimeProvider Time, ILogger Logger);
