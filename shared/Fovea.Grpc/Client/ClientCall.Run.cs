using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <content>How a call runs: request out, headers in, messages in, status in.</content>
internal sealed partial class ClientCall<TRequest, TResponse>
{
    private static readonly StreamPipeReaderOptions PipeOptions = new(bufferSize: 4096, minimumReadSize: 1024);

    /// <summary>Reads the next response; null once the call has ended with success.</summary>
    /// <exception cref="RpcException">The call ended otherwise.</exception>
    public async ValueTask<TResponse?> ReadAsync()
    {
        TResponse? message = null;
        if (End is null)
        {
            try
            {
                message = await _reader!.ReadAsync(Method.ResponseMarshaller.ContextualDeserializer, _stop.Token).ConfigureAwait(false);
                if (message is null)
                {
                    Finish(ReadEnd());
                    _reader.Complete();
                }
            }
            catch (Exception ex)
            {
                Fail(ex);
            }
        }

        if (message is not null)
        {
            return message;
        }

        var end = End!;
        return end.IsOk ? null : throw ToException(end);
    }

    private bool Begin(RequestContent content)
    {
        _content = content;
        try
        {
            content.Prepare();
        }
        catch (RpcException ex)
        {
            return !Finish(new CallEnd(ex.Status, ex.Trailers));
        }

        _channel.Add(this);
        if (_deadline <= Now())
        {
            return !Finish(new CallEnd(StatusCode.DeadlineExceeded, "The deadline had passed before the call began."));
        }

        if (_deadline != DateTime.MaxValue)
        {
            _timer = new DeadlineTimer(
                _deadline, _channel.Options.TimeProvider, () => Finish(new CallEnd(StatusCode.DeadlineExceeded, "The deadline passed.")));
        }

        _userCancellation = Register(_options.CancellationToken);
        _parentCancellation = Register(_options.PropagationToken?.ParentCancellationToken ?? default);
        if (End is null)
        {
            return true;
        }

        // The call ended while it was set up, before these fields were there to be freed.
        _timer?.Dispose();
        _userCancellation.Unregister();
        _parentCancellation.Unregister();
        return false;
    }

    private CancellationTokenRegistration Register(CancellationToken token) =>
        token.UnsafeRegister(static call => ((ClientCall<TRequest, TResponse>)call!).Cancel(), this);

    private async Task RunUnaryResponseAsync()
    {
        if (!await OpenAsync().ConfigureAwait(false))
        {
            return;
        }

        try
        {
            var deserializer = Method.ResponseMarshaller.ContextualDeserializer;
            var message = await _reader!.ReadAsync(deserializer, _stop.Token).ConfigureAwait(false);
            var surplus = message is not null && await _reader.ReadAsync(deserializer, _stop.Token).ConfigureAwait(false) is not null;
            var end = surplus ? new CallEnd(StatusCode.Unimplemented, "The server sent more than one response.") : ReadEnd();
            if (end.IsOk && message is null)
            {
                end = new CallEnd(new Status(StatusCode.Unimplemented, "The server sent no response."), end.Trailers);
            }

            Finish(end, end.IsOk ? message : null);
            _reader.Complete();
        }
        catch (Exception ex)
        {
            Fail(ex);
        }
    }

    /// <summary>Sends the request and reads the response headers.</summary>
    /// <returns>False when the call has ended.</returns>
    private async Task<bool> OpenAsync()
    {
        try
        {
            var request = await CreateRequestAsync().ConfigureAwait(false);
            var response = await _channel.SendAsync(request, _stop.Token).ConfigureAwait(false);
            Interlocked.Exchange(ref _httpResponse, response);
            if (End is not null)
            {
                response.Dispose();
                return false;
            }

            return await AcceptAsync(response).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            Fail(ex);
            return false;
        }
    }

    private async Task<HttpRequestMessage> CreateRequestAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_channel.Address, Method.FullName))
        {
            Version = _channel.Options.HttpVersion ?? System.Net.HttpVersion.Version20,
            VersionPolicy = _channel.Options.HttpVersionPolicy ?? HttpVersionPolicy.RequestVersionExact,
            Content = _content,
        };
        if (_host is not null)
        {
            request.Headers.Host = _host;
        }

        if (_options.Headers is { } headers)
        {
            CallHeaders.AddMetadata(request, headers);
        }

        if (_channel.SendsCallCredentials && (_options.Credentials is not null || _channel.Credentials.ChannelCallCredentials.Count > 0))
        {
            await AddCredentialsAsync(request).ConfigureAwait(false);
        }

        TimeSpan? timeout = _deadline == DateTime.MaxValue ? null : _deadline - Now();
        CallHeaders.AddProtocol(request, timeout, _compression?.EncodingName, _channel.Compression.AcceptEncoding);
        return request;
    }

    private async Task AddCredentialsAsync(HttpRequestMessage request)
    {
        var reader = new CallCredentialsReader();
        foreach (var credentials in _channel.Credentials.ChannelCallCredentials)
        {
            credentials.InternalPopulateConfiguration(reader, null);
        }

        _options.Credentials?.InternalPopulateConfiguration(reader, null);
        var context = new AuthInterceptorContext(
            new Uri(_channel.Address, Method.ServiceName).ToString(), Method.Name, _stop.Token);
        var metadata = new Metadata();
        try
        {
            foreach (var interceptor in reader.Interceptors)
            {
                await interceptor(context, metadata).ConfigureAwait(false);
            }
        }
        catch (Exception ex) when (ex is not RpcException)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The call credentials failed: " + ex.Message, ex));
        }

        CallHeaders.AddMetadata(request, metadata);
    }

    private async Task<bool> AcceptAsync(HttpResponseMessage response)
    {
        if (CallHeaders.TryReadStatus(response.Headers, out var status))
        {
            var trailers = CallHeaders.ReadHeaders(response);
            _headers.TrySetResult(trailers);
            Finish(EndOf(status, trailers));
            return false;
        }

        if ((int)response.StatusCode != 200)
        {
            throw new RpcException(new Status(
                StatusMap.FromHttpStatus((int)response.StatusCode), $"The server answered with HTTP status {(int)response.StatusCode}."));
        }

        var contentType = CallHeaders.TryGet(response.Content.Headers, "content-type", out var value) ? value : null;
        if (!GrpcHeaders.IsGrpcContentType(contentType))
        {
            throw new RpcException(new Status(StatusCode.Unknown, $"The server answered with the content type \"{contentType}\"."));
        }

        var encoding = CallHeaders.TryGet(response.Headers, GrpcHeaders.Encoding, out value) ? value : null;
        if (!_channel.Compression.TryFind(encoding, out var compression))
        {
            throw new RpcException(new Status(StatusCode.Internal, $"The server compresses with \"{encoding}\", which was not offered."));
        }

        var stream = await response.Content.ReadAsStreamAsync(_stop.Token).ConfigureAwait(false);
        _reader = new MessageReader(PipeReader.Create(stream, PipeOptions), _channel.Options.MaxReceiveMessageSize, compression);
        _headers.TrySetResult(CallHeaders.ReadHeaders(response));
        return true;
    }

    private CallEnd ReadEnd()
    {
        var response = Volatile.Read(ref _httpResponse);
        if (response is null)
        {
            return new CallEnd(StatusCode.Cancelled, "The call ended while its status was being read.");
        }

        var trailers = response.TrailingHeaders;
        return CallHeaders.TryReadStatus(trailers, out var status)
            ? EndOf(status, CallHeaders.ReadTrailers(trailers))
            : new CallEnd(StatusCode.Unknown, "The server ended the call without a status.");
    }

    private CallEnd EndOf(Status status, Metadata trailers)
    {
        // A server reports the end of a deadline that it shares as a cancellation when the client's reset comes first.
        var late = status.StatusCode == StatusCode.Cancelled && _deadline != DateTime.MaxValue && Now() >= _deadline;
        return new CallEnd(late ? new Status(StatusCode.DeadlineExceeded, status.Detail) : status, trailers);
    }
}
