"""Serves the probe service with grpcio; prints its port, and stops when its standard input ends."""
import sys
import threading
import time
from concurrent import futures

import grpc
import probe_pb2 as pb


def metadata_of(context):
    return [(k, v) for k, v in context.invocation_metadata() if k.startswith("echo-")]


def act(ask, context):
    if ask.act == "hang":
        over = threading.Event()
        context.add_callback(over.set)
        over.wait(30)
    elif ask.act == "throw":
        raise ValueError("a secret of the handler")
    elif ask.act == "echo-metadata":
        context.send_initial_metadata(metadata_of(context))
        context.set_trailing_metadata(metadata_of(context))
    if ask.status:
        context.set_trailing_metadata([("why", "asked"), ("grpc-status-details-bin", bytes([8, 3, 18, 1, 120]))])
        context.abort([c for c in grpc.StatusCode if c.value[0] == ask.status][0], ask.status_detail)


def make(ask, index):
    return pb.Answer(text=ask.text, payload=bytes(ask.answer_bytes) or ask.payload, index=index)


def unary(ask, context):
    act(ask, context)
    return make(ask, 0)


def client_stream(asks, context):
    texts, size = [], 0
    for ask in asks:
        texts.append(ask.text)
        size += len(ask.payload)
        act(ask, context)
        if ask.act == "answer-early":
            break
    return pb.Answer(text=",".join(texts), index=size)


def server_stream(ask, context):
    for i in range(ask.count):
        yield make(ask, i)
    act(ask, context)


def duplex(asks, context):
    for ask in asks:
        act(ask, context)
        for i in range(max(1, ask.count)):
            yield make(ask, i)


def handler(kind, function):
    return getattr(grpc, kind + "_rpc_method_handler")(
        function, request_deserializer=pb.Ask.FromString, response_serializer=pb.Answer.SerializeToString)


server = grpc.server(futures.ThreadPoolExecutor(max_workers=64), compression=grpc.Compression.Gzip if "gzip" in sys.argv else None)
server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler("fovea.probe.Probe", {
    "Unary": handler("unary_unary", unary),
    "ClientStream": handler("stream_unary", client_stream),
    "ServerStream": handler("unary_stream", server_stream),
    "Duplex": handler("stream_stream", duplex),
})])
print("port", server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(0)
